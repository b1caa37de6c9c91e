using Settle.Tests.Crash;
using Settle.Tests.Journals;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>
/// A program in another language, which follows the documentation and shares no code with this one,
/// decides each request as the ledger did.
/// </summary>
public sealed class DecidedElsewhereTests
{
    private static readonly ExternalProgram Python = new("python3");
    private static readonly string Decider =
        Path.Combine(Repository.Root, "tests/outside/decide.py");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_of_every_kind_are_decided_alike()
    {
        using var folder = new TemporaryDirectory();
        var bank = folder.File("bank.db");
        var seed = Random.Shared.Next();
        await using (var ledger = await Ledger.OpenAsync(bank, cancellationToken: Stop))
        {
            await ledger.InitializeAsync("EUR", cancellationToken: Stop);
            var clerk = new Clerk(ledger, new Random(seed));
            for (var i = 0; i < 1500; i++) await clerk.AskAsync(i, Stop);
        }

        var said = await Python.RunAsync(Decider, bank);

        Assert.True(said.Contains(" 0 faults: ", StringComparison.Ordinal), $"seed {seed}: {said}");
        foreach (var kind in (string[])
            ["account", "capture", "hold", "revert", "transaction", "transfer", "void"])
            Assert.Contains($" {kind}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_verdict_is_noticed()
    {
        using var file = new ChainFile();
        file.Forge(3, block => block.Replace("\"status\":\"successful\"",
            "\"reason\":\"insufficient_funds\",\"status\":\"rejected\"", StringComparison.Ordinal));
        var error = await Assert.ThrowsAnyAsync<Exception>(
            () => Python.RunAsync(Decider, file.Path));
        Assert.Contains(
            "was refused for insufficient_funds", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Asks for anything.</summary>
    private sealed class Clerk(ILedger ledger, Random chance)
    {
        private readonly List<string> _transfers = ["none"];
        private readonly List<string> _holds = ["none"];

        public async Task AskAsync(int number, CancellationToken stop)
        {
            var id = $"{number}";
            try
            {
                await (chance.Next(10) switch
                {
                    0 => (Task)ledger.PutAccountAsync(Terms(id), stop),
                    1 => HoldAsync(id, stop),
                    2 => ledger.CaptureAsync(new CaptureRequest
                    {
                        Id = id, Hold = One(_holds), Amount = chance.Next(3) == 0 ? null : Amount(),
                    }, stop),
                    3 => ledger.VoidAsync(new VoidRequest { Id = id, Hold = One(_holds) }, stop),
                    4 => ledger.RevertAsync(new RevertRequest
                    {
                        Id = id, Reverts = One(_transfers),
                        Amount = chance.Next(3) == 0 ? null : Amount(),
                    }, stop),
                    5 => ledger.TransactAsync(Transaction(id), stop),
                    _ => TransferAsync(id, stop),
                });
            }
            catch (SettleException e) when (e is RejectedException or InvalidRequestException)
            {
                // The ledger's word, which is what is decided again.
            }
        }

        private string One(List<string> ids) => ids[^chance.Next(1, Math.Min(9, ids.Count + 1))];

        private string Account() => "abcdef"[chance.Next(6)].ToString();

        private Money Amount() => Money.Of(chance.Next(1, 60));

        private (string From, string To) Way()
        {
            var from = chance.Next(4) == 0 ? "@world" : Account();
            string to;
            do to = Account();
            while (to == from);
            return (from, to);
        }

        private Task<Transfer> TransferAsync(string id, CancellationToken stop)
        {
            _transfers.Add(id);
            var (from, to) = Way();
            return ledger.TransferAsync(from, to, Amount(), id, stop);
        }

        private Task<Hold> HoldAsync(string id, CancellationToken stop)
        {
            _holds.Add(id);
            _transfers.Add(id);
            var (from, to) = Way();
            return ledger.HoldAsync(new HoldRequest
            {
                Id = id, From = from, To = to, Amount = Amount(),
                ExpiresIn = TimeSpan.FromSeconds(chance.Next(3) == 0 ? 1 : 600),
            }, stop);
        }

        private TransactionRequest Transaction(string id)
        {
            _transfers.Add(id);
            return new TransactionRequest
            {
                Id = id,
                Postings = [.. Enumerable.Range(0, chance.Next(1, 5)).Select(_ => Posting())],
            };
        }

        private Posting Posting()
        {
            var (from, to) = Way();
            return new Posting { From = from, To = to, Amount = Amount() };
        }

        private AccountRequest Terms(string id) => new()
        {
            Id = id,
            Account = Account(),
            Overdraft = chance.Next(4) switch
            {
                0 => Overdraft.Unlimited, 1 => Overdraft.Of(Money.Of(chance.Next(50))), _ => null,
            },
            Ceiling = chance.Next(4) switch
            {
                0 => Ceiling.None, 1 => Ceiling.Of(Money.Of(chance.Next(200))), _ => null,
            },
            Closed = chance.Next(5) switch { 0 => true, 1 or 2 or 3 => false, _ => null },
        };
    }
}
