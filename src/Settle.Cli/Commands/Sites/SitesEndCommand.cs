namespace Settle.Cli.Commands;

/// <summary>What the founder decides about a site that is lost.</summary>
internal sealed class SitesEndCommand : SiteCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The site" };
    private readonly Func<ISites, string, CancellationToken, Task> _decide;
    private readonly string _done;

    private SitesEndCommand(CliContext context, string name, string description, string done,
        Func<ISites, string, CancellationToken, Task> decide, params string[] examples)
        : base(context, name, description, examples)
    {
        (_decide, _done) = (decide, done);
        Add(_name);
    }

    public static SitesEndCommand Suspend(CliContext context) => new(context, "suspend",
        "Declares a site lost. From then on, the others read nothing from it that none of them has "
        + "read yet. This cannot be undone: a site that turns up again joins under another name.",
        "suspended", (sites, name, stop) => sites.SuspendAsync(name, null, stop),
        "settle sites suspend lisbon");

    public static SitesEndCommand End(CliContext context) => new(context, "end",
        "Ends a suspended site: the founder takes over the money, the accounts and the ids that it "
        + "had. All other sites must have read that it is suspended.",
        "ended", (sites, name, stop) => sites.EndAsync(name, null, stop),
        "settle sites end lisbon");

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ISites sites,
        CancellationToken cancellation)
    {
        var name = words.GetRequiredValue(_name);
        await _decide(sites, name, cancellation);
        WriteDone(words, new SiteChange(name, _done), $"site {name} is {_done}");
        return ExitStatus.Done;
    }
}
