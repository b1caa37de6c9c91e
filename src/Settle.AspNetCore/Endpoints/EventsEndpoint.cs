using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Settle.Server;

/// <summary><c>/events</c>: the chain as server-sent events</summary>
internal static class EventsEndpoint
{
    private const int FlushBytes = 32 * 1024;

    // So long it takes at most to learn of a block that another server has shown.
    private static readonly TimeSpan AheadPatience = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.Read("/events", FollowAsync)
            .WithMetadata(new DisableRequestTimeoutAttribute())
            .Refuses(409)
            .Named("follow", "Follow the chain",
            "Server-sent events: every entry after a position, and then "
                + "each new one as it is settled. The event's name is the entry's type, its id is "
                + "the position; the header `Last-Event-ID` goes on after it, without gaps. A "
                + "position that the chain has not is 409 `position_ahead`. If a stream cannot go "
                + "on, its last event is `problem`, with a problem as its data.")
            .Knows(new QueryParameter("after", "string",
                "The position of the last entry seen (`42-7`), or a height: all of that block "
                + "was seen.", "0"))
            .GivesText("text/event-stream",
                "Events; the data of each is an entry with its place.");

    private static async Task<IResult> FollowAsync(LedgerCall call)
    {
        var (target, after, context) = (call.Ledger, After(call), call.Context);
        var options = SettleApi.Of(context);
        var lifetime = call.Service<IHostApplicationLifetime>();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await WriteAsync(context, target, after, options, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader left, or the server stops: the stream ends after a whole event.
            return TypedResults.Empty;
        }
        return TypedResults.Empty;
    }

    private static async Task WriteAsync(HttpContext context, ILedger ledger, EntryPosition after,
        SettleApi options, CancellationToken cancellation)
    {
        var output = context.Response.BodyWriter;
        var entries = ledger.FollowAsync(after, cancellation).GetAsyncEnumerator(cancellation);
        var next = entries.MoveNextAsync().AsTask();
        try
        {
            // A ledger that has stopped, or has no such position, fails before the stream begins.
            var info = await ledger.GetInfoAsync(cancellation).ConfigureAwait(false);
            if (after.Height > info.Height)
                await Task.WhenAny(next, Task.Delay(AheadPatience, options.Clock, cancellation))
                    .ConfigureAwait(false);
            if (next.IsFaulted) await next.ConfigureAwait(false);
            Write(output, ": settle\n\n"u8);
            await output.FlushAsync(cancellation).ConfigureAwait(false);
            while (true)
            {
                if (!next.IsCompleted)
                    await WaitAsync(output, next, options, cancellation).ConfigureAwait(false);
                if (next.IsFaulted && ProblemMaker.From(next.Exception!.InnerException!) is { } why)
                {
                    Write(output, why);
                    await output.FlushAsync(cancellation).ConfigureAwait(false);
                    return;
                }
                if (!await next.ConfigureAwait(false)) return;
                Write(output, entries.Current);
                next = entries.MoveNextAsync().AsTask();
                if (!next.IsCompleted || output.UnflushedBytes > FlushBytes)
                    await output.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            // An enumerator cannot be left while it moves.
            await next.ContinueWith(static _ => { }, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                    .ConfigureAwait(false);
            await entries.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the next entry and shows now and then that the stream lives.</summary>
    private static async Task WaitAsync(System.IO.Pipelines.PipeWriter output, Task next,
        SettleApi options,
        CancellationToken cancellation)
    {
        while (!next.IsCompleted)
        {
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var pause = Task.Delay(options.Heartbeat, options.Clock, timer.Token);
            if (await Task.WhenAny(next, pause).ConfigureAwait(false) == next)
            {
                await timer.CancelAsync().ConfigureAwait(false);
                return;
            }
            cancellation.ThrowIfCancellationRequested();
            Write(output, ": still here\n\n"u8);
            await output.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static void Write(IBufferWriter<byte> output, ChainEntry entry)
    {
        Write(output, Encoding.UTF8.GetBytes(
            $"id: {entry.Position}\nevent: {ChainEvent.TypeOf(entry.Body.Span)}\ndata: "));
        ChainEvent.Write(output, entry);
        Write(output, "\n\n"u8);
    }

    /// <summary>The last event of a stream that cannot go on.</summary>
    private static void Write(IBufferWriter<byte> output, Problem why)
    {
        Write(output, "event: problem\ndata: "u8);
        Write(output, JsonSerializer.SerializeToUtf8Bytes(why, WireJson.Compact.Problem));
        Write(output, "\n\n"u8);
    }

    private static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8) =>
        output.Write(utf8);

    /// <summary>
    /// The header counts more: a browser that connects again keeps the old address.
    /// </summary>
    private static EntryPosition After(LedgerCall call)
    {
        var header = call.Context.Request.Headers["Last-Event-ID"];
        if (header.Count > 0) return Position(header.ToString(), "Last-Event-ID");
        return call.Text("after") is { } text ? Position(text, "after") : default;
    }

    private static EntryPosition Position(string text, string field)
    {
        if (EntryPosition.TryParse(text, out var position)) return position;
        return text.Length > 0 && text.All(char.IsAsciiDigit)
            ? new EntryPosition(Parse.Integer(field, text, 0, long.MaxValue), int.MaxValue)
            : throw Parse.Fault(field, text,
                "is not a position or a height; write it as 42-7 or 42");
    }
}
