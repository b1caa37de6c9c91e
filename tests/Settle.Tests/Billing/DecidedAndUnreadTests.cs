using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>
/// Who hears that the store is away may forget the matter: it is never said of what was decided.
/// </summary>
public sealed class DecidedAndUnreadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_seller_and_a_customer_are_answered_without_being_read_back()
    {
        await using var store = new MemoryStore();
        var sideDocuments = new FailingSideDocuments(MemorySideDocuments.Of(store)) { CannotRead = true };
        await using var ledger = await OpenAsync(store, sideDocuments);
        Assert.Equal("Bench GmbH", (await ledger.Billing.PutSellerAsync(Seller)).Party.Name);
        Assert.Equal("Ann", (await ledger.Billing.PutCustomerAsync(Customer)).Party!.Name);
        sideDocuments.CannotRead = false;
        Assert.True((await ledger.Billing.PutSellerAsync(Seller)).Replayed);
        Assert.True((await ledger.Billing.PutCustomerAsync(Customer)).Replayed);
    }

    [Fact]
    public async Task A_credit_note_that_is_repeated_may_have_been_made_though_its_invoice_cannot_be_read()
    {
        await using var store = new MemoryStore();
        var sideDocuments = new FailingSideDocuments(MemorySideDocuments.Of(store));
        await using var ledger = await OpenAsync(store, sideDocuments);
        await MonthEnd.PrepareAsync(ledger, 1, 1);
        await RunAsync(ledger);
        var credit = new CreditRequest { Id = "back", Invoice = "2026-000001", Amount = Minor(5) };
        // Its invoice is read before anything is decided.
        sideDocuments.CannotRead = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => ledger.Billing.CreditAsync(credit));
        var height = ledger.State.Height;
        sideDocuments.IsAway = () => ledger.State.Height > height;
        Assert.False((await ledger.Billing.CreditAsync(credit)).Replayed);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => ledger.Billing.CreditAsync(credit));
        sideDocuments.IsAway = () => false;
        Assert.True((await ledger.Billing.CreditAsync(credit)).Replayed);
    }

    [Fact]
    public async Task A_run_whose_documents_cannot_be_kept_has_made_its_invoices()
    {
        await using var store = new MemoryStore();
        var sideDocuments = new FailingSideDocuments(MemorySideDocuments.Of(store));
        await using var ledger = await OpenAsync(store, sideDocuments);
        await MonthEnd.PrepareAsync(ledger, 2, 1);
        sideDocuments.TakesNoInvoices = true;
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => RunAsync(ledger));
        sideDocuments.TakesNoInvoices = false;
        Assert.All((await RunAsync(ledger)).Invoices, invoice => Assert.True(invoice.Replayed));
        Assert.NotNull(await sideDocuments.GetAsync("invoice:2026-000002", Cancellation));
    }

    [Fact]
    public async Task A_run_that_ends_between_two_blocks_has_decided_something()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store, null)) await MonthEnd.PrepareAsync(ledger, 2, 1);
        // The first block has what recurs, the second one would have the invoices.
        await using var dying = await OpenAsync(new DyingStore(store, 1, false), MemorySideDocuments.Of(store));
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => RunAsync(dying));
    }

    [Fact]
    public async Task A_run_that_decided_nothing_says_that_the_store_is_away()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store, null)) await MonthEnd.PrepareAsync(ledger, 2, 1);
        await using var dying = await OpenAsync(new DyingStore(store, 0, false), MemorySideDocuments.Of(store));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RunAsync(dying));
    }

    private static SellerRequest Seller { get; } = new()
    {
        Id = "seller", TaxRates = ["19"],
        Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" },
    };

    private static CustomerRequest Customer { get; } = new()
    {
        Id = "customer", Customer = "ann", Party = new Party { Name = "Ann", Country = "DE" },
    };

    private static Task<InvoiceRun> RunAsync(LocalLedger ledger) => ledger.Billing.InvoiceAsync(
        new InvoiceRunRequest { Id = "r", Through = MonthEnd.Through, Date = new DateOnly(2026, 11, 1) },
        null, Cancellation);

    private static Task<LocalLedger> OpenAsync(IStore store, ISideDocuments? sideDocuments) => LocalLedger.OpenAsync(
        "unread", store, null, new LedgerOptions { SideDocuments = sideDocuments }, Cancellation);
}
