using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Style;

/// <summary>The rules of style that a machine can hold.</summary>
public sealed partial class StyleTests
{
    private const int ColumnsMax = 100;
    private const int MethodLinesMax = 70;
    private const int FileLinesMax = 400;

    /// <summary>
    /// What may break a rule for now, as <c>rule file</c>. This list may only get shorter.
    /// </summary>
    private static readonly string[] Exceptions = [];

    [Fact]
    public void Lines_of_the_product_have_100_columns_at_most() => AssertNone("columns", Product
        .SelectMany(source => source.Lines
            .Select((line, at) => (source.Name, Line: at + 1, line.TrimEnd('\r').Length))
            .Where(line => line.Length > ColumnsMax)
            .Select(line => (line.Name, line.Line))));

    [Fact]
    public void Methods_have_70_lines_at_most() => AssertNone("method", Everything
        .SelectMany(source => source.Methods.Where(method => method.Length > MethodLinesMax)
            .Select(method => (source.Name, method.Line))));

    [Fact]
    public void Files_have_400_lines_at_most() => AssertNone("length", Everything
        .Where(source => source.Lines.Length > FileLinesMax + 1)
        .Select(source => (source.Name, source.Lines.Length)));

    [Fact]
    public void A_file_holds_one_type_and_is_named_after_it() => AssertNone("type", Everything
        .Where(source => source.TopTypes.Count > 1 || source.TopTypes.Any(
            type => Path.GetFileName(source.Name).Split('.')[0] != type))
        .Select(source => (source.Name, 1)));

    [Fact]
    public void Nothing_is_left_to_be_done_later() => AssertNone("later", Everything
        .SelectMany(source => source.Lines.Select((line, at) => (source.Name, Line: at + 1, line))
            .Where(each => LaterPattern.IsMatch(each.line))
            .Select(each => (each.Name, each.Line))));

    /// <summary>Where nothing is left to do, a comment in the empty block says why.</summary>
    [Fact]
    public void No_exception_is_swallowed() => AssertNone("catch", Everything
        .SelectMany(source => EmptyCatchPattern.Matches(source.Code)
            .Where(match => !source.Text.Substring(match.Index, match.Length).Contains("//"))
            .Select(match => (source.Name, source.LineOf(match.Index)))));

    [Fact]
    public void The_product_takes_the_time_from_a_provider_and_never_sleeps() =>
        AssertNone("clock", Find(Product, ClockPattern));

    [Fact]
    public void A_file_says_what_it_is_for() => AssertNone("name", Everything
        .Where(source => VagueNamePattern.IsMatch(source.Name))
        .Select(source => (source.Name, 1)));

    private static IEnumerable<CSharpSource> Product => Repository.Sources("src");

    private static IEnumerable<CSharpSource> Everything =>
        Repository.Sources("src", "tests", "bench");

    private static IEnumerable<(string, int)> Find(IEnumerable<CSharpSource> sources, Regex pattern) =>
        sources.SelectMany(source => pattern.Matches(source.Code)
            .Select(match => (source.Name, source.LineOf(match.Index))));

    private static void AssertNone(string rule, IEnumerable<(string File, int Line)> found)
    {
        var faults = found.ToList();
        var excused = Exceptions.Where(entry => entry.StartsWith(rule + " ", StringComparison.Ordinal))
            .Select(entry => entry[(rule.Length + 1)..]).ToList();
        var unexcused = faults.Where(fault => !excused.Contains(fault.File))
            .Select(fault => $"{fault.File}:{fault.Line}").ToList();
        if (unexcused.Count > 0)
            Assert.Fail(string.Join('\n', unexcused));
        Assert.Empty(excused.Except(faults.Select(fault => fault.File)));
    }

    // Spelled so that this file does not find itself.
    [GeneratedRegex(@"\b(TOD[O]|FIXM[E]|HAC[K]|XX[X])\b")]
    private static partial Regex LaterPattern { get; }

    [GeneratedRegex(@"\bcatch\s*(\([^)]*\)\s*)?(when\s*\(.*?\)\s*)?\{\s*\}")]
    private static partial Regex EmptyCatchPattern { get; }

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(UtcNow|Now|Today)\b|\bThread\.Sleep\b")]
    private static partial Regex ClockPattern { get; }

    [GeneratedRegex(@"(Util|Utils|Utilities|Helper|Helpers|Manager|Misc)\.cs$")]
    private static partial Regex VagueNamePattern { get; }
}
