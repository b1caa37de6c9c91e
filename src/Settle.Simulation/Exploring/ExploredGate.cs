using System.Net;

namespace Settle.Simulation;

/// <summary>
/// One process's way to an explored cluster: takes the place of the network below the product's
/// HTTP client.
/// </summary>
internal sealed class ExploredGate(ExploredCluster cluster, Writer owner) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellation)
    {
        var body = request.Content is null ? null
            : await request.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        var asked = cluster.Ask(owner, request.RequestUri!.OriginalString, body);
        using var gaveUp = cancellation.Register(() => asked.GiveUp(cancellation));
        var (status, text) = await asked.Answer.ConfigureAwait(false);
        return new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)),
        };
    }
}
