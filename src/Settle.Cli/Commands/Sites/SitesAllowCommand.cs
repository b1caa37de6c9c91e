namespace Settle.Cli.Commands;

internal sealed class SitesAllowCommand : SiteCommand
{
    private readonly Argument<string> _account = new("ACCOUNT")
    {
        Description = "Whose money another site may spend",
    };

    private readonly Option<string> _at = Typed.Text("--at", "SITE", "The site that may spend it");

    private readonly Option<decimal?> _amount = Typed.Value("--amount", "AMOUNT",
        "How much of it should be there",
        (field, text) => Amounts.Read(field, text, allowZero: true));

    private readonly Option<bool> _standing = new("--standing")
    {
        Description = "Keep it there: whenever it has less than half of the amount, it is granted "
            + "what it lacks, as far as the account has it here; --amount 0 ends that",
    };

    private readonly Option<string> _asset = Typed.Asset("The asset [default: the ledger's]");

    public SitesAllowCommand(CliContext context)
        : base(context, "allow",
            "Tops up what another site may spend from an account to the given amount, out of what "
            + "this site has. The other site can spend it even while it is cut off.",
            "settle sites allow Ann --at laptop --amount 50",
            "settle sites allow Ann --at laptop --amount 50 --standing",
            "settle sites allow Ann --at laptop --amount 0 --standing")
    {
        _at.Required = _amount.Required = true;
        Add(_account);
        Add(_at);
        Add(_amount);
        Add(_standing);
        Add(_asset);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ISites sites,
        CancellationToken cancellation)
    {
        var (account, site) = (words.GetRequiredValue(_account), words.GetRequiredValue(_at));
        var asset = words.GetValue(_asset);
        var made = await sites.AllowAsync(new AllowanceRequest
        {
            Account = account, Site = site,
            Amount = Money.Typed(words.GetValue(_amount)!.Value, asset),
            Standing = words.GetValue(_standing),
        }, cancellation);
        WriteResult(words, made, WireJson.Compact.Allowance, Say);
        return ExitStatus.Done;
    }

    private static string Say(Allowance made)
    {
        var (account, site) = (made.Account, made.Site);
        var granted = $"{made.Granted} of {account} granted to {site}; it can spend them once it "
            + "has read this";
        return made.Standing switch
        {
            null => made.Granted.IsZero ? $"{site} has as much of {account} already" : granted,
            { IsZero: true } =>
                $"{site} gets no more of {account} by itself; what it has of it stays there",
            { } level when made.Granted.IsZero => $"{site} is kept at {level} of {account}",
            { } level => $"{site} is kept at {level} of {account}; {granted}",
        };
    }
}
