using System.Text;
using Settle.Billing.Rules;
using Settle.Local;

namespace Settle.Billing;

/// <summary>
/// Whether a credit note could be sent, asked before there is one, as <see cref="RunRules"/> asks
/// it of invoices. What the decision would refuse is left to it.
/// </summary>
internal sealed class CreditRules(LocalLedger ledger, InvoiceViews views)
{
    private BillingBook Book => ledger.State.Book.Billing;

    /// <exception cref="InvoiceRuleException">It could not be sent.</exception>
    public async Task CheckAsync(
        CreditRequest request, DateOnly day, CancellationToken cancellation)
    {
        await ledger.RefreshAsync().ConfigureAwait(false);
        // What is decided already, here or by another process, is not asked again.
        if (request.Id is { } id
            && await ledger.RecallAsync(id, cancellation).ConfigureAwait(false) is not null)
            return;
        var parts = await ledger.ReadAsync(() => Parts(request), cancellation)
            .ConfigureAwait(false);
        if (parts is not var (taxes, rounding)) return;
        var invoice = (await views.FindAsync(request.Invoice, cancellation).ConfigureAwait(false))!;
        // The rules know the currencies of ISO 4217 only.
        if (!Iso4217.TryGetScale(invoice.Asset, out _)) return;
        var likely = ElectronicInvoice.Of(Likely(request, day, invoice, taxes, rounding));
        foreach (var violation in EnRules.Check(likely))
        {
            if (violation.Severity != RuleSeverity.Fatal) continue;
            throw new InvoiceRuleException($"a credit note of this amount for {request.Invoice} "
                + $"cannot be sent and got no number: {violation}");
        }
    }

    // Null where the decision says no, or is to say it.
    private (TaxSum[] Taxes, long Rounding)? Parts(CreditRequest request)
    {
        var number = Book.FindInvoice(Encoding.UTF8.GetBytes(request.Invoice ?? ""));
        if (number < 0 || number >= Book.Invoices.DurableCount) return null;
        var row = Book.Invoices.Durable(number);
        var amount = request.Amount ?? row.Creditable;
        return row.IsCreditNote || amount <= 0 || amount > row.Creditable ? null
            : CreditParts.Of(Book, row, amount);
    }

    private static Invoice Likely(CreditRequest request, DateOnly day, Invoice invoice,
        TaxSum[] taxes, long rounding)
    {
        var (net, tax) = (taxes.Sum(part => part.Net), taxes.Sum(part => part.Tax));
        return invoice with
        {
            Kind = "credit_note",
            Date = day,
            Due = day,
            Corrects = invoice.Number,
            CorrectsDate = invoice.Date,
            Note = request.Reason,
            Lines = InvoiceViews.IsWhole(net, tax, invoice) ? invoice.Lines
                : InvoiceLines.OfPart(invoice.Number, day, taxes, invoice.Scale),
            Taxes = [.. taxes.Select(part => InvoiceLines.Tax(part, invoice.Buyer.Language))],
            Net = net,
            Tax = tax,
            Rounding = rounding,
            Amount = net + tax + rounding,
        };
    }
}
