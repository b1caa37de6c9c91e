namespace Settle.Cli.Commands;

internal sealed class SitesAllowCommand : SiteCommand
{
    private readonly Argument<string> _account = new("ACCOUNT")
    {
        Description = "Whose money another site may spend",
    };

    private readonly Option<string> _at = Typed.Text("--at", "SITE", "The site that may spend it");

    private readonly Option<decimal?> _amount = Typed.Value("--amount", "AMOUNT",
        "How much of it should be there", (field, text) => Amounts.Read(field, text));

    private readonly Option<string> _asset = Typed.Asset("The asset [default: the ledger's]");

    public SitesAllowCommand(CliContext context)
        : base(context, "allow",
            "Tops up what another site may spend from an account to the given amount, out of what "
            + "this site has. The other site can spend it even while it is cut off.",
            "settle sites allow Ann --at laptop --amount 50")
    {
        _at.Required = _amount.Required = true;
        Add(_account);
        Add(_at);
        Add(_amount);
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
        }, cancellation);
        WriteResult(words, made, WireJson.Compact.Allowance, allowance => allowance.Granted.IsZero
            ? $"{site} has as much of {account} already"
            : $"{allowance.Granted} of {account} granted to {site}; it can spend them once it has "
                + "read this");
        return ExitStatus.Done;
    }
}
