using System.Net;
using System.Text;

namespace Settle.Tests.Sites;

/// <summary>Answers every request with what a test says, such as no site would say.</summary>
internal sealed class NonsenseServer : IAsyncDisposable
{
    private readonly CutProxy _free = new();
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    /// <param name="answer">Says what is answered: JSON.</param>
    public NonsenseServer(Func<HttpListenerRequest, string> answer)
    {
        // A port that was free a moment ago.
        Port = _free.Port;
        _free.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _answering = AnswerAsync(answer);
    }

    public int Port { get; }

    /// <summary>The problem that every request has instead; null for none.</summary>
    public string? Problem { get; init; }

    /// <summary>Tips and blocks that are none.</summary>
    public static NonsenseServer Of(string ledger) => new(request => IsTips(request)
        ? $$"""
            {"ledger":"{{ledger}}","site":"evil","items":[
            {"site":"../main","height":-5,"hash":""},
            {"site":"north","height":99,"hash":"00"}]}
            """
        : """{"items":[{"_id":"block:north:000000000001","height":1}],"next":"2"}""");

    /// <summary>Whether it is asked how far it is.</summary>
    public static bool IsTips(HttpListenerRequest request) =>
        request.RawUrl!.EndsWith("/tips", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _answering.ContinueWith(static _ => { }, TaskScheduler.Default);
        _listener.Close();
    }

    private async Task AnswerAsync(Func<HttpListenerRequest, string> answer)
    {
        while (_listener.IsListening)
        {
            var context = await _listener.GetContextAsync();
            context.Response.StatusCode = Problem is null ? 200 : 400;
            context.Response.ContentType =
                Problem is null ? "application/json" : "application/problem+json";
            await context.Response.OutputStream.WriteAsync(
                Encoding.UTF8.GetBytes(Problem ?? answer(context.Request)));
            context.Response.Close();
        }
    }
}
