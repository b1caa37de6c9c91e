namespace Settle.Billing;

/// <summary>An open invoice from another program (B19).</summary>
internal sealed class OpeningKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckReference(batch, "customer", terms.Customer);
        Texts.CheckName("number", batch.Bytes(terms.Number), Limits.OldNumberBytesMax);
        CheckDay("date", terms.Date);
        CheckDay("due", terms.Due);
        if (terms.Due < terms.Date)
            throw new InvalidRequestException("due", "must not be before date");
        Amounts.Check("open", request.Amount);
        if (terms.Gross == 0) return;
        Amounts.Check("amount", terms.Gross);
        if (terms.Gross <= request.Amount)
        {
            throw new InvalidRequestException(
                "open", "must not be more than amount, which is all that the invoice came to");
        }
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var customer = billing.FindCustomer(batch.Bytes(terms.Customer));
        if (customer < 0) return RefusalCode.UnknownCustomer;
        decider.FillAsset(batch, ref request, ref terms, billing.Customers[customer].Asset);
        if (billing.IsTaken(batch.Bytes(terms.Number), seller, decider.Follows))
            return RefusalCode.NumberTaken;
        var account = billing.FindAccount(
            customer, decider.Assets.Find(batch.Bytes(request.Asset)));
        terms.Paid = account < 0 ? 0
            : long.Clamp(billing.Accounts[account].Credit, 0, request.Amount);
        BillingDecider.Post(batch, ref request, BillingDecider.Receivable(batch, terms.Customer),
            batch.Append(BillingAccounts.OpeningBalances), request.Amount, isOpposite: false);
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var account = book.AccountOf(book.FindCustomer(batch.Bytes(terms.Customer)),
            book.Assets.Find(batch.Bytes(entry.Asset)));
        book.AddUnnumbered(batch.Bytes(terms.Number), new InvoiceRow
        {
            Location = location,
            Account = account,
            Amount = entry.Amount,
            Gross = long.Max(terms.Gross, entry.Amount),
            Date = terms.Date,
            Due = terms.Due,
            Paid = terms.Paid,
            FirstTax = book.Taxes.Count,
            Corrects = -1,
            LastCredit = -1,
            Next = -1,
        });
        if (terms.Paid > 0) book.Accounts.Touch(account).Credit -= terms.Paid;
    }
}
