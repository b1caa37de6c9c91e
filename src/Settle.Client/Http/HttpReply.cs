using System.Buffers;
using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace Settle.Http;

/// <summary>An answer, whole, in a pooled array. Dispose gives the array back.</summary>
internal sealed class HttpReply : IDisposable
{
    private const int BytesAtFirst = 4096;

    // No answer of a server is as large; what is, is none, and may never end.
    private const int BytesMax = 256 * 1024 * 1024;
    private byte[] _bytes;
    private int _length;

    private HttpReply(HttpResponseMessage response)
    {
        Status = response.StatusCode;
        RetryAfter = response.Headers.RetryAfter?.Delta;
        IsProblem = response.Content.Headers.ContentType?.MediaType == "application/problem+json";
        _bytes = ArrayPool<byte>.Shared.Rent(
            (int)long.Clamp((response.Content.Headers.ContentLength ?? 0) + 1, BytesAtFirst,
            1 << 24));
    }

    public HttpStatusCode Status { get; }

    public TimeSpan? RetryAfter { get; }

    public bool IsProblem { get; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public ReadOnlySpan<byte> Body => _bytes.AsSpan(0, _length);

    public static async Task<HttpReply> ReadAsync(HttpResponseMessage response,
        CancellationToken cancellation)
    {
        var reply = new HttpReply(response);
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellation)
                .ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                while (true)
                {
                    var read =
                        await stream.ReadAsync(reply._bytes.AsMemory(reply._length), cancellation)
                        .ConfigureAwait(false);
                    if (read == 0) return reply;
                    reply._length += read;
                    if (reply._length == reply._bytes.Length) reply.Grow();
                }
            }
        }
        catch
        {
            reply.Dispose();
            throw;
        }
    }

    /// <exception cref="HttpAnswerException">It is not that.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw BadAnswer(null);
        }
        catch (JsonException e)
        {
            throw BadAnswer(e);
        }
    }

    /// <summary>The same where amounts may be; see <see cref="AnswerReader"/>.</summary>
    /// <exception cref="HttpAnswerException">It is not that.</exception>
    public (T Answer, bool IsComplete) ReadAmounts<T>(JsonTypeInfo<T> type, LedgerInfo? info)
    {
        try
        {
            var (answer, isComplete) = AnswerReader.Read(Body, type, info);
            return (answer ?? throw BadAnswer(null), isComplete);
        }
        catch (JsonException e)
        {
            throw BadAnswer(e);
        }
    }

    public static HttpAnswerException BadAnswer(Exception? inner) =>
        new("bad_answer", "the answer is not one of a Settle server's; is the address right?",
            inner);

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    private void Grow()
    {
        if (_length >= BytesMax) throw BadAnswer(null);
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        Body.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
