using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Settle.Tests.Fuzz;

/// <summary>
/// Every reader of outside bytes gets mutated input, guided by the code it reaches: it reads it, or
/// refuses it with the exception that it documents, and its work is bounded.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int InputsForEach = 500;

    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory.Replace("Settle.Tests", "Settle.Fuzz", StringComparison.Ordinal),
        "Settle.Fuzz.dll");

    [Fact]
    public async Task No_reader_breaks_on_mutated_input_from_a_fresh_seed()
    {
        var seed = Random.Shared.Next().ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(new ProcessStartInfo("dotnet",
        [
            Program, "--seed", seed, "--runs", InputsForEach.ToString(CultureInfo.InvariantCulture),
        ])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        output.WriteLine(said);
        Assert.True(process.ExitCode == 0, said);
        Assert.Contains("couch-listing", said, StringComparison.Ordinal);
    }
}
