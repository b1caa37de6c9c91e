using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Logging;
using Settle.Tests.Style;

namespace Settle.Tests.Samples;

/// <summary>
/// Serves a sample's files, and the database from the same address, so that a browser may ask both.
/// </summary>
internal sealed class SampleSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly FileExtensionContentTypeProvider _types = new();
    private readonly string _folder;
    private readonly string _database;
    private readonly Uri _server;

    private SampleSite(string folder, Uri server, string database)
    {
        (_folder, _database) = (folder, database);
        _server = new Uri($"{server.Scheme}://{server.Authority}/");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Where npm put what the sample needs.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "samples/pouchdb");

    public static async Task<SampleSite> StartAsync(Uri server, string database)
    {
        var site = new SampleSite(Folder, server, database);
        await site._app.StartAsync();
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimStart('/');
        return path.StartsWith(_database, StringComparison.Ordinal)
            ? ForwardAsync(context) : SendFileAsync(context, path.Length == 0 ? "index.html" : path);
    }

    private async Task SendFileAsync(HttpContext context, string path)
    {
        var file = new FileInfo(Path.Combine(_folder, path));
        if (!file.Exists)
        {
            context.Response.StatusCode = 404;
            return;
        }
        _types.TryGetContentType(file.Name, out var type);
        context.Response.ContentType = type;
        await context.Response.SendFileAsync(file.FullName, context.RequestAborted);
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var address = new Uri(_server, context.Request.GetEncodedPathAndQuery());
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address);
        if (context.Request.Headers.Authorization.ToString() is { Length: > 0 } user)
            request.Headers.TryAddWithoutValidation("Authorization", user);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (context.Request.ContentLength is > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }
        try
        {
            using var answer = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort(); // The browser went away.
        }
    }
}
