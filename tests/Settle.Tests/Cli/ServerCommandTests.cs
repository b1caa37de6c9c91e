using Settle.Tests.Journals;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Every command works on a server's ledger as it does on a file.</summary>
public sealed class ServerCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_work_on_a_server_as_they_do_on_a_file()
    {
        await using var server =
            new SettleProcess("serve", "--ledger", Bank, "--listen", "127.0.0.1:0");
        var remote = Address(await server.WaitForLineAsync("http://")) + "bank";

        await CommandRun.DoneAsync(remote, "init", "--asset", "EUR");
        await CommandRun.DoneAsync(remote, "asset", "points", "--scale", "0");
        await CommandRun.DoneAsync(remote, "open", "Dave", "--overdraft", "50", "--owner", "dave");
        await CommandRun
            .DoneAsync(remote, "transfer", "Dave", "Alex", "50", "--id", "t1", "--memo", "a ; b");
        await CommandRun
            .DoneAsync(remote, "transaction", "Alex -> Jane 25", "@world -> Jane 7 points");
        await CommandRun
            .DoneAsync(remote, "hold", "Alex", "shop", "20", "--id", "h1", "--expires", "1h");
        await CommandRun.DoneAsync(remote, "capture", "h1", "12.50");
        await CommandRun.DoneAsync(remote, "hold", "Alex", "shop", "5", "--id", "h2");
        await CommandRun.DoneAsync(remote, "void", "h2");
        await CommandRun.DoneAsync(remote, "transfer", "@world", "Dave", "5", "--id", "t2");
        await CommandRun.DoneAsync(remote, "revert", "t2", "--id", "r1", "--json");
        await AssertStatusAsync(remote, 1, "insufficient_funds", "transfer", "Nobody", "Alex", "1");
        await AssertStatusAsync(remote, 1, "already_reverted", "revert", "t2");
        await AssertStatusAsync(remote, 1, "not_found", "show", "nothing");
        await AssertStatusAsync(remote, 2, "invalid_request", "transfer", "Alex", "Alex", "1");
        await AssertStatusAsync(remote, 2, "invalid_request", "transfer", "Alex", "Jane", "1.005");

        foreach (var words in (string[][])
        [
            ["balance", "--json"], ["balance"], ["balance", "Alex", "--json"], ["log", "--json"],
            ["log", "--account", "Alex", "--json"], ["show", "t1", "--json"], ["show", "h1"],
            ["info", "--json"],
            ["export", "--format", "hledger"], ["export", "--format", "beancount"],
            ["export", "--format", "csv"], ["export", "--format", "jsonl"], ["verify", "--json"],
        ])
        {
            var there = await CommandRun.DoneAsync(remote, words);
            var here = await CommandRun.DoneAsync(Bank, words);
            Assert.Equal(here.Output, there.Output);
        }
        Assert.Equal(0, await server.EndAsync("INT"));
        await AssertStatusAsync(remote, 3, "store_unavailable", "balance");
    }

    [Fact]
    public async Task A_file_is_imported_into_a_server_in_its_order()
    {
        await using var server =
            new SettleProcess("serve", "--ledger", Bank, "--listen", "127.0.0.1:0");
        var remote = Address(await server.WaitForLineAsync("http://")) + "bank";
        var rows = Enumerable.Range(1, 20_000)
            .Select(i => $"t{i},a{(i - 1) % 7},a{i % 7},1,row {i}\n");
        await File.WriteAllTextAsync(_folder.File("t.csv"),
            "id,from,to,amount,memo\nt0,@world,a0,1,\n" + string.Concat(rows),
            TestContext.Current.CancellationToken);

        var run = await CommandRun.DoneAsync(remote, "import", _folder.File("t.csv"), "--json");

        Assert.Equal(20_001, run.Json.GetProperty("successful").GetInt64());
        Assert.Equal(0, await server.EndAsync("TERM"));
        Assert.Equal(0,
            (await CommandRun.DoneAsync(Bank, "verify", "--json")).Json.GetProperty("faults")
                .GetArrayLength());
        Assert.Equal(100, (await Balances.OfLedgerAsync(Bank))[($"a{20_000 % 7}", "USD")]);
    }

    [Fact]
    public async Task A_key_lets_in_what_its_role_allows()
    {
        var keys = _folder.File("keys.json");
        await CommandRun.DoneAsync(Bank, "init");
        var secret =
            (await CommandRun
                .DoneAsync(Bank, "keys", "add", "shop", "--role", "reader", "--keys", keys))
            .Output.Trim();
        await using var server = new SettleProcess(
            "serve", "--ledger", Bank, "--listen", "127.0.0.1:0", "--keys", keys);
        var remote = Address(await server.WaitForLineAsync("http://")) + "bank";

        await AssertStatusAsync(remote, 1, "unauthorized", "info");
        var run = await CommandRun.WithKeyAsync(remote, secret, "info");
        Assert.Equal(0, run.Status);
        run = await CommandRun.WithKeyAsync(remote, secret, "transfer", "@world", "a", "1");
        Assert.Equal(1, run.Status);
        Assert.Contains("[forbidden]", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(secret,
            await File.ReadAllTextAsync(keys, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_serves_the_sample_and_leaves_nothing_behind()
    {
        await using var demo = new SettleProcess("demo", "--listen", "127.0.0.1:0");
        var file = (await demo.WaitForLineAsync("transfers")).Split(' ')[^1];
        var address = Address(await demo.WaitForLineAsync("http://"));
        Assert.True(File.Exists(file));

        var info = await CommandRun.DoneAsync(address + "bank", "info", "--json");
        Assert.Equal(1127, info.Json.GetProperty("accounts").GetInt64());

        Assert.Equal(0, await demo.EndAsync("INT"));
        Assert.Equal("", demo.Errors);
        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
    }

    private static string Address(string line) =>
        line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal));

    private static async Task AssertStatusAsync(string location, int status, string code,
        params string[] words)
    {
        var run = await CommandRun.OnAsync(location, words);
        Assert.True(run.Status == status, $"{run.Status}: {run.Error}");
        Assert.Contains($"[{code}]", run.Error, StringComparison.Ordinal);
    }
}
