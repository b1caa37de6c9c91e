using System.Text.Json;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary><c>settle bench</c>, with a server in a process of its own.</summary>
public sealed class BenchCommandTests
{
    [Fact]
    public async Task A_benchmark_writes_its_figures_and_nothing_else()
    {
        await using var bench = new SettleProcess(
            "bench", "http-batches-1000", "--transfers", "4000", "--json");

        Assert.Equal(0, await bench.EndAsync());

        Assert.Equal("", bench.Errors);
        using var figures = JsonDocument.Parse(bench.Output);
        Assert.NotEqual(0, figures.RootElement.GetArrayLength());
    }
}
