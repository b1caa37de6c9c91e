namespace Settle.Cli.Commands;

internal sealed class OpenCommand : LedgerCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The account" };

    private readonly Option<Overdraft?> _overdraft = Typed.Value("--overdraft", "AMOUNT|unlimited",
        "How far below zero it may fall", (_, text) => Overdraft.Parse(text));

    private readonly Option<Ceiling?> _ceiling = Typed.Value("--ceiling", "AMOUNT|none",
        "The highest balance that incoming money may lead to", (_, text) => Ceiling.Parse(text));

    private readonly Option<string> _asset = Typed.Asset(
        "The asset that overdraft and ceiling apply to [default: the ledger's]");

    private readonly Option<string[]> _owners = new("--owner")
    {
        Description = "A user who may spend from it by writing documents; may be repeated",
        HelpName = "USER",
    };

    private readonly Option<bool> _close =
        new("--close") { Description = "Close it: nothing in, nothing out" };
    private readonly Option<bool> _reopen =
        new("--reopen") { Description = "Open a closed account again" };
    private readonly Option<Dictionary<string, string>?> _meta = Typed.Meta();
    private readonly Option<string> _id = Typed.Id();

    public OpenCommand(CliContext context)
        : base(context, "open",
            "Opens an account or changes its limits. Options you leave out keep their values.",
            "settle open Dave --overdraft 50", "settle open bank:cash --overdraft unlimited",
            "settle open wallet:7 --ceiling 1000 --asset EUR --owner ann",
            "settle open Dave --close")
    {
        Add(_name);
        Add(_overdraft);
        Add(_ceiling);
        Add(_asset);
        Add(_owners);
        Add(_close);
        Add(_reopen);
        Add(_meta);
        Add(_id);
    }

    protected override bool MakesLedger => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_close) && words.GetValue(_reopen))
            throw new UsageException("--close cannot be combined with --reopen");
    }

    protected override async Task RehearseAsync(
        ParseResult words, ILedger empty, CancellationToken cancellation)
    {
        try
        {
            await empty.PutAccountAsync(RequestIn(words), cancellation);
        }
        catch (RejectedException)
        {
            // The new ledger records that it refuses this.
        }
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var account = await ledger.PutAccountAsync(RequestIn(words), cancellation);
        WriteResult(words, account, WireJson.Compact.Account, AccountLines.Of);
        return ExitStatus.Done;
    }

    private AccountRequest RequestIn(ParseResult words) => new()
    {
        Id = words.GetValue(_id),
        Account = words.GetRequiredValue(_name),
        Asset = words.GetValue(_asset),
        Overdraft = words.GetValue(_overdraft),
        Ceiling = words.GetValue(_ceiling),
        Closed = words.GetValue(_close) ? true : words.GetValue(_reopen) ? false : null,
        Owners = words.GetValue(_owners) is { Length: > 0 } owners ? owners : null,
        Meta = words.GetValue(_meta),
    };
}
