using System.Text.Json;
using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>
/// A month that is copied into a fresh store, its end with a fault at one call, and what must be there
/// once another run was made: the same as without the fault.
/// </summary>
internal sealed class RunSteps
{
    private readonly List<Document> _blocks = [];
    private readonly List<Document> _parties = [];
    private List<string> _expected = [];

    /// <summary>How many calls a run makes that nothing disturbs, opening the ledger included.</summary>
    public int Count { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RunSteps> PrepareAsync()
    {
        var steps = new RunSteps();
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store)) await MonthEnd.PrepareAsync(ledger, 5, 3);
        steps._blocks.AddRange(
            await store.ReadAsync("block:", "block:~", int.MaxValue, CancellationToken.None));
        var sideDocuments = MemorySideDocuments.Of(store);
        await foreach (var paper in sideDocuments.ListAsync("profile:", CancellationToken.None))
            steps._parties.Add(paper);
        await using var undisturbed = new MemoryStore();
        await using var beside = new MemorySideDocuments();
        await steps.FillAsync(undisturbed, beside);
        var counted = new Steps();
        await using (var ledger = await OpenAsync(new StepStore(undisturbed, beside, counted)))
        {
            await RunAsync(ledger, "r1");
            steps.Count = counted.Count;
            steps._expected = await TellAsync(ledger);
        }
        return steps;
    }

    /// <summary>Ends a run at a call, or loses its answer, and makes another one.</summary>
    public async Task TryAsync(IStore store, ISideDocuments sideDocuments, int step, StepFault fault)
    {
        await FillAsync(store, sideDocuments);
        var steps = new Steps(step, fault);
        var ended = await Record.ExceptionAsync(async () =>
        {
            await using var ledger = await OpenAsync(new StepStore(store, sideDocuments, steps));
            await RunAsync(ledger, "r1");
        });
        var told = $"{fault} at call {step} of {Count}: {ended}";
        // A store that keeps no copies of other sites' blocks is not asked for them.
        Assert.True(steps.HasFailed || !store.KeepsCopies, told);
        Assert.True(ended is null or StoreUnavailableException or OutcomeUnknownException, told);
        await using var again = await OpenAsync(new StepStore(store, sideDocuments, new Steps()));
        // The same run again, or the next one: both finish it.
        await RunAsync(again, step % 2 == 0 ? "r1" : "r2");
        Assert.True(_expected.SequenceEqual(await TellAsync(again)), told);
        await MonthEnd.AssertBilledOnceAsync(again, store);
        Assert.Empty((await RunAsync(again, "r3")).Invoices);
        Assert.DoesNotContain(
            (await again.Billing.ListChargesAsync(new ChargeQuery { Uninvoiced = true })).Items,
            charge => charge.Date <= MonthEnd.Through);
        await AssertDocumentsAsync(again, sideDocuments, told);
    }

    // Each invoice has its document, and it says what the invoice says.
    private static async Task AssertDocumentsAsync(LocalLedger ledger, ISideDocuments sideDocuments, string told)
    {
        foreach (var summary in await MonthEnd.InvoicesAsync(ledger))
        {
            var paper = await sideDocuments.GetAsync("invoice:" + summary.Number, CancellationToken.None);
            Assert.True(paper is not null, $"{summary.Number} has no document, {told}");
            using var document = JsonDocument.Parse(paper.Value);
            var invoice = (await ledger.Billing.GetInvoiceAsync(summary.Number))!;
            Assert.Equal(invoice.InvoicedCharges, document.RootElement
                .GetProperty("invoiced_charges").EnumerateArray().Select(id => id.GetString()));
            Assert.Equal(invoice.Buyer.Name,
                document.RootElement.GetProperty("buyer").GetProperty("name").GetString());
        }
    }

    private async Task FillAsync(IStore store, ISideDocuments sideDocuments)
    {
        await sideDocuments.CreateAsync(_parties, CancellationToken.None);
        foreach (var block in _blocks)
            await store.CreateAsync(block.Id, block.Body, CancellationToken.None);
    }

    private static async Task<List<string>> TellAsync(LocalLedger ledger)
    {
        var told = new List<string>();
        foreach (var summary in await MonthEnd.InvoicesAsync(ledger))
        {
            var invoice = (await ledger.Billing.GetInvoiceAsync(summary.Number))!;
            told.Add($"{invoice.Number} {invoice.Customer} {invoice.Date} {invoice.Net} {invoice.Tax} "
                + $"{invoice.Rounding} {string.Join(',', invoice.InvoicedCharges)}");
        }
        return told;
    }

    private static Task<InvoiceRun> RunAsync(LocalLedger ledger, string id) => ledger.Billing.InvoiceAsync(
        new InvoiceRunRequest { Id = id, Through = MonthEnd.Through, Date = new DateOnly(2026, 11, 1) },
        null, Cancellation);

    private static Task<LocalLedger> OpenAsync(IStore store) => LocalLedger.OpenAsync(
        "month", store, null, new LedgerOptions(), Cancellation);
}
