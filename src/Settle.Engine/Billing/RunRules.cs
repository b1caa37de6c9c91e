using System.Text;
using Settle.Billing.Rules;
using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// Whether an invoice could be sent, asked before there is one: names and addresses are not in the
/// chain, so the decision cannot say it. The lines of one tax are taken together; what a single
/// line must look like was asked when it was charged.
/// </summary>
internal sealed class RunRules(LedgerReader reader, Profiles profiles, RunPlan plan)
{
    private Party? _seller;

    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>The targets whose invoice may be sent; the others are parked.</summary>
    public async Task<List<RunTarget>> PassAsync(List<RunTarget> targets,
        List<ParkedCustomer> parked, CancellationToken cancellation)
    {
        var passed = new List<RunTarget>(targets.Count);
        foreach (var chunk in targets.Chunk(1000))
        {
            var drafts = await reader.ReadAsync(
                () => Array.ConvertAll(chunk, Draft), cancellation).ConfigureAwait(false);
            for (var i = 0; i < chunk.Length; i++)
            {
                var fault = drafts[i] is { } sums
                    ? await CheckAsync(chunk[i].Customer, chunk[i].Asset, sums, cancellation)
                        .ConfigureAwait(false)
                    : null;
                if (fault is null) passed.Add(chunk[i]);
                else parked.Add(fault);
            }
        }
        return passed;
    }

    /// <summary>Why an invoice cannot be sent; null when it can.</summary>
    public async Task<ParkedCustomer?> CheckAsync(string customer, string asset,
        InvoiceSums sums, CancellationToken cancellation)
    {
        var (sellerHash, buyerHash, scale) = await reader.ReadAsync(() => (
            Book.DurableSeller!.Profile,
            Book.Customers.Durable(Book.FindCustomer(Encoding.UTF8.GetBytes(customer))).Profile,
            reader.State.Book.Assets.ScaleOf(Encoding.UTF8.GetBytes(asset)) ?? 0), cancellation)
            .ConfigureAwait(false);
        _seller ??= await profiles.GetAsync(sellerHash, cancellation).ConfigureAwait(false);
        var buyer = await profiles.GetAsync(buyerHash, cancellation).ConfigureAwait(false);
        // The rules know the currencies of ISO 4217 only.
        if (!Iso4217.TryGetScale(asset, out _)) return null;
        if (_seller is null || buyer is null)
        {
            return Parked("customer_erased", _seller is null
                ? "the seller's name and address are not here; set the seller again"
                : "the customer's name and address were erased; put the customer again");
        }
        var likely = ElectronicInvoice.Of(Likely(customer, asset, scale, sums, buyer));
        foreach (var violation in EnRules.Check(likely))
        {
            if (violation.Severity != RuleSeverity.Fatal) continue;
            return Parked(violation.Rule, $"{violation.Field} {violation.Message}");
        }
        return null;

        ParkedCustomer Parked(string code, string reason) =>
            new() { Customer = customer, Asset = asset, Code = code, Reason = reason };
    }

    // Nothing is open when only a repeated run asks for it.
    private InvoiceSums? Draft(RunTarget target)
    {
        var items = Book.OpenNow(target.Account)
            .Where(at => Book.Charges[at].Date <= plan.Through)
            .Select(at => Book.Charges[at].Item).ToArray();
        var customer = Book.Accounts[target.Account].Customer;
        return items.Length == 0 ? null
            : InvoiceMaker.Make(items, Book.Customers.Durable(customer).TreatmentOrNone);
    }

    private Invoice Likely(
        string customer, string asset, int scale, InvoiceSums sums, Party buyer) => new()
    {
        Kind = "invoice",
        Number = "1",
        Id = plan.Id,
        Date = plan.Date,
        Due = plan.Date,
        Through = plan.Request.Through,
        Asset = asset,
        Scale = scale,
        Customer = customer,
        Seller = _seller!,
        Buyer = buyer,
        Lines = [.. sums.Taxes.Select(tax => new InvoiceLine
        {
            Charge = "1",
            Description = "1",
            Date = plan.Date,
            Quantity = 1,
            UnitPrice = tax.Net / (decimal)Scaled.PowerOfTen(scale),
            Net = tax.Net,
            Category = tax.Term.Code,
            Rate = tax.Term.Rate / (decimal)Scaled.PowerOfTen(TaxTerm.RateDecimals),
        })],
        Taxes = [.. sums.Taxes.Select(tax => LinesOfInvoice.Tax(tax, buyer.Language))],
        Net = sums.Net,
        Tax = sums.Tax,
        Rounding = sums.Rounding,
        Amount = sums.Amount,
        Paid = 0,
        Open = sums.Amount,
        Status = "open",
        InvoicedCharges = [],
        Block = 0,
    };
}
