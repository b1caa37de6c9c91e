using System.Buffers;

namespace Settle.Server;

/// <summary>A request's body in one pooled array. Dispose gives the array back.</summary>
internal sealed class RequestBody : IDisposable
{
    public const string Xml = "application/xml";

    private const string Json = "application/json";

    /// <summary>A body this many times too large is not even read.</summary>
    public const int ReadFactor = 4;

    private const int BytesAtFirst = 4096;
    private const int ExpectedBytesMax = 1 << 20;
    private byte[] _bytes;
    private int _length;

    private RequestBody(byte[] bytes) => _bytes = bytes;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Reads a body of JSON to its end.</summary>
    /// <exception cref="RequestRefusedException">
    /// It is not called application/json, or is larger than the server takes.
    /// </exception>
    public static ValueTask<RequestBody> ReadAsync(HttpContext context) =>
        ReadAsync(context, Json);

    /// <summary>Reads a body of XML to its end.</summary>
    /// <exception cref="RequestRefusedException">
    /// It is not called application/xml, or is larger than the server takes.
    /// </exception>
    public static ValueTask<RequestBody> ReadXmlAsync(HttpContext context) =>
        ReadAsync(context, Xml);

    private static async ValueTask<RequestBody> ReadAsync(HttpContext context, string wanted)
    {
        var bytesMax = SettleApi.Of(context).BodyBytesMax;
        var request = context.Request;
        CheckMediaType(request.ContentType, wanted);
        var expected = (int)long.Min(request.ContentLength ?? 0, ExpectedBytesMax);
        var body =
            new RequestBody(ArrayPool<byte>.Shared.Rent(int.Max(expected + 1, BytesAtFirst)));
        try
        {
            var total = 0L;
            while (true)
            {
                var read = await ReadSomeAsync(request, body._bytes.AsMemory(body._length))
                    .ConfigureAwait(false);
                if (read == 0) break;
                (total, body._length) = (total + read, body._length + read);
                // What is too large is read to its end all the same, so that the sender gets to the
                // answer.
                if (total > bytesMax) body._length = 0;
                else if (body._length == body._bytes.Length) body.Grow();
            }
            return total <= bytesMax ? body : throw new RequestRefusedException("too_large",
                $"the body is larger than {bytesMax} bytes; send less at once");
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

    private static async ValueTask<int> ReadSomeAsync(HttpRequest request, Memory<byte> bytes)
    {
        try
        {
            return await request.Body.ReadAsync(bytes, request.HttpContext.RequestAborted)
                .ConfigureAwait(false);
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            // A chunk whose length no number can hold.
            throw new BadHttpRequestException(e.Message, StatusCodes.Status400BadRequest, e);
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    /// <summary>A web page elsewhere can send forms and plain text unasked, but not this.</summary>
    private static void CheckMediaType(string? type, string wanted)
    {
        var media = type.AsSpan();
        var end = media.IndexOf(';');
        var parameters = end < 0 ? default : media[(end + 1)..].Trim();
        if (end >= 0) media = media[..end];
        var what = wanted == Json ? "JSON" : "XML";
        if (!media.Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase))
            throw new RequestRefusedException("unsupported_media_type",
            $"send {what}, with the header Content-Type: {wanted}");
        if (!parameters.IsEmpty
            && !parameters.Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase)
            && !parameters.Equals("charset=\"utf-8\"", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestRefusedException("unsupported_media_type",
                $"send {what} in UTF-8; no other charset is known");
        }
    }
}
