namespace Settle.Cli.Commands;

internal sealed class SitesAddCommand : SiteCommand
{
    private readonly Argument<string> _name = new("NAME")
    {
        Description = "The new site's name: small letters, digits and hyphens",
    };

    private readonly Option<string> _prefix = Typed.Text("--prefix", "TEXT",
        "Accounts whose names begin with this have their home there: it sets their terms");

    private readonly Option<string> _url = Typed.Text("--url", "URL",
        "Where it will answer, such as http://lisbon:7171/bank");

    public SitesAddCommand(CliContext context)
        : base(context, "add",
            "Lets a site join this ledger. Run it at the founder, whose file was the first; then "
            + "'settle init --site NAME --join FILE' makes the site's own file. The address of the "
            + "founder's server can stand for its file.",
            "settle sites add lisbon", "settle sites add lisbon --prefix lisbon:")
    {
        Add(_name);
        Add(_prefix);
        Add(_url);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ISites sites,
        CancellationToken cancellation)
    {
        var name = words.GetRequiredValue(_name);
        await sites.AddAsync(new SiteRequest
        {
            Name = name, Prefix = words.GetValue(_prefix), Url = words.GetValue(_url),
        }, cancellation);
        WriteDone(words, new SiteChange(name, "added"),
            $"site {name} may join: settle init --ledger FILE --site {name} --join THIS_FILE");
        return ExitStatus.Done;
    }
}
