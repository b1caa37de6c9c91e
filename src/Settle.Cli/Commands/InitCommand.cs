using System.CommandLine;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class InitCommand : LedgerCommand
{
    private readonly Option<string> _asset = new("--asset")
    {
        Description = "The default asset",
        HelpName = "CODE",
        DefaultValueFactory = _ => "USD",
    };

    public InitCommand(CliContext context)
        : base(context, "init", "Makes a ledger and sets its default asset.",
            "settle init --asset EUR", "settle init --ledger bank.db")
        => Add(_asset);

    protected override bool MakesLedger => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var info = await ledger.InitializeAsync(words.GetRequiredValue(_asset), cancellation);
        WriteResult(words, info, WireJson.Compact.LedgerInfo,
            made => $"ledger '{made.Name}', default asset {made.Asset}, {made.Height} blocks");
        return ExitStatus.Done;
    }
}
