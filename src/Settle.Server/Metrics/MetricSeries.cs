namespace Settle.Server;

/// <summary>The values of one metric under one combination of labels.</summary>
internal sealed class MetricSeries(double[]? bounds)
{
    private readonly long[] _buckets = new long[bounds?.Length ?? 0];
    private double _value;
    private long _count;

    public void Set(double value) => _value = value;

    public void Add(double value)
    {
        _value += value;
        _count++;
        for (var i = 0; i < _buckets.Length; i++)
            if (value <= bounds![i]) _buckets[i]++;
    }

    public void Write(StringBuilder text, string name, string labels)
    {
        if (bounds is null)
        {
            Line(text, name, "", labels, _value);
            return;
        }
        var separator = labels.Length == 0 ? "" : ",";
        for (var i = 0; i < _buckets.Length; i++)
            Line(text, name, "_bucket", string.Create(CultureInfo.InvariantCulture,
                $"{labels}{separator}le=\"{bounds[i]}\""), _buckets[i]);
        Line(text, name, "_bucket", $"{labels}{separator}le=\"+Inf\"", _count);
        Line(text, name, "_sum", labels, _value);
        Line(text, name, "_count", labels, _count);
    }

    private static void Line(StringBuilder text, string name, string suffix, string labels,
        double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
