using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Settle.Http;

/// <summary>
/// Follows a chain over HTTP and connects again, without gaps, whenever the stream breaks.
/// </summary>
internal sealed class EventStream(HttpTransport transport, LedgerAddress address,
    HttpLedgerOptions options)
{
    private const int PausesMax = 6;
    private const string ProblemEvent = "problem";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The server shows every few seconds that it lives; after this long the stream is dead.
    /// </summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);
    private readonly HttpCall _call = new(HttpMethod.Get, address.Of("/events"));

    public async IAsyncEnumerable<ChainEntry> FollowAsync(EntryPosition after,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var failures = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var events = ReadOnceAsync(after, cancellation).GetAsyncEnumerator(cancellation);
            await using (events.ConfigureAwait(false))
            {
                while (await MoveAsync(events, cancellation).ConfigureAwait(false))
                {
                    (after, failures) = (events.Current.Position, 0);
                    yield return events.Current;
                }
            }
            var pause = FirstPause * (1 << int.Min(failures++, PausesMax));
            await Task.Delay(pause, options.Clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <exception cref="HttpAnswerException">It is not an entry of a chain.</exception>
    public static ChainEntry ReadEntry(ReadOnlySpan<byte> data)
    {
        try
        {
            return ChainEvent.Read(data);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw HttpReply.BadAnswer(e);
        }
    }

    /// <summary>False when the stream ended or broke; it can be opened again.</summary>
    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ChainEntry> events,
        CancellationToken cancellation)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or StoreUnavailableException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private async IAsyncEnumerable<ChainEntry> ReadOnceAsync(EntryPosition after,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(SilenceMax);
        using var response = await transport.OpenStreamAsync(_call, after.ToString(), silence.Token)
            .ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            using var reply = await HttpReply.ReadAsync(response, silence.Token)
                .ConfigureAwait(false);
            throw ProblemReader.IsTransient(reply)
                ? new StoreUnavailableException("the event stream is not available now")
                : ProblemReader.Read(reply, null, null);
        }
        var stream = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var watched = new WatchedStream(stream, () => silence.CancelAfter(SilenceMax));
            var parser = SseParser.Create(watched, static (type, data) =>
                type == ProblemEvent ? throw ProblemReader.ReadEvent(data) : ReadEntry(data));
            await foreach (var item in parser.EnumerateAsync(silence.Token).ConfigureAwait(false))
                yield return item.Data;
        }
    }
}
