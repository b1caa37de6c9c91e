using System.Net;
using System.Text;

namespace Settle.Tests.Sites;

/// <summary>Answers every request with what no site would say.</summary>
internal sealed class NonsenseServer : IAsyncDisposable
{
    private readonly CutProxy _free = new();
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    public NonsenseServer(string ledger)
    {
        // A port that was free a moment ago.
        Port = _free.Port;
        _free.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _answering = AnswerAsync(ledger);
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering.ContinueWith(static _ => { }, TaskScheduler.Default);
        _listener.Close();
    }

    private async Task AnswerAsync(string ledger)
    {
        while (_listener.IsListening)
        {
            var context = await _listener.GetContextAsync();
            var isTips = context.Request.RawUrl!.EndsWith("/tips", StringComparison.Ordinal);
            var text = isTips
                ? $$"""
                    {"ledger":"{{ledger}}","site":"evil","items":[
                    {"site":"../main","height":-5,"hash":""},
                    {"site":"north","height":99,"hash":"00"}]}
                    """
                : """{"items":[{"_id":"block:north:000000000001","height":1}],"next":"2"}""";
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            context.Response.Close();
        }
    }
}
