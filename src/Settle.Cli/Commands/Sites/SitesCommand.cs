using Settle.Local;

namespace Settle.Cli.Commands;

internal sealed class SitesCommand : SiteCommand
{
    public SitesCommand(CliContext context)
        : base(context, "sites",
            "Lists a ledger's sites, or changes them. The list is as this site knows them: how "
            + "many of their blocks are here and how many it has read, who has read theirs, and "
            + "what could be spent there.",
            "settle sites", "settle sites --json", "settle sites add lisbon")
    {
        SettleCommand[] changes =
        [
            new SitesAddCommand(context), new SitesAllowCommand(context),
            SitesEndCommand.Suspend(context), SitesEndCommand.End(context),
            new SitesRetireCommand(context), new SitesOrphansCommand(context),
        ];
        foreach (var change in changes)
        {
            change.AddCommonOptions();
            Add(change);
        }
    }

    protected override bool HasTable => true;

    protected override bool HasTimes => true;

    protected override async Task<int> RunAsync(ParseResult words, LocalSites sites,
        CancellationToken cancellation)
    {
        var all = await sites.ListAsync(cancellation);
        if (all.Count == 0 && IsForPeople(words))
        {
            Context.Output.WriteLine(
                "this ledger has one site; 'settle sites add NAME' lets another one join");
            return ExitStatus.Done;
        }
        var times = TimesIn(words);
        WriteList(words, all, WireJson.Compact.Site,
            ["Site", "State", "Home of", "Height>", "Read>", "Seen by", "Last heard", "Parts"],
            site => [site.Name + (site.IsOwn ? " (here)" : ""), site.State,
                site.Prefix is { } prefix ? prefix + "*" : "", Number(site.Height),
                Number(site.Read),
                string.Join(", ", site.SeenBy.Select(seen => $"{seen.Key} {Number(seen.Value)}")),
                site.LastHeard is { } time ? times.Of(time) : "never",
                string.Join(", ", site.Parts)]);
        if (!IsForPeople(words)) return ExitStatus.Done;
        foreach (var site in all.Where(site => site.Reason is not null))
            Context.Output.WriteLine($"{site.Name} is read no further: {site.Reason}");
        return ExitStatus.Done;
    }

    private static string Number(long height) => height.ToString(CultureInfo.InvariantCulture);
}
