using Settle.Local;
using Settle.Stores.Memory;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Quotes and their answers, ended at every block, and given by several at once.</summary>
public sealed class QuoteCrashTests
{
    private const string Number = "Q2026-000001";

    private static readonly DateOnly Day = new(2026, 11, 2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_ends_at_any_block_is_finished_by_the_same_requests(bool isWritten)
    {
        for (var block = 0; block < 3; block++)
        {
            await using var store = new MemoryStore();
            await using (var ledger = await OpenAsync(store)) await PrepareAsync(ledger);
            var dying = new DyingStore(store, block, isWritten);
            await using (var ledger = await OpenAsync(dying, MemorySideDocuments.Of(store)))
                Assert.NotNull(await Record.ExceptionAsync(() => TradeAsync(ledger)));
            await using (var ledger = await OpenAsync(store))
            {
                // Before the acceptance is there, nothing of it is open.
                var open = (await OpenChargesAsync(ledger)).Count;
                Assert.Equal(block == 2 && isWritten ? 3 : 0, open);
                await TradeAsync(ledger);
                await TradeAsync(ledger);
                Assert.Equal(["q1:1", "q1:2", "q1:3"], await OpenChargesAsync(ledger));
                var quote = Assert.Single((await ledger.Billing.ListQuotesAsync(new QuoteQuery(), Stop)).Items);
                Assert.Equal((Number, QuoteStatus.Accepted), (quote.Number, quote.Status));
            }
            Assert.Empty((await LedgerVerification.VerifyAsync(store, null, Stop)).Faults);
        }
    }

    [Fact]
    public async Task Of_many_who_answer_at_once_one_is_taken_and_the_lines_are_charged_once()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store)) await PrepareAsync(ledger);
        var ledgers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(store)));
        // They agree on the quote, which is theirs all together.
        var quotes = await Task.WhenAll(ledgers.Select(ledger => Task.Run(() => QuoteAsync(ledger), Stop)));
        Assert.All(quotes, quote => Assert.Equal(Number, quote.Number));
        var answers = await Task.WhenAll(ledgers.Select((ledger, i) => Task.Run(
            async () => await Record.ExceptionAsync(() => i % 2 == 0
                ? ledger.Billing.AcceptQuoteAsync(Number, new QuoteAnswerRequest { Id = $"a{i}", Date = Day }, Stop)
                : ledger.Billing.DeclineQuoteAsync(Number, new QuoteAnswerRequest { Id = $"a{i}", Date = Day }, Stop)), Stop)));
        Assert.Single(answers, error => error is null);
        Assert.All(answers.OfType<RejectedException>(), error =>
            Assert.True(error.Refusal is RefusalCode.QuoteAccepted or RefusalCode.QuoteDeclined));
        var isAccepted = answers[0] is null || answers[2] is null;
        Assert.Equal(isAccepted ? 3 : 0, (await OpenChargesAsync(ledgers[1])).Count);
        await Task.WhenAll(ledgers.Select((ledger, i) => ledger.Billing.InvoiceAsync(
            new InvoiceRunRequest { Id = $"r{i}", Through = new DateOnly(2026, 11, 30) }, null, Stop)));
        Assert.Equal(isAccepted ? 1 : 0, (await MonthEnd.InvoicesAsync(ledgers[0])).Count);
        foreach (var ledger in ledgers) await ledger.DisposeAsync();
    }

    private static async Task PrepareAsync(LocalLedger ledger)
    {
        await ledger.InitializeAsync("EUR", cancellationToken: Stop);
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" },
            Zone = "Europe/Berlin", TaxRates = ["19"], DefaultTax = "19",
        }, Stop);
        await ledger.Billing.PutCustomerAsync(
            new CustomerRequest { Customer = "ann", Party = new Party { Name = "Ann", Country = "DE" } }, Stop);
    }

    private static async Task TradeAsync(LocalLedger ledger)
    {
        await QuoteAsync(ledger);
        await ledger.Billing.AcceptQuoteAsync(Number, new QuoteAnswerRequest { Id = "a1", Date = Day }, Stop);
    }

    private static Task<Quote> QuoteAsync(LocalLedger ledger) => ledger.Billing.QuoteAsync(new QuoteRequest
    {
        Id = "q1", Customer = "ann", Date = Day,
        Lines = [.. Enumerable.Range(1, 3).Select(i => new QuoteLine { Amount = Minor(100 * i), Description = $"line {i}" })],
    }, Stop);

    private static async Task<List<string>> OpenChargesAsync(LocalLedger ledger) => await ledger.Billing
        .AllChargesAsync(new ChargeQuery { Uninvoiced = true }, Stop).Select(charge => charge.Id).ToListAsync(Stop);

    private static Task<LocalLedger> OpenAsync(Settle.Stores.IStore store, Settle.Stores.ISideDocuments? documents = null) =>
        LocalLedger.OpenAsync("quotes", store, null, new LedgerOptions { SideDocuments = documents }, Stop);
}
