using Settle.Tests.Cli;
using Settle.Tests.Processes;
using Settle.Tests.Sites;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>A server is ready while everything it serves can be written, and not before or after.</summary>
public sealed class ReadinessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_on_a_full_disk_is_not_ready_until_there_is_room()
    {
        using var disk = new Mount("4m");
        using var log = new ListLog();
        await using var server = await RunningServer.StartAsync(options => options with
        {
            Ledgers = [disk.File("bank.db")],
            Log = log,
        });
        Assert.Equal((200, ""), await ReadyAsync(server));
        Assert.Equal(201, await PostAsync(server, "t-0"));
        await using (var filler = new FileStream(disk.File("filler"), FileMode.Create))
        {
            var bytes = new byte[4096];
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                while (true)
                {
                    await filler.WriteAsync(bytes, Stop);
                    await filler.FlushAsync(Stop);
                }
            });
        }
        Assert.Equal((503, "store_unavailable"), await ReadyAsync(server));
        using (var shown = await server.Http.GetAsync("/health/ready", Stop))
            Assert.DoesNotContain("bank.db", await shown.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Single(log.Lines, line =>
            line.StartsWith("Error: Nothing can be written to 'bank': ", StringComparison.Ordinal));
        Assert.Equal(503, await PostAsync(server, "t-1"));
        Assert.Contains("settle_ready 0\n", await server.Http.GetStringAsync("/metrics", Stop),
            StringComparison.Ordinal);
        Assert.Contains("settle_writable{settle_ledger=\"bank\"} 0",
            await server.Http.GetStringAsync("/metrics", Stop), StringComparison.Ordinal);
        File.Delete(disk.File("filler"));
        // Nobody has to write first: a server that is not ready gets no requests.
        Assert.Equal((200, ""), await ReadyAsync(server));
        Assert.Equal(201, await PostAsync(server, "t-1"));
        Assert.Contains("settle_ready 1\n", await server.Http.GetStringAsync("/metrics", Stop),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_cannot_be_written_is_said_with_the_first_block()
    {
        using var directory = new TemporaryDirectory();
        var bank = directory.File("bank.db");
        await CommandRun.DoneAsync(bank, "init");
        Directory.Delete($"{bank}.index", recursive: true);
        await File.WriteAllTextAsync($"{bank}.index", "a file where the folder should be", Stop);
        Assert.DoesNotContain("warning", (await CommandRun.OnAsync(bank, "balance")).Error, StringComparison.Ordinal);
        var run = await CommandRun.OnAsync(bank, "transfer", "@world", "Ann", "1");
        Assert.Equal(0, run.Status);
        Assert.Contains($"cannot be noted in {bank}.index", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n'), line => line.Contains("warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_index_that_cannot_be_written_is_shown_and_the_ledger_goes_on()
    {
        using var directory = new TemporaryDirectory();
        var index = directory.File("bank.db.index");
        await File.WriteAllTextAsync(index, "a file where the folder should be", Stop);
        await using var server = await RunningServer.StartAsync(directory: directory.Path);
        Assert.Equal(201, await PostAsync(server, "t-0"));
        Assert.Contains("settle_index_writable{settle_ledger=\"bank\"} 0",
            await server.Http.GetStringAsync("/metrics", Stop), StringComparison.Ordinal);
        Assert.Equal((200, ""), await ReadyAsync(server));
        File.Delete(index);
        for (var number = 1; !Directory.Exists(index); number++)
        {
            Assert.Equal(201, await PostAsync(server, $"t-{number}"));
            await Task.Delay(50, Stop);
        }
        Assert.Contains("settle_index_writable{settle_ledger=\"bank\"} 1",
            await server.Http.GetStringAsync("/metrics", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("forked", "forked")]
    [InlineData("retired", "store_unavailable")]
    public async Task A_site_that_may_not_write_is_not_ready(string kind, string code)
    {
        using var files = await SiteFiles.MakeAsync("north");
        if (kind == "retired")
        {
            await using var north = await files.OpenAsync("north");
            await north.Sites.RetireAsync(cancellationToken: Stop);
        }
        else
        {
            files.Copy("north", "clone");
            await files.PayAsync("clone", "@world", "Bob", 30);
            await files.PayAsync("north", "@world", "Eve", 40);
            await files.SyncAsync("main", "clone");
            await Assert.ThrowsAsync<SiteStoppedException>(() => files.SyncAsync("main", "north"));
        }
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [files["north"]] });
        while (await ReadyAsync(server) is (200, _)) await Task.Delay(20, Stop);
        Assert.Equal((503, code), await ReadyAsync(server));
        var metrics = await server.Http.GetStringAsync("/metrics", Stop);
        Assert.Contains("settle_ready 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("settle_writable{settle_ledger=\"north\"} 0", metrics,
            StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Code)> ReadyAsync(RunningServer server)
    {
        using var ready = await server.Http.GetAsync("/health/ready", Stop);
        return ((int)ready.StatusCode, ready.IsSuccessStatusCode ? ""
            : (await RunningServer.BodyAsync(ready)).GetProperty("code").GetString()!);
    }

    private static async Task<int> PostAsync(RunningServer server, string id)
    {
        using var answer = await server.PostAsync("/v1/ledgers/bank/transfers",
            $$"""{"id":"{{id}}","from":"@world","to":"Alex","amount":1}""");
        return (int)answer.StatusCode;
    }
}
