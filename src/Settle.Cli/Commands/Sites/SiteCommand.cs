using Settle.Local;

namespace Settle.Cli.Commands;

/// <summary>A command about the sites of a ledger in a file.</summary>
internal abstract class SiteCommand(CliContext context, string name, string description,
    params string[] examples)
    : LedgerCommand(context, name, description, examples)
{
    protected abstract Task<int> RunAsync(ParseResult words, LocalSites sites,
        CancellationToken cancellation);

    protected sealed override Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation) => ledger is LocalLedger local
            ? RunAsync(words, local.Sites, cancellation)
            : throw new UsageException(
                "sites are looked after where their ledger's file is: name the file, not a server");

    /// <summary>Says what was done, as a line or as JSON.</summary>
    protected void WriteDone(ParseResult words, SiteChange change, string line) =>
        Context.Output.WriteLine(WantsJson(words)
            ? JsonSerializer.Serialize(change, ReportJson.Default.SiteChange) : line);
}
