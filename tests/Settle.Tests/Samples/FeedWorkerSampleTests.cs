using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Samples;

/// <summary>The sample worker, killed and started again while a server settles.</summary>
public sealed class FeedWorkerSampleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_on_where_it_was_and_misses_nothing()
    {
        using var folder = new TemporaryDirectory();
        var output = folder.File("entries.txt");
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await PayAsync(ledger, 0);
        await using (var worker = Start(server, output))
        {
            await WaitForLinesAsync(output, 11);
            await PayAsync(ledger, 1);
            await WaitForLinesAsync(output, 15);
        }
        // As if a crash had cut a line off.
        await File.AppendAllTextAsync(output, "9-1 {\"type\":\"tra", Stop);
        await PayAsync(ledger, 2);
        await using (var worker = Start(server, output))
        {
            var lines = await WaitForLinesAsync(output, 31);
            Assert.Equal(31, lines.Select(line => line.Split(' ')[0]).Distinct().Count());
            for (var i = 0; i < 30; i++)
                Assert.Single(lines, line => line.Contains($"\"id\":\"t-{i}\"", StringComparison.Ordinal));
            Assert.Equal(0, await worker.EndAsync("TERM"));
        }
    }

    [Fact]
    public async Task A_hold_that_expires_is_written_once_however_often_the_worker_starts()
    {
        using var folder = new TemporaryDirectory();
        var output = folder.File("entries.txt");
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await PayAsync(ledger, 0);
        foreach (var id in (string[])["h-1", "h-2"])
        {
            await ledger.HoldAsync(new HoldRequest
            {
                Id = id, From = "Alex", To = "Shop", Amount = Minor(1), ExpiresIn = TimeSpan.FromSeconds(5),
            }, Stop);
        }
        // Late enough that no block comes after them. The first sees them expire; each later one begins at their position.
        await using (Start(server, output)) await WaitForLinesAsync(output, 15);
        await using (Start(server, output))
        {
            await PayAsync(ledger, 1);
            var lines = await WaitForLinesAsync(output, 25);
            foreach (var id in (string[])["h-1", "h-2"])
            {
                Assert.Single(lines, line => line.Contains("\"type\":\"expiry\"", StringComparison.Ordinal)
                    && line.Contains($"\"hold\":\"{id}\"", StringComparison.Ordinal));
            }
        }
    }

    private static SettleProcess Start(RunningServer server, string output) => SettleProcess.Of(
        SampleApp.Program("FeedWorker"), $"--Settle:Location={server.Http.BaseAddress}bank", $"--Output={output}");

    private static async Task PayAsync(HttpLedger ledger, int round)
    {
        for (var i = 0; i < 10; i++)
        {
            await ledger.TransferAsync(new TransferRequest
                { Id = $"t-{(round * 10) + i}", From = "@world", To = "Alex", Amount = Minor(1 )}, Stop);
        }
    }

    /// <summary>Waits for so many whole lines.</summary>
    private static async Task<string[]> WaitForLinesAsync(string path, int count)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
        {
            if (File.Exists(path))
            {
                using var reader = new StreamReader(new FileStream(
                    path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
                var text = await reader.ReadToEndAsync(Stop);
                var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
                if (lines.Length >= count) return lines;
            }
            await Task.Delay(10, Stop);
        }
        throw new TimeoutException($"{path} has fewer than {count} lines");
    }
}
