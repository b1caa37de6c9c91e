using System.Text;
using Settle.Tests.Crash;
using Xunit;

namespace Settle.Tests.Server;

public sealed class HealthTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_not_ready_any_more_when_a_ledger_stops()
    {
        using var chain = new ChainFile();
        using var log = new ListLog();
        await using var server = await RunningServer.StartAsync(options => options with
        {
            Ledgers = [chain.Path, Path.Combine(Path.GetDirectoryName(chain.Path)!, "sound.db")],
            Log = log,
        });
        using (var ready = await server.Http.GetAsync("/health/ready", Stop))
            Assert.Equal(200, (int)ready.StatusCode);

        chain.Put(ChainFile.Id(chain.Height + 1), Encoding.UTF8.GetBytes("{\"no\":\"block\"}"));
        var problem = await WaitForProblemAsync(server);

        Assert.Equal("store_corrupt", problem.GetProperty("code").GetString());
        var detail = problem.GetProperty("detail").GetString();
        Assert.Contains("'bank'", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("'sound'", detail, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.StartsWith("Error: ", StringComparison.Ordinal)
            && line.Contains("'bank'", StringComparison.Ordinal));
        Assert.Contains("settle_ready 0\n", await server.Http.GetStringAsync("/metrics", Stop),
            StringComparison.Ordinal);
        using var live = await server.Http.GetAsync("/health/live", Stop);
        Assert.Equal(200, (int)live.StatusCode);
        await AssertOnlyTheSoundOneSettlesAsync(server);
    }

    private static async Task<System.Text.Json.JsonElement> WaitForProblemAsync(
        RunningServer server)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using var response = await server.Http.GetAsync("/health/ready", patience.Token);
            if ((int)response.StatusCode == 503) return await RunningServer.BodyAsync(response);
            await Task.Delay(10, patience.Token);
        }
    }

    private static async Task AssertOnlyTheSoundOneSettlesAsync(RunningServer server)
    {
        const string Transfer = """{"id":"t-new","from":"@world","to":"Alex","amount":1}""";
        using var sound = await server.PostAsync("/v1/ledgers/sound/transfers", Transfer);
        Assert.Equal(201, (int)sound.StatusCode);
        using var stopped = await server.PostAsync("/v1/ledgers/bank/transfers", Transfer);
        Assert.Equal(503, (int)stopped.StatusCode);
        Assert.Equal("store_corrupt", (await RunningServer.BodyAsync(stopped))
            .GetProperty("code").GetString());
    }
}
