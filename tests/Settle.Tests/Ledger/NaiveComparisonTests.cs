using Settle.Settling;
using Xunit;

namespace Settle.Tests.Rules;

/// <summary>Random requests get the same verdicts and lead to the same balances in two ledgers.</summary>
public sealed class NaiveComparisonTests
{
    private const int RequestsMin = 1500;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_verdict_and_balance_is_what_a_naive_ledger_says(int seed)
    {
        var requests = new RandomRequests(seed, isStrictAtTimes: true);
        var naive = new NaiveLedger();
        var ledger = Begun();
        for (var settled = 0; settled < RequestsMin;)
        {
            // Some blocks are taken back, one or two at once, as if another writer had won their height.
            var doomed = requests.Random.Next(5) == 0 ? requests.Random.Next(1, 3) : 0;
            var before = BookText.Save(ledger.Book);
            var other = naive.Clone();
            for (var block = 0; block < doomed; block++) SettleBlock(ledger, other, requests);
            for (var block = 0; block < doomed; block++) ledger.Undo();
            Assert.Equal(before, BookText.Save(ledger.Book));
            settled += SettleBlock(ledger, naive, requests);
            if (requests.Random.Next(20) == 0) ledger.Replace(BookText.Load(BookText.Save(ledger.Book)));
        }
        AssertReplayed(ledger);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_saved_book_is_loaded_as_it_was(int seed)
    {
        var requests = new RandomRequests(seed, isStrictAtTimes: true);
        var ledger = Begun();
        for (var block = 0; block < 30; block++) SettleBlock(ledger, null, requests);
        var saved = BookText.Save(ledger.Book);
        var loaded = BookText.Load(saved);
        Assert.Equal(BookText.Of(ledger.Book), BookText.Of(loaded));
        Assert.Equal(saved, BookText.Save(loaded));
    }

    [Fact]
    public void The_random_requests_meet_every_verdict()
    {
        var met = new HashSet<RefusalCode>();
        for (var seed = 1; seed <= 4; seed++)
        {
            var (ledger, naive, requests) = (Begun(), new NaiveLedger(), new RandomRequests(seed, isStrictAtTimes: true));
            for (var block = 0; block < 60; block++) SettleBlock(ledger, naive, requests, met);
        }
        // The default asset is set once in this test, and totals beyond 128 bits need a test of their own.
        Assert.Equal([RefusalCode.AlreadyInitialized, RefusalCode.Overflow, RefusalCode.NotAllowed],
            Enum.GetValues<RefusalCode>().Where(code => code is >= 0 and < RefusalCode.SellerMissing
                or RefusalCode.UnknownAccount or RefusalCode.ExceedsTransfer).Except(met));
    }

    [Fact]
    public void A_rejected_declaration_gives_no_asset_a_number()
    {
        var ledger = Begun();
        ledger.Begin(2);
        Assert.Equal(RefusalCode.AssetExists, ledger.Settle(RequestTexts.Batch("asset A1 EUR 3")).Refusal);
        ledger.Settle(RequestTexts.Batch("transfer T1 @world -> Alex 5 JPY"));
        ledger.Settle(RequestTexts.Batch("transfer T2 @world -> Alex 5 EUR"));
        ledger.Settle(RequestTexts.Batch("asset A2 CHF 2"));
        ledger.Settle(RequestTexts.Batch("asset A3 points 0"));
        ledger.End();
        Assert.Equal(["USD", "JPY", "EUR", "CHF", "points"],
            Enumerable.Range(0, ledger.Book.Assets.Count).Select(asset => ledger.Book.Assets[asset].Code));
        AssertReplayed(ledger);
    }

    private static CoreLedger Begun()
    {
        var ledger = new CoreLedger();
        ledger.Begin(1);
        ledger.Settle(RequestTexts.Batch("ledger USD 2"));
        ledger.End();
        return ledger;
    }

    private static int SettleBlock(CoreLedger ledger, NaiveLedger? naive, RandomRequests requests,
        HashSet<RefusalCode>? met = null)
    {
        var time = ledger.Book.Time + requests.Random.Next(6) switch
        {
            0 => 0,
            1 => 1_000_000,
            2 => 60_000_000,
            3 => 3_600_000_000,
            _ => requests.Random.Next(1, 400_000),
        };
        ledger.Begin(time);
        naive?.Now = time;
        var count = requests.Random.Next(1, 30);
        for (var i = 0; i < count; i++)
        {
            var (id, request) = requests.Next();
            var decided = ledger.Settle(Batch(id, request));
            if (naive is null) continue;
            var expected = naive.Decide(id, request);
            var actual = (decided.Refusal.Text(), decided.Replayed, decided.Field);
            if (expected != actual) Assert.Fail($"{id} {request}: expected {expected}, got {actual}");
            met?.Add(decided.Refusal);
        }
        if (naive is not null) AssertSameBalances(ledger, naive, $"after block {ledger.Blocks.Count + 1}");
        ledger.End();
        return count;
    }

    private static void AssertSameBalances(CoreLedger ledger, NaiveLedger naive, string when)
    {
        foreach (var asset in RandomRequests.Assets)
        {
            Int128 sum = 0;
            foreach (var account in RandomRequests.Accounts.Append("Payee"))
            {
                var (balance, available) = ledger.Balance(account, asset);
                sum += balance;
                if (naive.Balance(account, asset) != (System.Numerics.BigInteger)balance
                    || naive.Available(account, asset) != (System.Numerics.BigInteger)available)
                {
                    Assert.Fail($"{account} {asset} {when}: {balance} available {available}, but it is "
                        + $"{naive.Balance(account, asset)} available {naive.Available(account, asset)}");
                }
                Assert.True(naive.IsWithinFloor(account, asset), $"{account} {asset} {when}");
            }
            Assert.Equal(0, sum);
        }
    }

    // L8: whoever applies the recorded entries comes to the very same book, numbers and movements.
    private static void AssertReplayed(CoreLedger ledger)
    {
        var replayed = new CoreLedger();
        foreach (var block in ledger.Blocks)
        {
            replayed.Apply(block.Document);
            Assert.Equal(block.Movements.Rows.ToArray(), replayed.Blocks[^1].Movements.Rows.ToArray());
        }
        Assert.Equal(BookText.Of(ledger.Book), BookText.Of(replayed.Book));
    }

    private static RequestBatch Batch(string id, object request)
    {
        var batch = new RequestBatch();
        switch (request)
        {
            case TransferRequest r:
                LedgerRequests.Read(batch, r, id, Dollars);
                break;
            case TransactionRequest r:
                LedgerRequests.Read(batch, r, id, Dollars);
                break;
            case HoldRequest r:
                LedgerRequests.Read(batch, r, id, Dollars);
                break;
            case CaptureRequest r:
                LedgerRequests.Read(batch, r, id, (long?)r.Amount?.Units);
                break;
            case VoidRequest r:
                LedgerRequests.Read(batch, r, id);
                break;
            case RevertRequest r:
                LedgerRequests.Read(batch, r, id, (long?)r.Amount?.Units);
                break;
            case AccountRequest r:
                LedgerRequests.Read(batch, r, id, Dollars);
                break;
            case NaiveStrict r:
                LedgerEntry.Fill(batch, ref batch.Add(EntryKind.Ledger), "USD", 2, r.IsStrict, id);
                break;
            case NaiveAsset r:
                RequestTexts.Asset(batch, id, r.Code, r.Scale);
                break;
        }
        return batch;
    }
}
