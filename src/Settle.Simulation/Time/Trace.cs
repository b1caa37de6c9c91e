namespace Settle.Simulation;

/// <summary>What happened, a line a step; kept only when somebody wants to read it.</summary>
internal sealed class Trace
{
    private readonly List<string> _lines = [];

    public bool IsKept { get; set; }

    public IReadOnlyList<string> Lines => _lines;

    public void Add(long time, string who, string what) => _lines.Add(string.Create(
        CultureInfo.InvariantCulture, $"{time / 1000.0,9:0.000} ms  {who,-8} {what}"));
}
