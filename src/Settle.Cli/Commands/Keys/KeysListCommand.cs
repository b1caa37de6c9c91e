using System.Text.Json.Nodes;
using Settle.Server;

namespace Settle.Cli.Commands;

internal sealed class KeysListCommand : SettleCommand
{
    private readonly KeysFileOption _file = new();

    public KeysListCommand(CliContext context)
        : base(context, "list", "Lists the keys, without the keys themselves.", "settle keys list")
        => Add(_file);

    protected override bool HasTable => true;

    protected override Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var keys = ApiKeys.Load(words.GetRequiredValue(_file)).All;
        if (WantsJson(words))
        {
            var items = keys.Select(key => (JsonNode)new JsonObject
            {
                ["name"] = key.Name,
                ["role"] = RoleOf(key),
                ["ledgers"] =
                    new JsonArray([.. key.Ledgers.Select(ledger => JsonValue.Create(ledger))]),
            });
            Context.Output
                .WriteLine(new JsonArray([.. items]).ToJsonString());
        }
        else
        {
            WriteTable(words, ["Name", "Role", "Ledgers"],
                keys.Select(key =>
                    new[] { key.Name, RoleOf(key), string.Join(", ", key.Ledgers) }));
        }
        return Task.FromResult(ExitStatus.Done);
    }

    private static string RoleOf(ApiKey key) => key.Role switch
    {
        ApiRole.Reader => "reader",
        ApiRole.Teller => "teller",
        ApiRole.Peer => "peer",
        _ => "admin",
    };
}
