namespace Settle.Cli.Commands;

/// <summary>What every command has: examples, <c>--json</c>, one place for errors.</summary>
internal abstract class SettleCommand : Command
{
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write the result as JSON; amounts are then integers in the minor unit",
    };

    private readonly Option<bool> _csv = new("--csv")
    {
        Description = "Write the table as CSV, with times in UTC",
    };

    private readonly Option<bool> _utc = new("--utc")
    {
        Description = "Show times in UTC instead of this machine's time zone",
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

    /// <summary>What <c>today</c> means.</summary>
    public DateOnly Today => Context.Today;

    protected CliContext Context { get; }

    /// <summary>Whether its result is a table, which can be CSV.</summary>
    protected virtual bool HasTable => false;

    /// <summary>Whether it shows times.</summary>
    protected virtual bool HasTimes => false;

    /// <summary>Adds the options that every command has, behind its own.</summary>
    public virtual void AddCommonOptions()
    {
        if (HasTimes) Add(_utc);
        if (HasTable) Add(_csv);
        Add(_json);
    }

    protected bool WantsJson(ParseResult words) => words.GetValue(_json);

    protected bool WantsCsv(ParseResult words) => words.GetValue(_csv);

    /// <summary>Whether a person reads the result.</summary>
    protected bool IsForPeople(ParseResult words) => !WantsJson(words) && !WantsCsv(words);

    /// <summary>How times are shown.</summary>
    protected Times TimesIn(ParseResult words) => new(
        words.GetValue(_utc) || WantsCsv(words) ? TimeZoneInfo.Utc
            : Context.Time.LocalTimeZone);

    /// <summary>Writes a table for people, or as CSV.</summary>
    /// <param name="words">Say which.</param>
    /// <param name="columns">See <see cref="Tables.Write"/>.</param>
    /// <param name="rows">One text per column.</param>
    protected void WriteTable(
        ParseResult words, string[] columns, IEnumerable<string[]> rows)
    {
        if (WantsCsv(words)) Tables.WriteCsv(Context, columns, rows);
        else Tables.Write(Context, columns, rows);
    }

    protected abstract Task<int> RunAsync(ParseResult words, CancellationToken cancellation);

    private async Task<int> RunGuardedAsync(ParseResult words, CancellationToken cancellation)
    {
        try
        {
            if (WantsJson(words) && WantsCsv(words))
                throw new UsageException("--json cannot be combined with --csv");
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
