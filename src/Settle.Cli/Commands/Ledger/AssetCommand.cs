using System.CommandLine;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class AssetCommand : LedgerCommand
{
    private readonly Argument<string> _code = new("CODE")
    {
        Description = "A letter, then letters, digits, '.', '_' or '-', at most 16 in all",
    };

    private readonly Option<int> _scale = new("--scale")
    {
        Description = $"How many decimals it has, 0 to {Limits.ScaleMax}",
        HelpName = "DECIMALS",
        Required = true,
    };

    public AssetCommand(CliContext context)
        : base(context, "asset",
            "Declares an asset of the ledger's own. ISO 4217 is known already.",
            "settle asset points --scale 0")
    {
        Add(_code);
        Add(_scale);
    }

    protected override bool MakesLedger => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_scale) is < 0 or > Limits.ScaleMax)
            throw new InvalidRequestException("scale", $"must be 0 to {Limits.ScaleMax}");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var asset = await ledger
            .DeclareAssetAsync(words.GetRequiredValue(_code), words.GetValue(_scale), cancellation);
        WriteResult(words, asset, WireJson.Compact.AssetInfo,
            declared => $"asset {declared.Code} with {declared.Scale} decimals");
        return ExitStatus.Done;
    }
}
