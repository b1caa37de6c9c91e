using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>A name that was mistyped is noticed, whether it is a ledger's or an account's.</summary>
public sealed class NameCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("transfer", "@world", "Alex", "5")]
    [InlineData("transaction", "@world -> Alex 5")]
    [InlineData("hold", "@world", "Alex", "5")]
    [InlineData("asset", "points", "--scale", "0")]
    [InlineData("balance")]
    public async Task A_mistyped_ledger_is_not_made(params string[] words)
    {
        var run = await CommandRun.OnAsync(Bank, words);

        Assert.Equal(ExitStatus.Store, run.Status);
        Assert.Contains("make one with 'settle init'", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Bank));
    }

    [Fact]
    public async Task An_import_of_what_cannot_be_read_makes_no_ledger()
    {
        var file = _folder.File("cut.gz");
        await File.WriteAllBytesAsync(file, [0x1F, 0x8B, 8, 0, 0, 0], TestContext.Current.CancellationToken);
        var run = await CommandRun.OnAsync(Bank, "import", file);
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.False(File.Exists(Bank));
    }

    [Theory]
    [InlineData("id,from,to,amount\nt,@world,Ann,ten\n", "import", "-")]
    [InlineData("account,overdraft\nAnn,1.005\n", "import", "--accounts", "-")]
    [InlineData("id,customer,description,amount\nc,nobody,x,1\n", "import", "-")]
    [InlineData("customer,name,country\nann,Ann,Germany\n", "import", "-")]
    [InlineData("subscription,customer,description,start\ns,nobody,x,2026-01-01\n", "import", "-")]
    [InlineData("customer,name,country\nann,Ann,DE\n", "import", "-", "--meta-columns", "name")]
    [InlineData("id,from,to,amount\nt,@world,Ann,1\n", "import", "-", "--asset", "NOPE")]
    [InlineData("", "open", "A\u200bnn")]
    [InlineData("", "open", "Ann", "--meta", "=x")]
    [InlineData("", "open", "Ann", "--id", "")]
    public async Task What_is_refused_for_how_it_is_written_leaves_no_ledger_behind(
        string input, params string[] words)
    {
        var run = await CommandRun.OnAsync(Bank, input, words);
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task An_import_that_is_ended_while_it_is_checked_leaves_no_ledger_behind()
    {
        using var end = new CancellationTokenSource();
        await end.CancelAsync();
        var run = await CommandRun.OnAsync(
            Bank, "id,from,to,amount\nt,@world,Ann,1\n", ["import", "-"], end.Token);
        Assert.Equal(ExitStatus.Interrupted, run.Status);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_ledger_whose_file_is_gone_is_not_begun_anew_without_a_word()
    {
        await CommandRun.DoneAsync(Bank, "init");
        File.Delete(Bank);
        foreach (var words in (string[][])[["init"], ["open", "Ann"], ["import", "-"]])
        {
            var run = await CommandRun.OnAsync(Bank, "id,from,to,amount\nt,@world,Ann,1\n", words);
            Assert.Contains($"there is no {Bank}, but it had 1 block", run.Error, StringComparison.Ordinal);
            Assert.Contains("[store_corrupt]", run.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(Bank));
        }
        await CommandRun.DoneAsync(Bank, "open", "Ann", "--accept-rollback");
        Assert.Contains("1 block", (await CommandRun.DoneAsync(Bank, "verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_account_is_said()
    {
        await CommandRun.DoneAsync(Bank, "init");
        Assert.Contains("new account Jnae",
            (await CommandRun.DoneAsync(Bank, "transfer", "@world", "Jnae", "5", "--id", "t")).Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("new account",
            (await CommandRun.DoneAsync(Bank, "transfer", "@world", "Jnae", "5")).Output, StringComparison.Ordinal);
        var hold = await CommandRun.DoneAsync(Bank, "hold", "Jnae", "hotle", "1", "--json");
        Assert.Equal("hotle", hold.Json.GetProperty("new_accounts")[0].GetString());
        var second = await CommandRun.DoneAsync(Bank, "hold", "Jnae", "hotle", "1", "--json");
        Assert.False(second.Json.TryGetProperty("new_accounts", out _));
    }

    [Fact]
    public async Task A_strict_ledger_wants_accounts_to_be_opened_first()
    {
        await CommandRun.DoneAsync(Bank, "init", "--asset", "EUR");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5");
        Assert.Contains("strict", (await CommandRun.DoneAsync(Bank, "init", "--strict")).Output, StringComparison.Ordinal);

        var run = await CommandRun.OnAsync(Bank, "transfer", "Alex", "Jnae", "1");
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains("[unknown_account]", run.Error, StringComparison.Ordinal);
        Assert.True((await CommandRun.DoneAsync(Bank, "info", "--json")).Json.GetProperty("strict").GetBoolean());
        await CommandRun.DoneAsync(Bank, "open", "Jane");
        await CommandRun.DoneAsync(Bank, "transfer", "Alex", "Jane", "1");
        await CommandRun.DoneAsync(Bank, "init", "--strict", "false");
        await CommandRun.DoneAsync(Bank, "transfer", "Alex", "Jnae", "1");
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task A_refusal_of_funds_says_who_can_spend_what()
    {
        await CommandRun.DoneAsync(Bank, "init");
        await CommandRun.DoneAsync(Bank, "open", "Dave", "--overdraft", "10");
        var run = await CommandRun.OnAsync(Bank, "transfer", "Dave", "Alex", "10.01", "--id", "t");
        Assert.Contains("Dave can spend 10.00 USD, but 10.01 is needed", run.Error, StringComparison.Ordinal);

        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "100");
        var again = await CommandRun.OnAsync(Bank, "transfer", "Dave", "Alex", "10.01", "--id", "t", "--json");
        Assert.Equal(("Dave", 1000, 1001), (again.Problem.GetProperty("account").GetString(),
            again.Problem.GetProperty("spendable").GetInt32(), again.Problem.GetProperty("needed").GetInt32()));
    }

    [Fact]
    public async Task What_ended_a_hold_and_what_reverted_a_transfer_is_shown()
    {
        await CommandRun.DoneAsync(Bank, "init");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Jane", "50");
        await CommandRun.DoneAsync(Bank, "hold", "Jane", "hotel", "30", "--id", "room");
        await CommandRun.DoneAsync(Bank, "capture", "room", "19.90", "--id", "checkout", "--memo", "one night");
        Assert.Contains("captured, 19.90 USD, by checkout: one night",
            (await CommandRun.DoneAsync(Bank, "show", "room")).Output, StringComparison.Ordinal);

        await CommandRun.DoneAsync(Bank, "revert", "checkout", "5", "--id", "r1", "--memo", "cold soup");
        var more = await CommandRun.OnAsync(Bank, "revert", "checkout", "14.91");
        Assert.Contains("[exceeds_transfer]", more.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "revert", "checkout", "--id", "r2");
        Assert.Contains("reverted   19.90 USD, by r1, r2",
            (await CommandRun.DoneAsync(Bank, "show", "checkout")).Output, StringComparison.Ordinal);
        Assert.Contains("cold soup", (await CommandRun.DoneAsync(Bank, "show", "r1")).Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task A_closed_account_says_what_is_left_and_held()
    {
        await CommandRun.DoneAsync(Bank, "init");
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Jane", "50");
        await CommandRun.DoneAsync(Bank, "hold", "Jane", "hotel", "30", "--id", "room");

        var closed = await CommandRun.DoneAsync(Bank, "open", "Jane", "--close");

        Assert.Contains("closed: Jane, 50.00 USD left, 30.00 of it held", closed.Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "capture", "room");
    }
}
