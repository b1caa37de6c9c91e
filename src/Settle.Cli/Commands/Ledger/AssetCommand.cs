namespace Settle.Cli.Commands;

internal sealed class AssetCommand : LedgerCommand
{
    private readonly Argument<string> _code = new("CODE")
    {
        Description = "A letter, then letters, digits, '.', '_' or '-'; at most 16 characters",
    };

    private readonly Option<int> _scale = Typed.Integer("--scale", "DECIMALS",
        $"How many decimals it has, 0 to {Limits.ScaleMax}", 0, Limits.ScaleMax, fallback: null);

    public AssetCommand(CliContext context)
        : base(context, "asset",
            "Declares an asset of your own. Those of ISO 4217 are known already.",
            "settle asset points --scale 0")
    {
        Add(_code);
        Add(_scale);
    }

    protected override bool Writes => true;

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
