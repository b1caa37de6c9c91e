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
                ParkedCustomer? fault = null;
                foreach (var sums in drafts[i])
                {
                    fault ??= await CheckAsync(
                        chunk[i].Customer, chunk[i].Asset, sums, cancellation)
                        .ConfigureAwait(false);
                }
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
        var (sellerHash, buyerHash) = await reader.ReadAsync(() => (
            Book.DurableSeller!.Profile,
            Book.Customers.Durable(Book.FindCustomer(Encoding.UTF8.GetBytes(customer))).Profile),
            cancellation)
            .ConfigureAwait(false);
        _seller ??= await profiles.GetAsync(sellerHash, cancellation).ConfigureAwait(false);
        var buyer = await profiles.GetAsync(buyerHash, cancellation).ConfigureAwait(false);
        // The rules know the currencies of ISO 4217 only.
        if (!Iso4217.TryGetScale(asset, out var scale)) return null;
        if (_seller is null || buyer is null)
        {
            return Parked("customer_erased", _seller is null
                ? "the seller's name and address are not here; set the seller again"
                : "the customer's name and address were erased; put the customer again");
        }
        var likely = ElectronicInvoice.Of(
            Likely(customer, new AssetState(asset, scale), sums, buyer));
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
    private List<InvoiceSums> Draft(RunTarget target)
    {
        var items = Book.OpenNow(target.Account)
            .Where(at => Book.Charges[at].Date <= plan.Through)
            .Select(at => Book.Charges[at].Item).ToArray();
        var treatment =
            Book.Customers.Durable(Book.Accounts[target.Account].Customer).TreatmentOrNone;
        return [.. InvoiceMaker.Separate(items, treatment, item => item)
            .Select(part => InvoiceMaker.Make(part, treatment)).OfType<InvoiceSums>()];
    }

    private Invoice Likely(
        string customer, AssetState asset, InvoiceSums sums, Party buyer) => new()
    {
        Kind = InvoiceType.Invoice,
        Number = "1",
        Id = plan.Id,
        Date = plan.Date,
        Due = plan.Date,
        Through = plan.Request.Through,
        Scale = asset.Scale,
        Customer = customer,
        Seller = _seller!,
        Buyer = buyer,
        Lines = [.. sums.Taxes.Select(tax => new InvoiceLine
        {
            Charge = "1",
            Description = "1",
            Date = plan.Date,
            Quantity = 1,
            UnitPrice = tax.Net / (decimal)Scaled.PowerOfTen(asset.Scale),
            Discount = asset.Of(0),
            Net = asset.Of(tax.Net),
            Category = tax.Term.Code,
            Rate = tax.Term.Rate / (decimal)Scaled.PowerOfTen(TaxTerm.RateDecimals),
        })],
        Taxes = [.. sums.Taxes.Select(tax => LinesOfInvoice.Tax(tax, asset, buyer.Language))],
        Net = asset.Of(sums.Net),
        Tax = asset.Of(sums.Tax),
        Rounding = asset.OrNone(sums.Rounding),
        Amount = asset.Of(sums.Amount),
        Paid = asset.Of(0),
        Open = asset.Of(sums.Amount),
        Status = InvoiceStatus.Open,
        InvoicedCharges = [],
        Block = 0,
    };
}
