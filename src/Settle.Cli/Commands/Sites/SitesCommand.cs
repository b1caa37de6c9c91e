namespace Settle.Cli.Commands;

internal sealed class SitesCommand : SiteCommand
{
    private const int AllowancesShown = 20;

    public SitesCommand(CliContext context)
        : base(context, "sites",
            "Lists a ledger's sites, or changes them. It shows what this site knows of each: "
            + "how many of its blocks are here, how many were read, who else has read them, "
            + "and what can be spent there. For a server, it also shows the state of its peers.",
            "settle sites", "settle sites --json", "settle sites add lisbon",
            "settle sites --ledger http://127.0.0.1:7171/bank")
    {
        SettleCommand[] changes =
        [
            new SitesAddCommand(context), new SitesAllowCommand(context),
            new SitesAllowancesCommand(context),
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

    protected override async Task<int> RunAsync(ParseResult words, ISites sites,
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
                string.Join(", ", site.Parts.Select(part => part.Amount))]);
        if (!IsForPeople(words)) return ExitStatus.Done;
        foreach (var site in all.Where(site => site.Reason is not null))
            Context.Output.WriteLine(site.IsOwn ? $"{site.Name} writes nothing: {site.Reason}"
                : $"{site.Name} is read no further: {site.Reason}");
        foreach (var site in all.Where(site => site.Allowances.Count > 0))
            WriteAllowances(site);
        foreach (var peer in all.SelectMany(site => site.Peers ?? []))
            Context.Output.WriteLine(Line(peer, times));
        return ExitStatus.Done;
    }

    private void WriteAllowances(Site site)
    {
        foreach (var kept in site.Allowances.Take(AllowancesShown))
            Context.Output.WriteLine(
                $"{site.Name} is kept at {kept.Amount} of {kept.Account} by {kept.By}");
        if (site.AllowanceCount > AllowancesShown)
            Context.Output.WriteLine($"{site.Name} is kept at amounts of "
                + $"{Counted.Text(site.AllowanceCount - AllowancesShown, "more account")}; "
                + $"'settle sites allowances {site.Name}' lists all");
    }

    private static string Line(Peer peer, Times times)
    {
        var line = $"peer {peer.Url}" + (peer.Site is { } site ? $" ({site})" : "")
            + (peer.LastHeard is { } heard ? $": heard {times.Of(heard)}" : ": never heard")
            + (peer.Lag == 0 ? "" : $", {Counted.Text(peer.Lag, "block")} behind");
        return peer.Error is { } error ? $"{line}; {error}" : line;
    }

    private static string Number(long height) => height.ToString(CultureInfo.InvariantCulture);
}
