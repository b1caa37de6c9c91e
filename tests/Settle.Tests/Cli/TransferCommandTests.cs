using Xunit;

namespace Settle.Tests.Cli;

public sealed class TransferCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_example_of_the_posts_works_when_Dave_may_overdraw()
    {
        await CommandRun.DoneAsync(Bank, "open", "Dave", "--overdraft", "50");
        await CommandRun.DoneAsync(Bank, "transfer", "Dave", "Alex", "50");
        await CommandRun.DoneAsync(Bank, "transfer", "Alex", "Jane", "25");

        Assert.Equal(2500, await BalanceAsync("Alex"));
        Assert.Equal(-5000, await BalanceAsync("Dave"));
        Assert.Equal(2500, await BalanceAsync("Jane"));
    }

    [Fact]
    public async Task The_example_of_the_posts_is_refused_when_Dave_may_not_overdraw()
    {
        await CommandRun.MakeAsync(Bank);

        var run = await CommandRun.OnAsync(Bank, "transfer", "Dave", "Alex", "50");

        Assert.Equal(1, run.Status);
        Assert.Contains("[insufficient_funds]", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_refused_transfer_is_still_the_result_with_json()
    {
        await CommandRun.MakeAsync(Bank);

        var run = await CommandRun
            .OnAsync(Bank, "transfer", "Dave", "Alex", "50", "--id", "t1", "--json");

        Assert.Equal(1, run.Status);
        Assert.Equal("rejected", run.Json.GetProperty("status").GetString());
        Assert.Equal("insufficient_funds", run.Json.GetProperty("reason").GetString());
        Assert.Equal(5000, run.Json.GetProperty("amount").GetInt64());
        Assert.Equal("insufficient_funds", run.Problem.GetProperty("code").GetString());
        Assert.Equal("t1", run.Problem.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_id_is_decided_once()
    {
        string[] words = ["transfer", "@world", "Dave", "5", "--id", "salary", "--json"];
        var first = await CommandRun.DoneAsync(Bank, words);
        var second = await CommandRun.DoneAsync(Bank, words);

        Assert.False(first.Json.TryGetProperty("replayed", out var replayed)
            && replayed.GetBoolean());
        Assert.True(second.Json.GetProperty("replayed").GetBoolean());
        Assert.Equal(first.Json.GetProperty("block").GetInt64(),
            second.Json.GetProperty("block").GetInt64());
        Assert.Equal(500, await BalanceAsync("Dave"));
    }

    [Fact]
    public async Task An_id_with_other_content_is_refused_and_the_difference_is_named()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "5", "--id", "salary");
        var run = await CommandRun
            .OnAsync(Bank, "transfer", "@world", "Dave", "6", "--id", "salary", "--json");

        Assert.Equal(1, run.Status);
        Assert.Equal("id_reused", run.Problem.GetProperty("code").GetString());
        Assert.Equal("amount", run.Problem.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Memo_timestamp_and_pairs_are_recorded()
    {
        await CommandRun
            .DoneAsync(Bank, "transfer", "@world", "Dave", "12.50", "--asset", "EUR", "--id", "t1",
            "--memo", "two coffees", "--timestamp", "2026-01-02", "--meta", "table=7", "--meta",
            "note=a=b");
        var entry = (await CommandRun.DoneAsync(Bank, "show", "t1", "--json")).Json
            .GetProperty("entry");

        Assert.Equal(1250, entry.GetProperty("amount").GetInt64());
        Assert.Equal("EUR", entry.GetProperty("asset").GetString());
        Assert.Equal("two coffees", entry.GetProperty("memo").GetString());
        Assert.Equal("2026-01-02T00:00:00Z", entry.GetProperty("timestamp").GetString());
        Assert.Equal("7", entry.GetProperty("meta").GetProperty("table").GetString());
        Assert.Equal("a=b", entry.GetProperty("meta").GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_transaction_makes_all_its_postings_or_none()
    {
        await CommandRun.DoneAsync(Bank, "asset", "points", "--scale", "0");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Ann", "30");
        await CommandRun
            .DoneAsync(Bank, "transaction", "Ann -> shop 30 USD", "@world -> Ann 300 points",
                "--id", "o1");
        var refused =
            await CommandRun
                .OnAsync(Bank, "transaction", "@world -> Ann 1", "Ann -> shop 30", "--id", "o2");

        Assert.Equal(1, refused.Status);
        Assert.Equal(0, await BalanceAsync("Ann", "USD"));
        Assert.Equal(300, await BalanceAsync("Ann", "points"));
    }

    [Fact]
    public async Task A_hold_reserves_and_a_capture_takes_a_part()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "300");
        var hold = await CommandRun
            .DoneAsync(Bank, "hold", "Dave", "hotel", "200", "--expires", "7d", "--id", "h1",
                "--json");
        Assert.Equal("open", hold.Json.GetProperty("state").GetString());
        Assert.True(hold.Json.TryGetProperty("expires", out _));
        Assert.Equal(1, (await CommandRun.OnAsync(Bank, "transfer", "Dave", "Alex", "101")).Status);

        await CommandRun.DoneAsync(Bank, "capture", "h1", "120.50");
        Assert.Equal(12050, await BalanceAsync("hotel"));
        var again = await CommandRun.OnAsync(Bank, "capture", "h1");
        Assert.Contains("[hold_captured]", again.Error, StringComparison.Ordinal);

        await CommandRun.DoneAsync(Bank, "hold", "Dave", "hotel", "100", "--id", "h2");
        var voided = await CommandRun.DoneAsync(Bank, "void", "h2", "--json");
        Assert.Equal("voided", voided.Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_transfer_is_reverted_once()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "5", "--id", "t1");
        await CommandRun.DoneAsync(Bank, "revert", "t1");
        var again = await CommandRun.OnAsync(Bank, "revert", "t1");

        Assert.Equal(1, again.Status);
        Assert.Contains("[already_reverted]", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, await BalanceAsync("Dave"));
    }

    [Fact]
    public async Task An_id_that_is_used_again_shows_no_transfer_that_was_not_asked_for()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "5", "--id", "t-1");
        var run = await CommandRun.OnAsync(
            Bank, "transfer", "@world", "Dave", "6", "--id", "t-1", "--json");
        Assert.Equal(1, run.Status);
        Assert.Empty(run.Output);
        Assert.Equal("id_reused", run.Problem.GetProperty("code").GetString());
        Assert.True(run.Problem.GetProperty("block").GetInt64() > 0);
    }

    private async Task<long> BalanceAsync(string account, string asset = "USD")
    {
        var run = await CommandRun.DoneAsync(Bank, "balance", account, "--json");
        return run.Json.EnumerateArray().Single(b => b.GetProperty("asset").GetString() == asset)
            .GetProperty("balance").GetInt64();
    }
}
