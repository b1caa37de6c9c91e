using Settle.Billing.Rules;
using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// Whether a credit note could be sent, asked before there is one, as <see cref="RunRules"/> asks
/// it of invoices. What the decision would refuse is left to it.
/// </summary>
internal sealed class CreditRules(LedgerReader reader, InvoiceFinder invoices)
{
    private BillingBook Book => reader.State.Book.Billing;

    /// <returns>The invoice to be credited; null where it was not asked for.</returns>
    /// <exception cref="InvoiceRuleException">It could not be sent.</exception>
    public async Task<Invoice?> CheckAsync(
        CreditRequest request, long? minor, DateOnly day, CancellationToken cancellation)
    {
        await reader.RefreshAsync().ConfigureAwait(false);
        // What is decided already, here or by another process, is not asked again.
        if (request.Id is { } id
            && await reader.RecallAsync(id, cancellation).ConfigureAwait(false) is not null)
            return null;
        var parts = await reader.ReadAsync(() => Parts(request, minor), cancellation)
            .ConfigureAwait(false);
        if (parts is not var (taxes, rounding)) return null;
        var invoice = (await invoices.FindAsync(request.Invoice, cancellation)
            .ConfigureAwait(false))!;
        // The rules know the currencies of ISO 4217 only.
        if (!Iso4217.TryGetScale(invoice.Asset, out _)) return invoice;
        var likely = InvoiceViews.CreditNote(invoice, day, taxes, rounding) with
        {
            Note = request.Reason,
        };
        foreach (var violation in EnRules.Check(ElectronicInvoice.Of(likely)))
        {
            if (violation.Severity != RuleSeverity.Fatal) continue;
            throw new InvoiceRuleException($"a credit note of this amount for {request.Invoice} "
                + $"cannot be sent and got no number: {violation}");
        }
        return invoice;
    }

    // Null where the decision says no, or is to say it.
    private (TaxSum[] Taxes, long Rounding)? Parts(CreditRequest request, long? minor)
    {
        var number = Book.FindInvoice(Encoding.UTF8.GetBytes(request.Invoice ?? ""));
        if (number < 0 || number >= Book.Invoices.DurableCount) return null;
        var row = Book.Invoices.Durable(number);
        var amount = minor ?? row.Creditable;
        return row.IsCreditNote || amount <= 0 || amount > row.Creditable ? null
            : CreditParts.Of(Book, row, amount);
    }
}
