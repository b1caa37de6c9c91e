using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Settle.Server;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A real server on a free port, over real ledgers in a directory of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;
    private readonly IAsyncDisposable _running;

    private RunningServer(TemporaryDirectory directory, IAsyncDisposable running, Uri address)
    {
        _directory = directory;
        _running = running;
        // Tests say themselves which cookies they send.
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };
    }

    /// <summary>The server in this process. A test that looks into it is not for the native program.</summary>
    public SettleServer Server
    {
        get
        {
            Assert.SkipUnless(_running is SettleServer, "the native program runs in a process of its own");
            return (SettleServer)_running;
        }
    }

    public HttpClient Http { get; }

    public string Directory => _directory.Path;

    public static async Task<RunningServer> StartAsync(Func<ServeOptions, ServeOptions>? change = null,
        string? directory = null)
    {
        var place = new TemporaryDirectory();
        var options = new ServeOptions
        {
            Ledgers = [Path.Combine(directory ?? place.Path, "bank.db")],
            Listen = "127.0.0.1:0",
        };
        RunningServer? running = null;
        try
        {
            if (SettleProcess.Binary is not null && change is null)
            {
                var process = SettleProcess.Redirected("2>/dev/null", "serve", "-l", options.Ledgers[0], "--listen", options.Listen);
                var line = await process.WaitForLineAsync("Serving ");
                running = new RunningServer(place, process, new Uri(line[(line.LastIndexOf(' ') + 1)..]));
                while (!(await running.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken))
                    .IsSuccessStatusCode)
                    await Task.Delay(20, TestContext.Current.CancellationToken);
                return running;
            }
            var server = await SettleServer.StartAsync(change?.Invoke(options) ?? options);
            running = new RunningServer(place, server, server.Addresses[0]);
            await server.Ready;
            return running;
        }
        catch
        {
            if (running is null) place.Dispose();
            else await running.DisposeAsync();
            throw;
        }
    }

    public HttpLedger Client(HttpLedgerOptions? options = null) =>
        HttpLedger.Open($"{Http.BaseAddress}bank", options);

    public Task<HttpResponseMessage> PostAsync(string address, string json) =>
        Http.PostAsync(address, Json(json), TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PutAsync(string address, string json) =>
        Http.PutAsync(address, Json(json), TestContext.Current.CancellationToken);

    public async Task<JsonElement> GetAsync(string address) =>
        await Http.GetFromJsonAsync<JsonElement>(address, TestContext.Current.CancellationToken);

    public static async Task<JsonElement> BodyAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _running.DisposeAsync();
        _directory.Dispose();
    }

    private static ByteArrayContent Json(string json)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
