namespace Settle.Cli.Commands;

internal sealed class SitesAllowancesCommand : SiteCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The site" };

    public SitesAllowancesCommand(CliContext context)
        : base(context, "allowances",
            "Lists what a site is kept at, by account: what 'settle sites allow --standing' set.",
            "settle sites allowances south")
    {
        Add(_name);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ISites sites,
        CancellationToken cancellation)
    {
        var site = words.GetRequiredValue(_name);
        var kept = await Pages.AllAsync((after, stop) => sites.ListAllowancesAsync(site,
            new PageQuery { Limit = Pages.LimitMax, After = after }, stop), cancellation)
            .ToListAsync(cancellation);
        if (kept.Count == 0 && IsForPeople(words))
        {
            Context.Output.WriteLine($"{site} is kept at nothing");
            return ExitStatus.Done;
        }
        WriteList(words, kept, WireJson.Compact.StandingAllowance,
            ["Account", "Amount>", "Asset", "By"],
            each => [each.Account, each.Amount.Digits, each.Asset, each.By]);
        return ExitStatus.Done;
    }
}
