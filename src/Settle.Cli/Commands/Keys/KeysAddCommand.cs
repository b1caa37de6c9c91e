using System.Text.Json.Nodes;
using Settle.Server;

namespace Settle.Cli.Commands;

internal sealed class KeysAddCommand : SettleCommand
{
    private readonly Argument<string> _name =
        new("NAME") { Description = "Whose key it is, for people and logs" };

    private readonly Option<string> _role = new("--role")
    {
        Description =
            "reader reads; teller moves money too; peer hands over blocks of sites, as their "
            + "servers do; admin does all that, opens accounts and makes ledgers",
        HelpName = "ROLE",
        DefaultValueFactory = _ => "teller",
    };

    private readonly Option<string[]> _ledgers = new("--for")
    {
        Description = "A ledger that it opens; may be repeated [default: all]",
        HelpName = "LEDGER",
    };

    private readonly KeysFileOption _file = new();

    public KeysAddCommand(CliContext context)
        : base(context, "add", "Makes a key and shows it, this once.",
            "settle keys add shop --role teller --for bank")
    {
        _role.Accept("reader", "teller", "peer", "admin");
        Add(_name);
        Add(_role);
        Add(_ledgers);
        Add(_file);
    }

    protected override Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var name = words.GetRequiredValue(_name);
        var role = words.GetRequiredValue(_role) switch
        {
            "reader" => ApiRole.Reader,
            "admin" => ApiRole.Admin,
            "peer" => ApiRole.Peer,
            _ => ApiRole.Teller,
        };
        var secret =
            ApiKeys.Add(words.GetRequiredValue(_file), name, role, words.GetValue(_ledgers) ?? []);
        Context.Output.WriteLine(WantsJson(words)
            ? new JsonObject { ["name"] = name, ["key"] = secret }
                .ToJsonString()
            : secret);
        return Task.FromResult(ExitStatus.Done);
    }
}
