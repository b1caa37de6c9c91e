namespace Settle.Cli.Commands;

internal sealed class SitesRetireCommand : SiteCommand
{
    public SitesRetireCommand(CliContext context)
        : base(context, "retire",
            "Writes this site's last block: once the founder has read it, it has taken over the "
            + "site's money, accounts and ids. Open holds must be captured or voided first.",
            "settle sites retire --ledger lisbon.db")
    {
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ISites sites,
        CancellationToken cancellation)
    {
        await sites.RetireAsync(null, cancellation);
        WriteDone(words, new SiteChange(null, "retired"),
            "this site has retired; sync it with the founder, which then takes over");
        return ExitStatus.Done;
    }
}
