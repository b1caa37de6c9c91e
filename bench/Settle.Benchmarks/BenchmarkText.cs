using System.Globalization;
using System.Text;

namespace Settle.Benchmarks;

/// <summary>A measurement as a line of text.</summary>
public static class BenchmarkText
{
    /// <summary>One line, its figures in columns.</summary>
    public static string Line(Measurement result)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{result.Workload,-26} {result.PerSecond,12:N0}/s  ");
        line.Append(CultureInfo.InvariantCulture, $"{result.Transfers,11:N0} transfers, batch {result.Batch}");
        line.Append(CultureInfo.InvariantCulture, $", {result.InFlight} in flight");
        if (result.TimesByHand is { } times) line.Append(CultureInfo.InvariantCulture, $", {times:N1} x by hand");
        if (result.ShareOfLimit is { } share) line.Append(CultureInfo.InvariantCulture, $", {share:P0} of the limit");
        if (result.Note.Length > 0) line.Append("; ").Append(result.Note);
        return line.ToString();
    }
}
