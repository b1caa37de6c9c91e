using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Server;
using Settle.Tests.Settling;
using Xunit;

namespace Settle.Tests.Tracing;

/// <summary>What OpenTelemetry's own SDK measures of a ledger.</summary>
public sealed class MeterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listener_that_throws_stops_nobody()
    {
        var name = $"listened-to-{Guid.NewGuid():N}";
        var calls = 0;
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Settle") listener.EnableMeasurementEvents(instrument);
            },
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) => Throw(tags));
        meters.SetMeasurementEventCallback<int>((_, _, tags, _) => Throw(tags));
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => Throw(tags));
        meters.Start();
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Settle",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllData,
            ActivityStopped = span => Throw(span.TagObjects.ToArray()),
        };
        ActivitySource.AddActivityListener(spans);
        await using var store = new MemoryStore();
        await using var ledger = await OpenAsync(name, store);

        await ledger.TransferAsync("@world", "Alex", Money.Of(5, "USD"), "t-1", Stop);
        await ledger.TransferAsync("@world", "Alex", Money.Of(5, "USD"), "t-2", Stop);

        Assert.True(calls >= 6, $"{calls} calls");
        Assert.Equal(10m, (await ledger.ListBalancesAsync(cancellationToken: Stop))[1].Amount.Value);

        void Throw(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag.Value as string != name) continue;
                calls++;
                throw new InvalidOperationException("a bug of an exporter");
            }
        }
    }

    [Fact]
    public async Task Every_figure_of_a_ledger_is_seen_by_any_exporter()
    {
        var name = $"measured-{Guid.NewGuid():N}";
        var metrics = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Settle")
            .AddInMemoryExporter(metrics).Build();
        await using var store = new MemoryStore();
        await using var ledger = await OpenAsync(name, store);
        await using var behind = await OpenAsync(name + "-behind", store);
        await ledger.TransferAsync("@world", "Alex", Money.Of(5, "USD"), "t-1", Stop);
        await ledger.HoldAsync(
            new HoldRequest { Id = "h-1", From = "Alex", To = "shop", Amount = Minor(100 )}, Stop);
        await Assert.ThrowsAsync<InsufficientFundsException>(
            () => ledger.TransferAsync("Dave", "Alex", Money.Of(1, "USD"), "t-2", Stop));
        // It does not know of the three blocks, so it tries their height first.
        await behind.TransferAsync("@world", "Alex", Money.Of(1, "USD"), "t-3", Stop);

        provider.ForceFlush();
        Assert.Equal(0, Read("settle.queue.length"));
        Assert.Equal(1, Read("settle.holds.open"));
        Assert.Equal(3, Read("settle.height"));
        Assert.Equal(4, Read("settle.entries"));
        Assert.Equal(1, Read("settle.up"));
        Assert.Equal(0, Read("settle.blocks.foreign"));
        Assert.Equal(3, Read("settle.blocks.foreign", "-behind"));
        Assert.Equal(1, Read("settle.races.lost", "-behind"));
        Assert.Equal(0, Read("settle.races.lost"));
        Assert.Equal(1, Read("settle.decisions", "", ("settle.outcome", "insufficient_funds")));
        Assert.Equal(1, Read("settle.decisions", "", ("settle.entry.kind", "hold")));
        var size = Points("settle.block.entries").Single();
        Assert.Equal((3, 4.0), (size.GetHistogramCount(), size.GetHistogramSum()));
        Assert.Equal(3, Points("settle.block.write.duration").Single().GetHistogramCount());
        Assert.Equal("s", metrics.First(each => each.Name == "settle.block.write.duration").Unit);

        long Read(string metric, string suffix = "", params (string, string)[] tags)
        {
            var point = Points(metric, suffix).Single(point => tags.All(tag => TagOf(point, tag.Item1) == tag.Item2));
            return metrics.First(each => each.Name == metric).MetricType == MetricType.LongGauge
                ? point.GetGaugeLastValueLong() : point.GetSumLong();
        }

        List<MetricPoint> Points(string metric, string suffix = "")
        {
            var found = new List<MetricPoint>();
            foreach (ref readonly var point in metrics.First(each => each.Name == metric).GetMetricPoints())
                if (TagOf(point, "settle.ledger") == name + suffix) found.Add(point);
            return found;
        }
    }

    [Fact]
    public async Task Figures_and_spans_reach_a_collector_by_its_own_protocol()
    {
        await using var collector = await Collector.StartAsync();
        await using var server = await RunningServer.StartAsync();
        using (var meters = Sdk.CreateMeterProviderBuilder().AddMeter("Settle")
            .AddOtlpExporter(options => Send(options, "v1/metrics")).Build())
        using (var spans = Sdk.CreateTracerProviderBuilder().AddSource("Settle")
            .AddOtlpExporter(options => Send(options, "v1/traces")).Build())
        {
            await using var ledger = server.Client();
            await ledger.TransferAsync("@world", "Alex", Money.Of(1, "USD"), "t-1", Stop);
            Assert.True(meters.ForceFlush());
            Assert.True(spans.ForceFlush());
        }
        foreach (var name in new[]
            {
                "settle.queue.length", "settle.block.entries", "settle.block.write.duration",
                "settle.decisions", "settle.holds.open", "settle.blocks.foreign",
                "settle.client.batch.transfers", "POST transfers", "write block",
            })
            Assert.Contains(name, collector.Seen, StringComparison.Ordinal);

        void Send(OtlpExporterOptions options, string path)
        {
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.Endpoint = new Uri(collector.Address, path);
        }
    }

    [Fact]
    public async Task A_closed_ledger_is_not_measured_any_more()
    {
        var name = $"closed-{Guid.NewGuid():N}";
        var metrics = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Settle")
            .AddInMemoryExporter(metrics).Build();
        await using var store = new MemoryStore();
        await (await OpenAsync(name, store)).DisposeAsync();
        provider.ForceFlush();
        foreach (var metric in metrics)
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                Assert.NotEqual(name, TagOf(point, "settle.ledger"));
        }
    }

    [Fact]
    public async Task Ledgers_of_one_name_are_measured_as_one()
    {
        var name = $"twice-{Guid.NewGuid():N}";
        var metrics = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Settle")
            .AddInMemoryExporter(metrics).Build();
        await using var first = await OpenAsync(name, new MemoryStore());
        await using var second = await OpenAsync(name, new MemoryStore());
        await first.TransferAsync("@world", "Alex", Money.Of(1, "USD"), "t-1", Stop);
        await second.TransferAsync("@world", "Dave", Money.Of(1, "USD"), "t-1", Stop);
        await second.TransferAsync("@world", "Dave", Money.Of(1, "USD"), "t-2", Stop);

        provider.ForceFlush();
        // Each has the entry of its default asset besides.
        Assert.Equal(5, Read("settle.entries").GetSumLong());
        Assert.Equal(2, Read("settle.height").GetGaugeLastValueLong());
        Assert.Equal(1, Read("settle.up").GetGaugeLastValueLong());

        MetricPoint Read(string metric)
        {
            foreach (ref readonly var point in metrics.First(each => each.Name == metric).GetMetricPoints())
                if (TagOf(point, "settle.ledger") == name) return point;
            throw new KeyNotFoundException($"{metric} of {name} was not measured");
        }
    }

    // No timer rings for it, so that it hears of other writers' blocks only by losing to them.
    private static Task<LocalLedger> OpenAsync(string name, MemoryStore store) => LocalLedger.OpenAsync(
        name, store, null, new LedgerOptions { Clock = new StillClock() }, Stop);

    private static string? TagOf(in MetricPoint point, string key)
    {
        foreach (var tag in point.Tags)
            if (tag.Key == key) return tag.Value as string;
        return null;
    }
}
