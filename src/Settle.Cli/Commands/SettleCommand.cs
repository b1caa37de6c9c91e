namespace Settle.Cli.Commands;

/// <summary>What every command has: examples, <c>--json</c>, one place for errors.</summary>
internal abstract class SettleCommand : Command
{
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write the result as JSON; amounts are then integers in the minor unit",
    };

    protected SettleCommand(CliContext context, string name, string description,
        params string[] examples)
        : base(name, description)
    {
        Context = context;
        Examples = examples;
        SetAction(RunGuardedAsync);
    }

    /// <summary>Complete command lines, shown by <c>--help</c>.</summary>
    public IReadOnlyList<string> Examples { get; }

    protected CliContext Context { get; }

    /// <summary>Adds the options that every command has, behind its own.</summary>
    public virtual void AddCommonOptions() => Add(_json);

    protected bool WantsJson(ParseResult words) => words.GetValue(_json);

    protected abstract Task<int> RunAsync(ParseResult words, CancellationToken cancellation);

    private async Task<int> RunGuardedAsync(ParseResult words, CancellationToken cancellation)
    {
        try
        {
            var status = await RunAsync(words, cancellation);
            await Context.Output.FlushAsync(CancellationToken.None);
            return status;
        }
        catch (Exception exception)
        {
            return Failures.Report(Context, exception, WantsJson(words));
        }
    }
}
