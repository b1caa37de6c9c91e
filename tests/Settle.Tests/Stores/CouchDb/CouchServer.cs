using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Settle.Tests.Style;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>A server that speaks CouchDB's protocol, in a process of its own.</summary>
internal sealed class CouchServer(bool knowsUsers = false) : IAsyncDisposable
{
    // Without an admin everybody is one.
    private const string Config = """{"admins":{"admin":"secret"}}""";

    // It ends with the tests, however they end, and one request's fault ends that request alone.
    private const string Script = "process.stdin.resume().on('end', () => process.exit());"
        + "for (const fault of ['uncaughtException', 'unhandledRejection'])"
        + " process.on(fault, e => console.error(fault, e));"
        + "const p = process.argv[1]; require(p);";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _folder = new();
    private readonly int _port = FreePort();
    private Process? _process;

    /// <summary>Where npm put the server.</summary>
    public static string Program { get; } = Path.Combine(
        Repository.Root, "tests/couchdb/node_modules/pouchdb-server/bin/pouchdb-server");

    public Uri Address => new($"http://{(knowsUsers ? "admin:secret@" : "")}127.0.0.1:{_port}/");

    /// <summary>Starts it, or starts it again on the same data.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("node", ["-e", Script, "--", Program,
            "--port", $"{_port}", "--host", "127.0.0.1", "--dir", _folder.File("data"),
            "--config", _folder.File("config.json"), "--no-stdout-logs"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Directory.CreateDirectory(_folder.File("data"));
        if (knowsUsers && !File.Exists(_folder.File("config.json")))
            await File.WriteAllTextAsync(_folder.File("config.json"), Config);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, e) => Tell(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.EnableRaisingEvents = true;
        _process.Exited += OnExited;
        await UntilStartedAsync();
    }

    /// <summary>Waits until it answers.</summary>
    public async Task UntilStartedAsync()
    {
        using var http = new HttpClient();
        var started = Stopwatch.StartNew();
        while (!await AnswersAsync(http))
        {
            if (started.Elapsed > Patience)
                throw new InvalidOperationException("the server for the tests did not start");
            await Task.Delay(50);
        }
    }

    /// <summary>The number of its process.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Kills it, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        _process.Exited -= OnExited;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    // A server that dies by itself says so, and fails the tests that were using it, not all others.
    private async void OnExited(object? sender, EventArgs e)
    {
        Tell($"ended with {((Process)sender!).ExitCode}, and is started again");
        await StartAsync();
    }

    private void Tell(string? line)
    {
        if (line is { Length: > 0 })
            Console.Error.WriteLine($"the server for the tests at {Address.Authority}: {line}");
    }

    private async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync($"http://{Address.Authority}/");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not yet.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
