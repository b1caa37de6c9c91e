using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Settle.Server;

/// <summary>
/// Listens to this process's meters and writes what they measured for Prometheus.
/// </summary>
internal sealed class PrometheusMetrics : IDisposable
{
    private static readonly string[] Meters =
    [
        Telemetry.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting",
        "System.Runtime",
    ];

    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = [];
    private readonly MeterListener _listener = new();
    private readonly Lock _writing = new();

    public PrometheusMetrics(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Another server in this process has meters of its own.
            if (!Meters.Contains(instrument.Meter.Name)
                || (instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, meters)))
            {
                return;
            }
            listener.EnableMeasurementEvents(instrument,
                _families.GetOrAdd(instrument, MetricFamily.Of));
        };
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, family) =>
            Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, family) =>
            Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) =>
            Record(family, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) =>
            Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, family) =>
            Record(family, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) =>
            Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(
            (_, value, tags, family) => Record(family, (double)value, tags));
        _listener.Start();
    }

    public void Write(StringBuilder text)
    {
        lock (_writing)
        {
            foreach (var family in _families.Values) family.ForgetObserved();
            _listener.RecordObservableInstruments();
            foreach (var family in _families.Values.OrderBy(
                family => family.Name, StringComparer.Ordinal))
            {
                family.Write(text);
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(object? family, double value,
        ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);
}
