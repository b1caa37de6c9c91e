namespace Settle.Cli.Commands;

internal sealed class InfoCommand(CliContext context)
    : LedgerCommand(context, "info", "Shows the ledger's assets, size and last hash.",
        "settle info")
{
    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var info = await ledger.GetInfoAsync(cancellation);
        WriteResult(words, info, WireJson.Compact.LedgerInfo, Lines);
        return ExitStatus.Done;
    }

    private static string Lines(LedgerInfo info) => string.Create(CultureInfo.InvariantCulture, $"""
        ledger    {info.Name}
        asset     {info.Asset}
        assets    {string.Join(", ", info.Assets.Select(asset => $"{asset.Code} ({asset.Scale})"))}
        blocks    {info.Height}
        entries   {info.Entries}
        accounts  {info.Accounts}
        hash      {info.Hash}
        """);
}
