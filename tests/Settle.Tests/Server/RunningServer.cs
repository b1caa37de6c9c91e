using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A real server on a free port, over real ledgers in a directory of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;

    private RunningServer(TemporaryDirectory directory, SettleServer server)
    {
        _directory = directory;
        Server = server;
        Http = new HttpClient { BaseAddress = server.Addresses[0] };
    }

    public SettleServer Server { get; }

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
            running = new RunningServer(place, await SettleServer.StartAsync(change?.Invoke(options) ?? options));
            await running.Server.Ready;
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
        await Server.DisposeAsync();
        _directory.Dispose();
    }

    private static ByteArrayContent Json(string json)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}
