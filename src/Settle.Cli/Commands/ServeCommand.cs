using System.CommandLine;
using Settle.Server;

namespace Settle.Cli.Commands;

internal sealed class ServeCommand : SettleCommand
{
    private readonly Option<string[]> _ledgers = new("--ledger", "-l")
    {
        Description = "A file (bank.db), or a folder whose .db files are ledgers; may be repeated "
            + $"[default: ${LedgerOption.Variable}, else {LedgerOption.DefaultLocation}]",
        HelpName = "LEDGER",
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Address and port; port 0 takes a free one",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1:7171",
    };

    private readonly Option<string> _keys = new("--keys")
    {
        Description =
            "The file of API keys ('settle keys'); needed on any address but this machine's own",
        HelpName = "FILE",
    };

    private readonly Option<bool> _logRequests =
        new("--log-requests") { Description = "Log every request" };

    public ServeCommand(CliContext context)
        : base(context, "serve", "Serves ledgers over HTTP until Ctrl-C.",
            "settle serve --ledger bank.db",
            "settle serve --ledger ./ledgers --listen 0.0.0.0:7171 --keys keys.json")
    {
        Add(_ledgers);
        Add(_listen);
        Add(_keys);
        Add(_logRequests);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var ledgers = words.GetValue(_ledgers) is { Length: > 0 } named ? named
            : [Context.Environment(LedgerOption.Variable) ?? LedgerOption.DefaultLocation];
        var options = new ServeOptions
        {
            Ledgers = ledgers,
            Listen = words.GetRequiredValue(_listen),
            KeysFile = words.GetValue(_keys),
            LogRequests = words.GetValue(_logRequests),
        };
        await SettleServer.RunAsync(options, server =>
        {
            foreach (var address in server.Addresses)
                Context.Output.WriteLine($"Serving {string.Join(", ", ledgers)} at {address}");
            Context.Output.Flush();
        }, cancellation);
        return ExitStatus.Done;
    }
}
