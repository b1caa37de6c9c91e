using System.Collections.Specialized;
using System.Text;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Settle.Tests;

/// <summary>Answers as a test says: for what a real server cannot be brought to say.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private const string Database = """{"db_name":"bank"}""";

    private readonly WebApplication _app;

    public ScriptedServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Whoever still waits for an answer when the test ends is cut off.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(GiveAsync);
        _app.StartAsync().GetAwaiter().GetResult();
    }

    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>A database of CouchDB's here.</summary>
    public string Location => $"couchdb://me:secret@127.0.0.1:{Port}/bank";

    /// <summary>What a request is answered: status and body.</summary>
    public Func<Asked, (int Status, string Body)> Answer { get; set; } = _ => (200, Database);

    /// <summary>The same for answers that take their time.</summary>
    public Func<Asked, Task<(int Status, string Body)>>? AnswerAsync { get; set; }

    /// <summary>Answers writes so, and everything else as an empty database would.</summary>
    public void AnswerWrites(int status, string body) => Answer = asked =>
        asked.Method == "PUT" ? (status, body)
            : asked.Path.Count('/') > 1 ? (404, """{"error":"not_found","reason":"missing"}""")
            : (200, Database);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task GiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var asked = new Asked(context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            await reader.ReadToEndAsync(context.RequestAborted));
        var (status, body) = AnswerAsync is { } answer
            ? await answer(asked).WaitAsync(context.RequestAborted) : Answer(asked);
        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>What somebody wants of the server.</summary>
    /// <param name="Method">Such as <c>GET</c>.</param>
    /// <param name="Target">Path and query, as they were sent.</param>
    /// <param name="Body">Empty for none.</param>
    public sealed record Asked(string Method, string Target, string Body)
    {
        public string Path => Target.Split('?')[0];

        public NameValueCollection Query =>
            HttpUtility.ParseQueryString(Target.Split('?', 2) is [_, var query] ? query : "");
    }
}
