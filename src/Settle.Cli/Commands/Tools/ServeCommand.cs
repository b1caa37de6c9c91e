using Settle.Server;
using Settle.Stores.CouchDb;

namespace Settle.Cli.Commands;

internal sealed class ServeCommand : SettleCommand
{
    private readonly Option<string[]> _ledgers = new("--ledger", "-l")
    {
        Description = "A file (bank.db), a CouchDB database (couchdb://host:5984/bank), "
            + "or a folder whose .db files are ledgers; @FILE reads it from a file; may be "
            + "repeated "
            + $"[default: ${LedgerOption.Variable}, else {LedgerOption.DefaultLocation}]",
        HelpName = "LEDGER",
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Address and port; port 0 takes a free one",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "127.0.0.1:7171",
    };

    private readonly Option<string> _keys = Typed.Text("--keys", "FILE",
        "The file of API keys ('settle keys'); needed on any address but this machine's own");

    private readonly Option<long> _bodyLimit = Typed.Integer("--body-limit", "BYTES",
        "The largest body of a request, in bytes", 1, ServeOptions.BodyBytesMost,
        SettleApi.BodyBytesIfUnset);

    private readonly Option<int> _rateLimit = Typed.Integer("--rate-limit", "REQUESTS",
        "How many requests a key, or without keys an address, may make in a second",
        1, int.MaxValue, ServeOptions.RequestsPerSecondIfUnset);

    private readonly Option<bool> _logRequests =
        new("--log-requests") { Description = "Log every request" };

    private readonly Option<string[]> _peers = new("--peer")
    {
        Description = "The server of another site, with which blocks are exchanged, such as "
            + "http://office:7171/bank; with several ledgers NAME=URL says whose peer it is; "
            + "@FILE reads it from a file, which keeps its key secret; may be repeated "
            + $"[its key, if it has none: ${LedgerOpening.KeyVariable}]",
        HelpName = "URL",
    };

    private readonly AcceptOptions _accept = new();

    public ServeCommand(CliContext context)
        : base(context, "serve", "Serves ledgers over HTTP until Ctrl-C.",
            "settle serve --ledger bank.db",
            "settle serve --ledger ./ledgers --listen 0.0.0.0:7171 --keys keys.json",
            "settle serve --ledger lisbon.db --peer http://office:7171/bank")
    {
        Add(_ledgers);
        Add(_listen);
        Add(_keys);
        Add(_bodyLimit);
        Add(_rateLimit);
        Add(_logRequests);
        Add(_peers);
        _accept.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var typed = words.GetValue(_ledgers) ?? [];
        WarnOfPasswords(typed);
        var peers = words.GetValue(_peers) ?? [];
        WarnOfKeys(peers);
        string[] ledgers = [.. typed.DefaultIfEmpty(Context.Environment(LedgerOption.Variable)
            ?? LedgerOption.DefaultLocation).Select(LedgerLocation.Read)];
        var (acceptsRollback, acceptsClock) = _accept.In(words);
        var options = new ServeOptions
        {
            Ledgers = ledgers,
            Listen = words.GetRequiredValue(_listen),
            KeysFile = words.GetValue(_keys),
            BodyBytesMax = words.GetValue(_bodyLimit),
            RequestsPerSecond = words.GetValue(_rateLimit),
            LogRequests = words.GetValue(_logRequests),
            LogsForPeople = Context.ShowsProgress,
            LogsInColor = Context.ErrorHasColors,
            Peers = [.. peers.Select(LedgerLocation.Read)],
            PeerKey = Context.Environment(LedgerOpening.KeyVariable),
            AcceptRollback = acceptsRollback,
            AcceptClock = acceptsClock,
        };
        await SettleServer.RunAsync(options, server => Announce(ledgers, server), cancellation);
        return ExitStatus.Done;
    }

    private void WarnOfPasswords(string[] typed)
    {
        foreach (var shown in typed.Select(CouchAddress.WithoutPassword).Except(typed))
            Context.Error.WriteLine($"warning: {shown} has a password, which everybody on this "
                + "machine can see while the server runs; "
                + $"use --ledger @FILE or the variable {LedgerOption.Variable}");
    }

    private void WarnOfKeys(string[] typed)
    {
        foreach (var peer in typed.Where(peer => peer.Contains("://", StringComparison.Ordinal)
            && peer.Contains('@', StringComparison.Ordinal)))
            Context.Say("warning", $"the peer at {peer[(peer.LastIndexOf('@') + 1)..]} has a key, "
                + "which everybody on this machine can see while the server runs; use --peer "
                + $"@FILE or the variable {LedgerOpening.KeyVariable}");
    }

    /// <summary>Even if nobody can read it, the server goes on.</summary>
    private void Announce(string[] ledgers, SettleServer server)
    {
        try
        {
            var shown = string.Join(", ", ledgers.Select(CouchAddress.WithoutPassword));
            foreach (var address in server.Addresses)
                Context.Output.WriteLine($"Serving {shown} at {address}");
            Context.Output.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var fault = (e.InnerException ?? e).Message;
            Context.Say("warning",
                $"standard output cannot be written ({fault}); serving all the same");
        }
    }
}
