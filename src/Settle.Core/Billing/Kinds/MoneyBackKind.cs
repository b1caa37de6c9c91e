namespace Settle.Billing;

/// <summary>Money that goes back: what refunds and charge-backs have in common (B13).</summary>
internal abstract class MoneyBackKind : BillingKind
{
    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var customer = book.FindCustomer(batch.Bytes(terms.Customer));
        var account = book.AccountOf(customer, book.Assets.Find(batch.Bytes(entry.Asset)));
        var ofCredit = entry.Amount;
        foreach (var discount in BillingJson.ReadDiscounted(batch.Bytes(terms.Discounted)))
            book.LoseDiscount(discount);
        foreach (var (number, amount) in BillingJson.ReadAllocations(
            batch.Bytes(terms.Allocations)))
        {
            book.Reopen(book.FindInvoice(number), amount);
            ofCredit -= amount;
        }
        if (ofCredit != 0) book.Accounts.Touch(account).Credit -= ofCredit;
        if (entry.Reference.IsEmpty) return;
        ref var taken = ref book.TouchTakenBack(batch.Bytes(entry.Reference));
        taken.Amount += entry.Amount;
        taken.OfCredit += ofCredit;
    }

    /// <summary>A payment that brought money; null where no such one was made.</summary>
    protected static RecalledEntry? FindPayment(
        BillingDecider decider, RequestBatch batch, in Request request) =>
        decider.History.FindEntry(batch.Bytes(request.Reference))
            is { Entry: { Kind: EntryKind.Payment, Refusal: RefusalCode.None } } payment
            && !payment.Batch.Billing(payment.Entry).IsWriteOff ? payment : null;

    /// <summary>
    /// Fills in which invoices are open again, and what moves: from the customer's debt to where
    /// the payment came from, if nobody says where else.
    /// </summary>
    protected static void Fill(BillingDecider decider, RequestBatch batch, ref Request request,
        ref BillingTerms terms, MoneyBack back, RecalledEntry? payment)
    {
        if (back.Reopened.Count > 0)
        {
            decider.Json.Clear();
            for (var i = 0; i < back.Reopened.Count; i++)
            {
                var (invoice, amount) = back.Reopened[i];
                BillingJson.WriteAllocation(decider.Json, i == 0,
                    decider.Billing.NumberOf(decider.Billing.Invoices[invoice]), amount);
            }
            decider.Json.Raw("]"u8);
            terms.Allocations = batch.Append(decider.Json.Written);
        }
        // An invoice that is not paid in time after all has no discount.
        var lost = new List<TakenDiscount>();
        foreach (var (invoice, _) in back.Reopened)
        {
            ref readonly var row = ref decider.Billing.Invoices[invoice];
            if (row.Discounted > 0) lost.Add(CashDiscounts.Of(decider.Billing, row));
        }
        terms.Discounted = CashDiscounts.Append(decider, batch, lost);
        var to = !request.To.IsEmpty ? request.To
            : payment is { Entry.From.IsEmpty: false }
                ? batch.Append(payment.Batch.Bytes(payment.Entry.From)) : batch.Append("@world"u8);
        BillingDecider.Post(batch, ref request,
            BillingDecider.Receivable(batch, terms.Customer), to, request.Amount,
            isOpposite: false);
        foreach (var discount in lost)
        {
            BillingDecider.AddPostings(
                batch, ref request, terms.Customer, discount, isTaken: false);
        }
        var returned = new List<TakenDiscount>();
        foreach (var (invoice, amount) in back.Reopened)
        {
            ref readonly var row = ref decider.Billing.Invoices[invoice];
            if (row.IsUnsettled)
                returned.Add(DepositParts.ChangeOf(decider.Billing, row, row.Paid - amount));
        }
        foreach (var deposit in returned) DepositParts.PostDue(batch, ref request, deposit);
        terms.Deposits = DepositParts.Append(decider, batch, returned);
    }

    protected static bool IsBefore(
        RecalledEntry payment, BillingDecider decider, ref BillingTerms terms) =>
        IsBefore(payment.Batch.Billing(payment.Entry).Date, decider, ref terms);

    protected static void CheckPayment(RequestBatch batch, Slice payment) =>
        Texts.CheckName("payment", batch.Bytes(payment), Limits.IdBytesMax);
}
