using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Local;
using Settle.Tests.Server;
using Settle.Tests.Settling;
using Xunit;

namespace Settle.Tests.Tracing;

/// <summary>What OpenTelemetry's own SDK sees of a transfer.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly ActivitySource _caller = new($"caller-{Guid.NewGuid():N}");
    private readonly Ended _ended = new();
    private readonly TracerProvider _provider;

    private static Comparer<ActivityTraceId> ById { get; } = Comparer<ActivityTraceId>.Create(
        (a, b) => string.CompareOrdinal(a.ToHexString(), b.ToHexString()));

    public TraceTests() => _provider = Sdk.CreateTracerProviderBuilder()
        .AddSource(_caller.Name, "Settle", "System.Net.Http", "Microsoft.AspNetCore")
        .AddProcessor(_ended)
        .Build();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_trace_goes_from_the_caller_through_client_and_server_to_the_store()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        ActivityTraceId trace;
        using (var root = _caller.StartActivity("pay")!)
        {
            trace = root.TraceId;
            await ledger.TransferAsync(
                new TransferRequest { Id = "t-1", From = "@world", To = "Alex", Amount = Minor(1 )}, Stop);
        }
        var write = await FindAsync(trace, "write block");
        Assert.Equal("bank", write.GetTagItem("settle.ledger"));
        Assert.Equal("created", write.GetTagItem("settle.block.outcome"));
        var way = new List<string>();
        for (var at = write; at is not null; at = Known().Find(span => span.SpanId == at.ParentSpanId))
            way.Add($"{at.Source.Name.Split('-')[0]}: {at.DisplayName}");
        Assert.Equal(
            [
                "Settle: write block",
                "Microsoft.AspNetCore: Microsoft.AspNetCore.Hosting.HttpRequestIn",
                "System.Net.Http: POST",
                "Settle: POST transfers",
                "caller: pay",
            ], way);
    }

    [Fact]
    public async Task Callers_who_share_a_block_are_linked_to_its_write()
    {
        var store = new LateAnswerStore(new MemoryStore());
        await using var ledger = await MemoryLedger.OpenAsync(store);
        var first = TransferAsync(ledger, "first");
        await store.Created;
        // One may be decided already while the first is on its way; the rest is in one block then.
        var waiting = Enumerable.Range(0, 8).Select(at => TransferAsync(ledger, $"t-{at}")).ToList();
        store.Gate.SetResult();
        var traces = await Task.WhenAll([first, .. waiting]);
        foreach (var trace in traces.Where(trace => !IsLinked(trace))) await FindAsync(trace, "write block");
        var writes = Known().Where(span => span.DisplayName == "write block"
            && (traces.Contains(span.TraceId) || span.Links.Any(link => traces.Contains(link.Context.TraceId))))
            .ToList();
        Assert.InRange(writes.Count, 2, 3);
        Assert.Equal(traces.Order(ById), writes.SelectMany(write =>
            write.Links.Select(link => link.Context.TraceId).Append(write.TraceId)).Order(ById));
    }

    [Fact]
    public async Task Who_opens_a_ledger_in_a_trace_does_not_get_the_writes_of_others_into_it()
    {
        ActivityTraceId opening;
        LocalLedger ledger;
        using (var root = _caller.StartActivity("open")!)
        {
            opening = root.TraceId;
            ledger = await MemoryLedger.OpenAsync();
        }
        await using (ledger)
            await FindAsync(await TransferAsync(ledger, "later"), "write block");
        Assert.DoesNotContain(Known(), span =>
            span.TraceId == opening && span.DisplayName == "write block");
    }

    public void Dispose()
    {
        _provider.Dispose();
        _caller.Dispose();
    }

    private async Task<ActivityTraceId> TransferAsync(LocalLedger ledger, string id)
    {
        using var span = _caller.StartActivity(id)!;
        await ledger.TransferAsync(
            new TransferRequest { Id = id, From = "@world", To = "Alex", Amount = Minor(1 )}, Stop);
        return span.TraceId;
    }

    private bool IsLinked(ActivityTraceId trace) => Known().Exists(span =>
        span.DisplayName == "write block" && span.Links.Any(link => link.Context.TraceId == trace));

    private List<Activity> Known() => [.. _ended.Spans];

    /// <summary>A span that has ended, or will a moment after its answer.</summary>
    private async Task<Activity> FindAsync(ActivityTraceId trace, string name)
    {
        while (true)
        {
            if (Known().Find(span => span.TraceId == trace && span.DisplayName == name) is { } found)
                return found;
            await Task.Yield();
            Stop.ThrowIfCancellationRequested();
        }
    }

    private sealed class Ended : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Spans { get; } = [];

        public override void OnEnd(Activity data) => Spans.Enqueue(data);
    }
}
