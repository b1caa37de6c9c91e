using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

public sealed class ReadingCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("balance")]
    [InlineData("balance", "Alex")]
    [InlineData("holds")]
    [InlineData("log")]
    [InlineData("log", "--follow")]
    [InlineData("info")]
    [InlineData("show", "t1")]
    [InlineData("export", "--format", "csv")]
    [InlineData("capture", "h1")]
    [InlineData("void", "h1")]
    [InlineData("revert", "t1")]
    public async Task A_command_that_makes_no_ledger_says_that_there_is_none(params string[] words)
    {
        var run = await CommandRun.OnAsync(Bank, words);

        Assert.Equal(ExitStatus.Store, run.Status);
        Assert.Contains($"no ledger at {Bank}", run.Error, StringComparison.Ordinal);
        Assert.Contains("settle init", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Open_holds_are_listed_and_those_that_end_by_a_time_alone()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "50");
        await CommandRun.DoneAsync(Bank, "hold", "Dave", "hotel", "5", "--id", "never");
        await CommandRun.DoneAsync(Bank, "hold", "Dave", "hotel", "6", "--expires", "7d", "--id", "later");
        await CommandRun.DoneAsync(Bank, "hold", "Dave", "taxi", "7", "--expires", "1h", "--id", "soon", "--memo", "ride");
        await CommandRun.DoneAsync(Bank, "hold", "Dave", "taxi", "8", "--id", "over");
        await CommandRun.DoneAsync(Bank, "void", "over");

        Assert.Equal(["soon", "later", "never"], await IdsAsync("holds"));
        Assert.Equal(["later", "never"], await IdsAsync("holds", "hotel"));
        var day = DateTimeOffset.UtcNow.AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(["soon"], await IdsAsync("holds", "--ends-before", day));
        Assert.Empty(await IdsAsync("holds", "nobody"));
        Assert.Contains("ride", (await CommandRun.DoneAsync(Bank, "holds")).Output, StringComparison.Ordinal);
        var wrong = await CommandRun.OnAsync(Bank, "holds", "--ends-before", "soon");
        Assert.Equal(ExitStatus.Usage, wrong.Status);
        Assert.Contains("ends-before", wrong.Error, StringComparison.Ordinal);

        async Task<IEnumerable<string?>> IdsAsync(params string[] words) =>
            (await CommandRun.DoneAsync(Bank, [.. words, "--json"])).Json.EnumerateArray()
                .Select(hold => hold.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Balances_as_of_a_height_are_the_ones_of_then()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "5");
        var then = (await CommandRun.DoneAsync(Bank, "info", "--json")).Json.GetProperty("height")
            .GetInt64();
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "6");

        var run = await CommandRun.DoneAsync(Bank, "balance", "Dave", "--json", "--at", $"{then}");

        Assert.Equal(500, run.Json[0].GetProperty("balance").GetInt64());
    }

    [Fact]
    public async Task One_account_is_shown_with_the_terms_of_that_moment()
    {
        await CommandRun.DoneAsync(Bank, "open", "Dave", "--overdraft", "50", "--owner", "ann", "--meta", "kind=cash");
        var then = (await CommandRun.DoneAsync(Bank, "info", "--json")).Json.GetProperty("height").GetInt64();
        await CommandRun.DoneAsync(Bank, "open", "Dave", "--overdraft", "0", "--ceiling", "9", "--close");

        var past = await CommandRun.DoneAsync(Bank, "balance", "Dave", "--at", $"{then}");
        Assert.Contains("open: Dave, owned by ann, kind=cash", past.Output, StringComparison.Ordinal);
        Assert.Contains("overdraft 50.00, ceiling none", past.Output, StringComparison.Ordinal);
        var now = await CommandRun.DoneAsync(Bank, "balance", "Dave");
        Assert.Contains("closed: Dave, owned by ann", now.Output, StringComparison.Ordinal);
        Assert.Contains("overdraft 0.00, ceiling 9.00", now.Output, StringComparison.Ordinal);

        var row = (await CommandRun.DoneAsync(Bank, "balance", "Dave", "--json", "--at", $"{then}")).Json[0];
        Assert.Equal("""
            {"account":"Dave","asset":"USD","balance":0,"available":0,"spendable":5000,"overdraft":5000,"owners":["ann"],"meta":{"kind":"cash"}}
            """, row.GetRawText());
        row = (await CommandRun.DoneAsync(Bank, "balance", "Dave", "--json")).Json[0];
        Assert.Equal("""
            {"account":"Dave","asset":"USD","balance":0,"available":0,"spendable":0,"overdraft":0,"ceiling":900,"closed":true,"owners":["ann"],"meta":{"kind":"cash"}}
            """, row.GetRawText());
    }

    [Fact]
    public async Task What_is_shown_to_people_has_amounts_as_people_write_them()
    {
        await CommandRun.DoneAsync(Bank, "open", "Dave", "--overdraft", "50");
        await CommandRun.DoneAsync(Bank, "transfer", "Dave", "Alex", "12.5", "--id", "t1");
        await CommandRun.DoneAsync(Bank, "transaction", "Alex -> Jane 3", "Alex -> Dave 1",
            "--id", "x1");

        Assert.Contains("amount     12.50 USD\n", (await CommandRun.DoneAsync(Bank, "show", "t1")).Output,
            StringComparison.Ordinal);
        Assert.Contains("Alex -> Jane 3.00 USD; Alex -> Dave 1.00 USD\n",
            (await CommandRun.DoneAsync(Bank, "show", "x1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_never_was_is_not_found()
    {
        await CommandRun.DoneAsync(Bank, "init");
        var run = await CommandRun.OnAsync(Bank, "balance", "Nobody");

        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains("[not_found]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_shows_the_newest_last_and_as_many_as_asked_for()
    {
        for (var i = 1; i <= 5; i++)
            await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", $"{i}", "--id", $"t{i}");

        var run = await CommandRun.DoneAsync(Bank, "log", "--limit", "3", "--json");

        Assert.Equal(["t3", "t4", "t5"], run.Json.EnumerateArray()
            .Select(entry => entry.GetProperty("entry").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task The_log_of_an_account_has_the_balance_after_each_movement()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "5");
        await CommandRun.DoneAsync(Bank, "transfer", "Dave", "Alex", "2");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "1");

        var run = await CommandRun.DoneAsync(Bank, "log", "--account", "Dave", "--json");

        Assert.Equal([500L, 300L],
            run.Json.EnumerateArray().Select(e => e.GetProperty("balance").GetInt64()));
        Assert.Equal([500L, -200L],
            run.Json.EnumerateArray().Select(e => e.GetProperty("amount").GetInt64()));
    }

    [Fact]
    public async Task Following_the_log_ends_with_the_interrupt_and_has_missed_nothing()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "1", "--id", "before");
        using var stop = new CancellationTokenSource();
        var following = CommandRun.OnAsync(Bank, "", ["log", "--follow", "--json"], stop.Token);
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "2", "--id", "after");
        await using (var ledger =
            await Ledger.OpenAsync(Bank, cancellationToken: TestContext.Current.CancellationToken))
        {
            await foreach (var entry in ledger
                .FollowAsync(cancellationToken: TestContext.Current.CancellationToken))
                if (entry.Body.Span.IndexOf("\"after\""u8) > 0) break;
        }
        stop.CancelAfter(TimeSpan.FromSeconds(2));
        var run = await following;

        Assert.Equal(ExitStatus.Interrupted, run.Status);
        Assert.Contains("\"before\"", run.Output, StringComparison.Ordinal);
        Assert.Contains("\"after\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_are_for_people_and_fit_their_content()
    {
        await CommandRun
            .DoneAsync(Bank, "transfer", "@world", "Dave", "1234.5", "--memo",
                "line one\nline two");

        var balances = (await CommandRun.DoneAsync(Bank, "balance")).Output;
        var log = (await CommandRun.DoneAsync(Bank, "log")).Output;

        Assert.Contains("1234.50", balances, StringComparison.Ordinal);
        Assert.Contains("line one line two", log, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", balances + log, StringComparison.Ordinal);
    }
}
