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

    private readonly Option<string> _site = Typed.Text("--site", "NAME",
        "Make the file of a site that was added to another ledger");

    private readonly Option<string> _join = Typed.Text("--join", "FILE|URL",
        "The founder, or another site that has read of this one: its file, or its server's "
            + "address; @FILE reads that from a file");

    public InitCommand(CliContext context)
        : base(context, "init", "Makes a ledger and sets its default asset; or changes its terms.",
            "settle init --asset EUR", "settle init --asset points --scale 0 --ledger bank.db",
            "settle init --strict", "settle init --ledger lisbon.db --site lisbon --join bank.db")
    {
        Add(_asset);
        Add(_scale);
        Add(_strict);
        Add(_site);
        Add(_join);
    }

    protected override bool MakesLedger => true;

    protected override void CheckWords(ParseResult words)
    {
        DefaultAsset.Scale(words.GetValue(_asset) ?? "USD", words.GetValue(_scale));
        if (words.GetValue(_site) is null && words.GetValue(_join) is null) return;
        if (words.GetValue(_site) is null || words.GetValue(_join) is null)
            throw new UsageException("--site and --join belong together");
        foreach (var option in (Option[])[_asset, _scale, _strict])
        {
            if (words.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{option.Name} cannot be given with --join: the ledger "
                    + "that is joined has its terms");
            }
        }
    }

    protected override async Task<int> RunAtAsync(
        ParseResult words, string location, CancellationToken cancellation)
    {
        if (words.GetValue(_site) is not { } site)
            return await base.RunAtAsync(words, location, cancellation);
        var source = LedgerLocation.Read(words.GetRequiredValue(_join));
        if (location.Contains("://", StringComparison.Ordinal))
            throw new UsageException("--ledger: name a file; a site is a file of its own");
        LedgerOpening.RequireFileOrServer("--join", source);
        var accepts = AcceptedIn(words, location);
        var options = LedgerOpening.Options(Context, mayMake: true) with
        {
            AcceptRollback = accepts.Rollback, AcceptClock = accepts.Clock,
        };
        var info = await ProgressBar.RunAsync(Context, "join", progress => SiteJoin.RunAsync(
            location, site, source, options, progress, cancellation));
        WriteResult(words, info, WireJson.Compact.LedgerInfo,
            made => $"site {site} in ledger '{made.Name}', default asset {made.Asset}; sync it "
                + "with the others to let them know");
        return ExitStatus.Done;
    }

    protected override Task RehearseAsync(
        ParseResult words, ILedger empty, CancellationToken cancellation) =>
        InitializeAsync(words, empty, cancellation);

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var info = await InitializeAsync(words, ledger, cancellation);
        WriteResult(words, info, WireJson.Compact.LedgerInfo,
            made => $"ledger '{made.Name}', default asset {made.Asset}, "
                + Counted.Text(made.Height, "block")
                + (made.Strict ? ", strict: accounts must be opened first" : ""));
        return ExitStatus.Done;
    }

    private async Task<LedgerInfo> InitializeAsync(
        ParseResult words, ILedger ledger, CancellationToken cancellation)
    {
        var (asset, scale) = (words.GetValue(_asset), words.GetValue(_scale));
        if (asset is null) (asset, scale) = await OwnAssetAsync(ledger, cancellation);
        return await ledger.InitializeAsync(new LedgerRequest
        {
            Asset = asset, Scale = scale,
            Strict = words.GetResult(_strict) is { Implicit: false }
                ? words.GetValue(_strict) ?? true : null,
        }, cancellation);
    }

    private static async Task<(string Asset, int? Scale)> OwnAssetAsync(
        ILedger ledger, CancellationToken cancellation)
    {
        var info = await ledger.GetInfoAsync(cancellation);
        return (info.Asset, info.Assets.FirstOrDefault(each => each.Code == info.Asset)?.Scale);
    }
}
