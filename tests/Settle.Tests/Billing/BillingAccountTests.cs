using Settle.Billing;
using Settle.Chain;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Nobody but billing moves money on its accounts.</summary>
public sealed class BillingAccountTests
{
    private static readonly string[] Accounts =
        ["receivable:ann", "receivable:nobody", "revenue", "rounding", "write-offs", "tax:S:19", "tax:AE:0"];

    [Fact]
    public async Task Every_way_to_move_money_there_is_refused()
    {
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("books", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken);
        await ledger.InitializeAsync("EUR");
        foreach (var account in Accounts)
        {
            // Before there is a seller or a customer these are accounts like any others.
            await ledger.TransferAsync(Transfer($"early-{account}", "@world", account));
            await ledger.HoldAsync(new HoldRequest
                { Id = $"hold-{account}", From = "@world", To = account, Amount = Minor(1) });
            await ledger.TransferAsync(Transfer($"back-{account}", account, "@world"));
        }
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Bench GmbH", Country = "DE" }, TaxRates = ["19"], DefaultTax = "19",
        });
        foreach (var account in Accounts)
        {
            await RefusesAsync(() => ledger.TransferAsync(Transfer($"to-{account}", "@world", account)));
            await RefusesAsync(() => ledger.TransferAsync(Transfer($"from-{account}", account, "@world")));
            await RefusesAsync(() => ledger.TransactAsync(new TransactionRequest
            {
                Id = $"several-{account}",
                Postings =
                [
                    new Posting { From = "@world", To = "Alex", Amount = Minor(1) },
                    new Posting { From = "Alex", To = account, Amount = Minor(1) },
                ],
            }));
            await RefusesAsync(() => ledger.HoldAsync(new HoldRequest
                { Id = $"hold2-{account}", From = "@world", To = account, Amount = Minor(1) }));
            await RefusesAsync(() => ledger.CaptureAsync(new CaptureRequest
                { Id = $"capture-{account}", Hold = $"hold-{account}" }));
            await RefusesAsync(() => ledger.RevertAsync(new RevertRequest
                { Id = $"revert-{account}", Reverts = $"early-{account}" }));
        }
        await ledger.TransferAsync(Transfer("own", "@world", "tax:2026"));
        Assert.Empty((await LedgerVerification.VerifyAsync(store, null,
            TestContext.Current.CancellationToken)).Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_moves_money_there_or_sets_terms_once_there_is_a_seller_or_a_customer(bool isSeller)
    {
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("books", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken);
        await (isSeller ? ledger.Billing.PutSellerAsync(Bench) : (Task)ledger.Billing.PutCustomerAsync(Ann));
        foreach (var account in Accounts)
        {
            await RefusesAsync(() => ledger.TransferAsync(Transfer($"to-{account}", "@world", account)));
            foreach (var terms in (AccountRequest[])
            [
                new() { Account = account }, new() { Account = account, Closed = true },
                new() { Account = account, Closed = false }, new() { Account = account, Owners = ["eve"] },
                new() { Account = account, Overdraft = Overdraft.Of(Minor(5)) },
                new() { Account = account, Overdraft = Overdraft.Unlimited },
                new() { Account = account, Ceiling = Ceiling.Of(Minor(5)) },
                new() { Account = account, Meta = new Dictionary<string, string> { ["a"] = "b" } },
            ])
                await RefusesAsync(() => ledger.PutAccountAsync(terms with { Id = $"{Guid.NewGuid()}" }));
        }
        Assert.True((await ledger.PutAccountAsync(
            new AccountRequest { Account = "tax:2026", Closed = true })).Closed);
        Assert.Empty((await LedgerVerification.VerifyAsync(store, null,
            TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task What_was_closed_and_limited_before_billing_began_can_be_freed()
    {
        await using var ledger = Ledger.InMemory();
        var limited = new AccountRequest { Account = "receivable:ann", Closed = true, Ceiling = Ceiling.Of(Minor(5)) };
        await ledger.PutAccountAsync(limited);
        await ledger.Billing.PutSellerAsync(Bench);
        await ledger.Billing.PutCustomerAsync(Ann);
        var freed = new AccountRequest { Account = "receivable:ann", Closed = false, Ceiling = Ceiling.None };
        await RefusesAsync(() => ledger.PutAccountAsync(freed with { Owners = ["eve"] }));
        var account = await ledger.PutAccountAsync(freed);
        Assert.Equal((false, (Ceiling?)null), (account.Closed, account.Balances[0].Ceiling));
        await ledger.Billing.PayAsync(new PaymentRequest { Customer = "ann", Amount = Minor(100) });
    }

    [Fact]
    public async Task What_older_blocks_let_through_still_verifies()
    {
        await using var store = new MemoryStore();
        var core = new CoreLedger();
        core.Begin(1_000_000, version: 4);
        core.Settle(RequestTexts.Batch("ledger USD 2"));
        core.Settle(NewCustomer());
        foreach (var text in (string[])["transfer t1 @world -> revenue 5", "transfer t2 revenue -> @world 5",
            "open receivable:ann closed"])
            Assert.Equal(RefusalCode.None, core.Settle(RequestTexts.Batch(text)).Refusal);
        await store.CreateAsync(BlockId.Format("main", 1), core.End().Document.Body, default);
        Assert.Empty((await LedgerVerification.VerifyAsync(store, null,
            TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task Verifying_an_old_chain_names_the_account_that_holds_something_else()
    {
        await using var store = new MemoryStore();
        var core = new CoreLedger();
        core.Begin(1_000_000, version: 4);
        core.Settle(RequestTexts.Batch("ledger USD 2"));
        core.Settle(Seller());
        Assert.Equal(RefusalCode.None,
            core.Settle(RequestTexts.Batch("transfer t1 @world -> receivable:ann 23800")).Refusal);
        var block = core.End();
        await store.CreateAsync(BlockId.Format("main", 1), block.Document.Body, default);
        var report = await LedgerVerification.VerifyAsync(store, null, TestContext.Current.CancellationToken);
        var fault = Assert.Single(report.Faults);
        Assert.Contains("receivable:ann holds 238.00 USD, but", fault.Message, StringComparison.Ordinal);
        Assert.Contains("0.00 USD", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_block_with_something_new_has_the_new_version()
    {
        await using var store = new MemoryStore();
        await using var ledger = await LocalLedger.OpenAsync("books", store, null, new LedgerOptions(),
            TestContext.Current.CancellationToken);
        await ledger.Billing.PutSellerAsync(new SellerRequest
            { Party = new Party { Name = "Bench GmbH", Country = "DE" }, TaxRates = ["19"] });
        await ledger.TransferAsync(Transfer("t1", "@world", "Alex"));
        await RefusesAsync(() => ledger.TransferAsync(Transfer("t2", "@world", "revenue")));
        await ledger.TransferAsync(Transfer("t3", "@world", "Alex"));
        var blocks = await store.ReadAsync("", "~", 10, TestContext.Current.CancellationToken);
        Assert.Equal([3, 3, 6, 3], blocks.Select(block =>
            BlockDocument.Parse(block.Id, block.Body, true).Header.Version));
    }

    private static RequestBatch Seller()
    {
        var batch = new RequestBatch();
        BillingRequests.Add(batch, EntryKind.Seller, "seller", (to, ref _, ref terms) =>
        {
            BillingRequests.FillPlace(to, ref terms, "DE", "UTC");
            terms.TaxRates = to.Append("""["19"]"""u8);
        });
        return batch;
    }

    private static RequestBatch NewCustomer()
    {
        var batch = new RequestBatch();
        BillingRequests.Add(batch, EntryKind.Customer, "customer", (to, ref _, ref terms) =>
        {
            BillingRequests.FillPlace(to, ref terms, "DE", "UTC");
            terms.Customer = to.Append("ann"u8);
            terms.Treatment = to.Append("standard"u8);
        });
        return batch;
    }

    private static SellerRequest Bench { get; } = new()
    {
        Party = new Party { Name = "Bench GmbH", Country = "DE" }, TaxRates = ["19"], DefaultTax = "19",
    };

    private static CustomerRequest Ann { get; } = new()
        { Customer = "ann", Party = new Party { Name = "Ann", Country = "DE" } };

    private static TransferRequest Transfer(string id, string from, string to) =>
        new() { Id = id, From = from, To = to, Amount = Minor(1) };

    private static async Task RefusesAsync(Func<Task> ask)
    {
        var error = await Assert.ThrowsAsync<RejectedException>(ask);
        Assert.Equal("billing_account", error.Code);
        Assert.Contains("refund or chargeback", error.Message, StringComparison.Ordinal);
    }
}
