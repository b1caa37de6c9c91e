using System.Text.Json;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A running server checks a chain, and says what it found.</summary>
public sealed class VerificationEndpointTests
{
    private const string Address = "/v1/ledgers/bank/verification";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_checks_a_chain_beside_its_work_and_says_what_it_found()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        Assert.Equal("""{"state":"none"}""", (await server.GetAsync(Address)).ToString());
        for (var i = 0; i < 20; i++) await ledger.TransferAsync("@world", $"a{i}", Money.Of(1), cancellationToken: Stop);
        var info = await ledger.GetInfoAsync(Stop);
        using var started = await server.PostAsync(Address, "");
        Assert.Equal(200, (int)started.StatusCode);
        await ledger.TransferAsync("@world", "meanwhile", Money.Of(1), cancellationToken: Stop);
        var done = await EndAsync(server);
        Assert.Equal("done", done.GetProperty("state").GetString());
        Assert.Equal((info.Height, info.Hash, 0), (done.GetProperty("height").GetInt64(),
            done.GetProperty("hash").GetString(), done.GetProperty("fault_count").GetInt32()));
        Assert.InRange(done.GetProperty("blocks").GetInt64(), info.Height, info.Height + 1);
        Assert.Empty(done.GetProperty("faults").EnumerateArray());
        using var again = await server.PostAsync(Address, "");
        Assert.Equal(200, (int)again.StatusCode);
        Assert.Equal(info.Height + 1, (await EndAsync(server)).GetProperty("height").GetInt64());
    }

    [Fact]
    public async Task An_empty_chain_has_no_fault()
    {
        await using var server = await RunningServer.StartAsync();
        using var started = await server.PostAsync(Address, "");
        Assert.Equal(0, (await EndAsync(server)).GetProperty("fault_count").GetInt32());
    }

    private static async Task<JsonElement> EndAsync(RunningServer server)
    {
        while (true)
        {
            var state = await server.GetAsync(Address);
            if (state.GetProperty("state").GetString() != "running") return state;
            await Task.Delay(20, Stop);
        }
    }
}
