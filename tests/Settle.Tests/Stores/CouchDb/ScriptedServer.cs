using System.Net;
using System.Text;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>Answers as a test says: for what the real server cannot be brought to say.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private const string Database = """{"db_name":"bank"}""";

    private readonly HttpListener _listener;
    private readonly Task _serving;

    public ScriptedServer()
    {
        // A port cannot be asked for here, so try until one is free.
        for (var port = 20_000 + Random.Shared.Next(20_000); ; port++)
        {
            Location = $"couchdb://me:secret@127.0.0.1:{port}/bank";
            // One that could not start is of no use any more.
            _listener = new HttpListener();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException)
            {
                continue; // Taken.
            }
        }
        _serving = ServeAsync();
    }

    public string Location { get; }

    /// <summary>What a method is answered: status and body.</summary>
    public Func<HttpListenerRequest, (int Status, string Body)> Answer { get; set; } =
        _ => (200, Database);

    /// <summary>The same for who needs the request's body, or time.</summary>
    public Func<HttpListenerRequest, string, Task<(int Status, string Body)>>? AnswerAsync
    {
        get;
        set;
    }

    /// <summary>Answers writes so, and everything else as an empty database would.</summary>
    public void AnswerWrites(int status, string body) => Answer = request =>
        request.HttpMethod == "PUT" ? (status, body)
            : request.Url!.Segments.Length > 2
                ? (404, """{"error":"not_found","reason":"missing"}""")
                : (200, Database);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // Closed.
            }
            _ = AnswerAsync is null ? GiveAsync(context) : Task.Run(() => GiveAsync(context));
        }
    }

    private async Task GiveAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var sent = await reader.ReadToEndAsync();
            var (status, body) = AnswerAsync is { } answer
                ? await answer(context.Request, sent) : Answer(context.Request);
            context.Response.StatusCode = status;
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException
            or IOException)
        {
            return; // The client or the test is gone.
        }
    }
}
