namespace Settle.Cli.Commands;

internal sealed class InitCommand : LedgerCommand
{
    private readonly Option<string> _asset = new("--asset")
    {
        Description = "The default asset [default: the ledger's; USD for a new one]",
        HelpName = "CODE",
    };

    private readonly Option<int?> _scale = Typed.Value("--scale", "DECIMALS",
        "How many decimals it has, if it is not in ISO 4217", Typed.Integer(0, Limits.ScaleMax));

    private readonly Option<bool?> _strict = new("--strict")
    {
        Description = "Accounts must be opened before money moves to or from them; "
            + "'false' takes it back",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "true|false",
    };

    public InitCommand(CliContext context)
        : base(context, "init", "Makes a ledger and sets its default asset; or changes its terms.",
            "settle init --asset EUR", "settle init --asset points --scale 0 --ledger bank.db",
            "settle init --strict")
    {
        Add(_asset);
        Add(_scale);
        Add(_strict);
    }

    protected override bool MakesLedger => true;

    protected override void CheckWords(ParseResult words) =>
        DefaultAsset.Scale(words.GetValue(_asset) ?? "USD", words.GetValue(_scale));

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var (asset, scale) = (words.GetValue(_asset), words.GetValue(_scale));
        if (asset is null) (asset, scale) = await OwnAssetAsync(ledger, cancellation);
        var info = await ledger.InitializeAsync(new LedgerRequest
        {
            Asset = asset, Scale = scale,
            Strict = words.GetResult(_strict) is { Implicit: false }
                ? words.GetValue(_strict) ?? true : null,
        }, cancellation);
        WriteResult(words, info, WireJson.Compact.LedgerInfo,
            made => $"ledger '{made.Name}', default asset {made.Asset}, "
                + Counted.Text(made.Height, "block")
                + (made.Strict ? ", strict: accounts must be opened first" : ""));
        return ExitStatus.Done;
    }

    private static async Task<(string Asset, int? Scale)> OwnAssetAsync(
        ILedger ledger, CancellationToken cancellation)
    {
        var info = await ledger.GetInfoAsync(cancellation);
        return (info.Asset, info.Assets.FirstOrDefault(each => each.Code == info.Asset)?.Scale);
    }
}
