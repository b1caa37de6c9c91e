using System.Globalization;
using System.Text.RegularExpressions;
using Settle.Tests.Style;

namespace Settle.Tests.Simulation;

/// <summary>A trace of a published algorithm, as docs/correctness.md shows it.</summary>
/// <param name="Protocol">What was simulated.</param>
/// <param name="Seed">The run.</param>
/// <param name="Lines">What the simulator printed.</param>
/// <param name="End">Which promise was broken, and how.</param>
internal sealed partial record PublishedTrace(
    string Protocol, ulong Seed, IReadOnlyList<string> Lines, string End)
{
    private const string Broken = "broken promise: ";

    /// <summary>Who did what, in their order.</summary>
    public IReadOnlyList<PublishedStep> Steps { get; } = [.. Lines.Select(ReadStep)];

    public static IReadOnlyList<PublishedTrace> All { get; } =
        [.. Read(File.ReadAllLines(Path.Combine(Repository.Root, "docs", "correctness.md")))];

    public static PublishedTrace Find(string protocol, string end) => All.Single(trace =>
        trace.Protocol == protocol && trace.End.StartsWith(end, StringComparison.Ordinal));

    private static IEnumerable<PublishedTrace> Read(string[] document)
    {
        for (var at = 0; at < document.Length; at++)
        {
            var command = Command().Match(document[at]);
            if (!command.Success) continue;
            var lines = document.Skip(at + 1).Select(line => line.Length > 4 ? line[4..] : "")
                .TakeWhile(line => !line.StartsWith(Broken, StringComparison.Ordinal)).ToList();
            yield return new PublishedTrace(command.Groups[1].Value,
                ulong.Parse(command.Groups[2].Value, CultureInfo.InvariantCulture), lines,
                document[at + 1 + lines.Count].Trim()[Broken.Length..]);
        }
    }

    private static PublishedStep ReadStep(string line)
    {
        var step = Step().Match(line);
        return step.Success ? new PublishedStep(step.Groups[1].Value, step.Groups[2].Value)
            : throw new FormatException($"this is no step of a trace: '{line}'");
    }

    [GeneratedRegex(
        @"^    settle simulate --protocol (posts-\S+) --seed (\d+) --schedules 1 --trace$")]
    private static partial Regex Command();

    [GeneratedRegex(@"^ *[\d.]+ ms  (\w+) +(.+)$")]
    private static partial Regex Step();
}
