using System.Net;
using System.Net.Http.Headers;

namespace Settle.Http;

/// <summary>The body of a request, which notes that it began to leave this machine.</summary>
internal sealed class TrackedContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpCall _call;

    public TrackedContent(HttpCall call)
    {
        _call = call;
        Headers.ContentType = Json;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context,
        CancellationToken cancellationToken)
    {
        _call.MayBeDecided = true;
        await stream.WriteAsync(_call.Body, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _call.Body.Length;
        return true;
    }
}
