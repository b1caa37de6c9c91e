using System.Diagnostics.Metrics;

namespace Settle.Server;

/// <summary>One metric with its series, one for each combination of labels.</summary>
internal sealed class MetricFamily
{
    private const int SeriesMax = 1000;
    private static readonly double[] DefaultBounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly string _type;
    private readonly string _help;
    private readonly bool _isSum;
    private readonly bool _isObserved;
    private readonly double[]? _bounds;

    private MetricFamily(Instrument instrument, string type, bool isSum, double[]? bounds)
    {
        (_type, _isSum, _bounds) = (type, isSum, bounds);
        _isObserved = instrument.IsObservable;
        _help = (instrument.Description ?? instrument.Name).Replace('\n', ' ');
        Name = NameOf(instrument) + (type == "counter" ? "_total" : "");
    }

    public string Name { get; }

    public static MetricFamily Of(Instrument instrument)
    {
        var kind = instrument.GetType();
        var definition = kind.IsGenericType ? kind.GetGenericTypeDefinition() : kind;
        if (definition == typeof(Histogram<>))
            return new MetricFamily(instrument, "histogram", true, BoundsOf(instrument));
        if (definition == typeof(Counter<>))
            return new MetricFamily(instrument, "counter", true, null);
        if (definition == typeof(ObservableCounter<>))
            return new MetricFamily(instrument, "counter", false, null);
        return new MetricFamily(instrument, "gauge", definition == typeof(UpDownCounter<>), null);
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        lock (_lock)
        {
            if (!_series.TryGetValue(labels, out var series))
            {
                // A label with no end of values must not fill the memory.
                if (_series.Count >= SeriesMax) return;
                _series.Add(labels, series = new MetricSeries(_bounds));
            }
            if (_isSum) series.Add(value);
            else series.Set(value);
        }
    }

    /// <summary>Forgets what is observed anew: a ledger may have been closed.</summary>
    public void ForgetObserved()
    {
        if (!_isObserved) return;
        lock (_lock) _series.Clear();
    }

    public void Write(StringBuilder text)
    {
        lock (_lock)
        {
            if (_series.Count == 0) return;
            text.Append("# HELP ").Append(Name).Append(' ').Append(_help).Append('\n');
            text.Append("# TYPE ").Append(Name).Append(' ').Append(_type).Append('\n');
            foreach (var (labels, series) in _series) series.Write(text, Name, labels);
        }
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<int> { Advice.HistogramBucketBoundaries: { Count: > 0 } bounds } =>
            [.. bounds.Select(bound => (double)bound)],
        Histogram<double> { Advice.HistogramBucketBoundaries: { Count: > 0 } bounds } =>
            [.. bounds],
        _ => DefaultBounds,
    };

    private static string NameOf(Instrument instrument)
    {
        var name = new StringBuilder(instrument.Name.Length + 8);
        foreach (var c in instrument.Name) name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return name.Append(instrument.Unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        }).ToString();
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            labels.Append(labels.Length == 0 ? "" : ",");
            foreach (var c in key) labels.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append("=\"").Append(text.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }
        return labels.ToString();
    }
}
