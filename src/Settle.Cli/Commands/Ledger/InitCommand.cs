namespace Settle.Cli.Commands;

internal sealed class InitCommand : LedgerCommand
{
    private readonly Option<string> _asset = new("--asset")
    {
        Description = "The default asset",
        HelpName = "CODE",
        DefaultValueFactory = _ => "USD",
    };

    private readonly Option<int?> _scale = Typed.Value("--scale", "DECIMALS",
        "How many decimals it has, if it is not in ISO 4217", Typed.Integer(0, Limits.ScaleMax));

    public InitCommand(CliContext context)
        : base(context, "init", "Makes a ledger and sets its default asset.",
            "settle init --asset EUR", "settle init --asset points --scale 0 --ledger bank.db")
    {
        Add(_asset);
        Add(_scale);
    }

    protected override bool MakesLedger => true;

    protected override void CheckWords(ParseResult words) =>
        DefaultAsset.Scale(words.GetRequiredValue(_asset), words.GetValue(_scale));

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var info = await ledger.InitializeAsync(words.GetRequiredValue(_asset),
            words.GetValue(_scale), cancellation);
        WriteResult(words, info, WireJson.Compact.LedgerInfo,
            made => $"ledger '{made.Name}', default asset {made.Asset}, {made.Height} blocks");
        return ExitStatus.Done;
    }
}
