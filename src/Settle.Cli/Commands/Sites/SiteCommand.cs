namespace Settle.Cli.Commands;

/// <summary>A command about the sites of a ledger.</summary>
internal abstract class SiteCommand(CliContext context, string name, string description,
    params string[] examples)
    : LedgerCommand(context, name, description, examples)
{
    protected abstract Task<int> RunAsync(ParseResult words, ISites sites,
        CancellationToken cancellation);

    protected sealed override Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation) => RunAsync(words, ledger.Sites, cancellation);

    /// <summary>Says what was done, as a line or as JSON.</summary>
    protected void WriteDone(ParseResult words, SiteChange change, string line) =>
        Context.Output.WriteLine(WantsJson(words)
            ? JsonSerializer.Serialize(change, ReportJson.Default.SiteChange) : line);
}
