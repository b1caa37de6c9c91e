namespace Settle.Cli.Commands;

internal sealed class SitesOrphansCommand : SiteCommand
{
    public SitesOrphansCommand(CliContext context)
        : base(context, "orphans",
            "Lists what ended sites decided after their end, as far as their blocks are here. None "
            + "of it counts: book by hand what has to be booked.",
            "settle sites orphans")
    {
    }

    protected override bool HasTable => true;

    protected override bool HasTimes => true;

    protected override async Task<int> RunAsync(ParseResult words, ISites sites,
        CancellationToken cancellation)
    {
        var orphans = await sites.ListOrphansAsync(cancellation);
        if (orphans.Count == 0 && IsForPeople(words))
        {
            Context.Output.WriteLine("no orphans");
            return ExitStatus.Done;
        }
        var times = TimesIn(words);
        WriteList(words, orphans, WireJson.Compact.Orphan,
            ["Site", "Block>", "Time", "Type", "From", "To", "Amount>", "Asset", "Id"],
            orphan => [orphan.Site, orphan.Block.ToString(CultureInfo.InvariantCulture),
                times.Of(orphan.Time), orphan.Type, orphan.From, orphan.To, orphan.Amount.Digits,
                orphan.Amount.Asset!, orphan.Id ?? ""]);
        return ExitStatus.Done;
    }
}
