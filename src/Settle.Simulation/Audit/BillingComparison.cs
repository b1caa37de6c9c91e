using Settle.Local;

namespace Settle.Simulation;

/// <summary>What a ledger shows of its billing against the auditor's books.</summary>
internal sealed class BillingComparison(Auditor auditor, LocalLedger ledger)
{
    private readonly BillingBooks _books = auditor.Billing;

    public async Task<Violation?> CompareAsync() =>
        await CompareInvoicesAsync().ConfigureAwait(false)
            ?? await CompareChargesAsync().ConfigureAwait(false);

    private async Task<Violation?> CompareInvoicesAsync()
    {
        var page = await ledger.Billing.ListInvoicesAsync(new InvoiceQuery { Limit = 1000 })
            .ConfigureAwait(false);
        if (page.Items.Count != _books.Numbered.Count)
            return new("state", $"the ledger has {page.Items.Count} invoices and credit notes");
        foreach (var shown in page.Items.Where(shown => shown.Kind == InvoiceType.Invoice))
        {
            var known = _books.Invoices[shown.Number];
            if (shown.Open.Units != known.Open)
                return new("state", $"{shown.Number} has {shown.Open} open, not {known.Open}");
        }
        return null;
    }

    private async Task<Violation?> CompareChargesAsync()
    {
        var open = await ledger.Billing.ListChargesAsync(
            new ChargeQuery { Limit = 1000, Uninvoiced = true }).ConfigureAwait(false);
        if (!open.Items.Select(charge => charge.Id).Order(StringComparer.Ordinal)
            .SequenceEqual(_books.Open.Select(charge => charge.Id).Order(StringComparer.Ordinal)))
            return new("state", "the ledger shows other charges as open");
        foreach (var charge in _books.Charges.Values)
        {
            var shown = await ledger.Billing.GetChargeAsync(charge.Id).ConfigureAwait(false);
            if ((shown?.Invoice ?? "") != charge.Invoice)
                return new("state",
                    $"{charge.Id} is shown on {shown?.Invoice}, not {charge.Invoice}");
        }
        return null;
    }
}
