using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Settle.Server;

/// <summary>A request's body in one pooled array. Dispose gives the array back.</summary>
internal sealed class RequestBody : IDisposable
{
    public const string Xml = "application/xml";

    private const string Json = "application/json";

    /// <summary>A file of any kind; a page elsewhere cannot send one unasked.</summary>
    public const string Bytes = "application/octet-stream";

    /// <summary>A body this many times too large is not even read.</summary>
    public const int ReadFactor = 4;

    private const int BytesAtFirst = 4096;
    private const int ExpectedBytesMax = 1 << 20;
    private readonly BodyBudget _budget;
    private byte[] _bytes = [];
    private byte[]? _passing;
    private int _length;
    private HttpProblemException? _refusal;

    private RequestBody(BodyBudget budget) => _budget = budget;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <summary>Reads it as a stream, until it is disposed of.</summary>
    public MemoryStream Open() => new(_bytes, 0, _length, writable: false);

    /// <summary>Reads a body of JSON to its end.</summary>
    /// <exception cref="HttpProblemException">
    /// It is of another type than application/json, it is larger than the server takes, or all that
    /// are being read are too large together.
    /// </exception>
    public static ValueTask<RequestBody> ReadAsync(HttpContext context) =>
        ReadAsync(context, [Json], "JSON");

    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="HttpProblemException">
    /// It has none of the types, or is larger than the server takes.
    /// </exception>
    public static ValueTask<RequestBody> ReadFileAsync(
        HttpContext context, IReadOnlyList<string> types) => ReadAsync(context, types, "the file");

    private static async ValueTask<RequestBody> ReadAsync(
        HttpContext context, IReadOnlyList<string> wanted, string what)
    {
        var api = SettleApi.Of(context);
        var bytesMax = api.BodyBytesMax;
        var request = context.Request;
        if (!IsAbsent(request)) CheckMediaType(request.ContentType, wanted, what);
        var expected = (int)long.Min(request.ContentLength ?? 0, ExpectedBytesMax);
        var body = new RequestBody(api.Bodies);
        try
        {
            body.Grow(int.Max(expected + 1, BytesAtFirst));
            for (var total = 0L; ;)
            {
                var read = await ReadSomeAsync(request, body.Room).ConfigureAwait(false);
                if (read == 0) return body._refusal is { } refusal ? throw refusal : body;
                total += read;
                if (total <= bytesMax) body.Keep(read);
                else body.Drop("too_large",
                    $"the body is larger than {bytesMax} bytes; send less at once");
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose() => Exchange([]);

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

    // What is refused is read to its end all the same, so that the sender gets to the answer.
    private Memory<byte> Room => _refusal is null ? _bytes.AsMemory(_length)
        : _passing ??= new byte[BytesAtFirst];

    private void Keep(int read)
    {
        if (_refusal is not null) return;
        _length += read;
        if (_length == _bytes.Length) Grow(_length * 2);
    }

    private void Drop(string code, string why)
    {
        _refusal ??= new HttpProblemException(code, why);
        _length = 0;
        Exchange([]);
    }

    private void Grow(int bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes);
        if (_budget.TryTake(larger.Length))
        {
            Span.CopyTo(larger);
            Exchange(larger);
            return;
        }
        ArrayPool<byte>.Shared.Return(larger);
        Drop("busy", "other requests' bodies fill the memory that there is for bodies; nothing was "
            + "decided; send it again in a moment");
    }

    private void Exchange(byte[] bytes)
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _budget.Give(_bytes.Length);
        }
        _bytes = bytes;
    }

    /// <summary>
    /// Whether nothing was sent, which needs no type. Pages elsewhere can send nothing unasked,
    /// too, but their browsers then send Origin.
    /// </summary>
    private static bool IsAbsent(HttpRequest request) =>
        request.ContentType is null && request.Headers.Origin.Count == 0
        && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()
            is { CanHaveBody: false };

    /// <summary>A web page elsewhere can send forms and plain text unasked, but not this.</summary>
    private static void CheckMediaType(string? type, IReadOnlyList<string> wanted, string what)
    {
        var media = type.AsSpan();
        var end = media.IndexOf(';');
        var parameters = end < 0 ? default : media[(end + 1)..].Trim();
        if (end >= 0) media = media[..end];
        var name = media.Trim().ToString();
        if (!wanted.Contains(name, StringComparer.OrdinalIgnoreCase))
            throw new HttpProblemException("unsupported_media_type",
                $"send {what}, with the header Content-Type: {string.Join(" or ", wanted)}");
        if (!parameters.IsEmpty
            && !parameters.Equals("charset=utf-8", StringComparison.OrdinalIgnoreCase)
            && !parameters.Equals("charset=\"utf-8\"", StringComparison.OrdinalIgnoreCase))
        {
            throw new HttpProblemException("unsupported_media_type", wanted.Count == 1
                ? $"send {what} in UTF-8; no other charset is known"
                : "leave charset out: a file says itself what it is in");
        }
    }
}
