using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>A refusal about an account names it, when it is repeated too.</summary>
public sealed class RefusedAccountTests
{
    [Fact]
    public async Task A_strict_ledger_names_the_account_that_was_never_opened()
    {
        using var directory = new TemporaryDirectory();
        var bank = directory.File("bank.db");
        await CommandRun.DoneAsync(bank, "init", "--asset", "EUR", "--strict");
        await CommandRun.DoneAsync(bank, "open", "Dave");
        string[][] asked =
        [
            ["transfer", "@world", "nope", "1", "--id", "a"], ["transfer", "nope", "Dave", "1", "--id", "b"],
            ["hold", "@world", "nope", "1", "--id", "c"],
            ["transaction", "@world -> Dave 1", "@world -> nope 1", "--id", "d"],
        ];
        foreach (var isOpen in (bool[])[false, true])
        {
            foreach (var words in asked)
            {
                var refused = await CommandRun.OnAsync(bank, words);
                Assert.True(refused.Error.Contains("there is no account 'nope'", StringComparison.Ordinal), refused.Error);
                var json = await CommandRun.OnAsync(bank, [.. words, "--json"]);
                Assert.Contains("\"account\":\"nope\"", json.Error.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            }
            if (!isOpen) await CommandRun.DoneAsync(bank, "open", "nope");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_closed_account_and_the_room_below_a_ceiling_are_said_whatever_came_since(bool isServer)
    {
        await using var server = isServer ? await RunningServer.StartAsync() : null;
        await using var ledger = server?.Client() ?? Settle.Ledger.InMemory();
        await ledger.PutAccountAsync(new AccountRequest { Account = "Alex", Ceiling = Ceiling.Of(Money.Of(50)) });
        await ledger.TransferAsync("@world", "Alex", Money.Of(20));
        await ledger.PutAccountAsync(new AccountRequest { Account = "Dave", Closed = true });
        var full = new TransferRequest { Id = "full", From = "@world", To = "Alex", Amount = Money.Of(31) };
        var closed = new TransferRequest { Id = "closed", From = "@world", To = "Dave", Amount = Money.Of(31) };
        var many = new TransactionRequest
        {
            Id = "many",
            Postings = [new Posting { From = "@world", To = "Jane", Amount = Money.Of(1) },
                new Posting { From = "@world", To = "Alex", Amount = Money.Of(40) }],
        };
        await SayAsync();
        await ledger.TransferAsync("@world", "Alex", Money.Of(5));
        await ledger.PutAccountAsync(new AccountRequest { Account = "Dave", Closed = false });
        await ledger.PutAccountAsync(new AccountRequest { Account = "Alex", Ceiling = Ceiling.None });
        await SayAsync();
        var lower = await Assert.ThrowsAsync<RejectedException>(() => ledger.PutAccountAsync(
            new AccountRequest { Account = "Alex", Ceiling = Ceiling.Of(Money.Of(10)) }));
        Assert.Equal(("Alex", Money.Of(-15, "USD")), (lower.RefusedAccount!.Account, lower.RefusedAccount.Room!.Value));
        Assert.Contains("'Alex' holds 15.00 USD more than this ceiling", lower.Message, StringComparison.Ordinal);

        async Task SayAsync()
        {
            var error = await Assert.ThrowsAsync<RejectedException>(() => ledger.TransferAsync(full));
            Assert.Equal((RefusalCode.LimitExceeded, "Alex", Money.Of(30, "USD")),
                (error.Refusal, error.RefusedAccount!.Account, error.RefusedAccount.Room!.Value));
            Assert.Contains("'Alex' has room for 30.00 USD", error.Message, StringComparison.Ordinal);
            error = await Assert.ThrowsAsync<RejectedException>(() => ledger.TransferAsync(closed));
            Assert.Equal(("Dave", null), (error.RefusedAccount!.Account, error.RefusedAccount.Room));
            Assert.Contains("the account 'Dave' is closed", error.Message, StringComparison.Ordinal);
            error = await Assert.ThrowsAsync<RejectedException>(() => ledger.TransactAsync(many));
            Assert.Equal(("Alex", Money.Of(30, "USD")), (error.RefusedAccount!.Account, error.RefusedAccount.Room!.Value));
            var verdicts = await ledger.TransferBatchAsync(new[] { full, closed });
            Assert.Equal([("Alex", Money.Of(30, "USD")), ("Dave", null)],
                verdicts.Select(each => (each.RefusedAccount!.Account, each.RefusedAccount.Room)));
        }
    }
}
