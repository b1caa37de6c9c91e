using System.Buffers;

namespace Settle.Server;

/// <summary>A request's body in one pooled array. Dispose gives the array back.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int BytesAtFirst = 4096;
    private byte[] _bytes;
    private int _length;

    private RequestBody(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Reads a body of JSON to its end.</summary>
    /// <exception cref="RequestRefusedException">It is not called application/json.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        CheckMediaType(request.ContentType);
        var expected = (int)long.Min(request.ContentLength ?? 0, 1 << 20);
        var body = new RequestBody(ArrayPool<byte>.Shared.Rent(int.Max(expected + 1, BytesAtFirst)));
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(body._bytes.AsMemory(body._length),
                    context.RequestAborted).ConfigureAwait(false);
                if (read == 0) return body;
                body._length += read;
                if (body._length == body._bytes.Length) body.Grow();
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    /// <summary>A web page elsewhere can send forms and plain text unasked, but not this.</summary>
    private static void CheckMediaType(string? type)
    {
        var media = type.AsSpan();
        var end = media.IndexOf(';');
        var parameters = end < 0 ? default : media[(end + 1)..].Trim();
        if (end >= 0) media = media[..end];
        if (!media.Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
            throw new RequestRefusedException("unsupported_media_type", "send JSON, with the header Content-Type: application/json");
        if (!parameters.IsEmpty && !parameters.Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase)
            && !parameters.Equals("charset=\"utf-8\"", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestRefusedException("unsupported_media_type", "send JSON in UTF-8; no other charset is known");
        }
    }
}
