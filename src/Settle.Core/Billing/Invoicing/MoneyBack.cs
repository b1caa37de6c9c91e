namespace Settle.Billing;

/// <summary>
/// Where money that goes back comes from (B13): first what the payment had left over, then the
/// invoices that it paid, the last one first, then whatever else the customer has paid, the newest
/// first. Pure.
/// </summary>
internal sealed class MoneyBack(BillingBook billing, int account)
{
    private readonly List<(int Invoice, long Amount)> _reopened = [];
    private long _credit = long.Max(0, billing.Accounts[account].Credit);

    /// <summary>The invoices that are open again, and by how much.</summary>
    public IReadOnlyList<(int Invoice, long Amount)> Reopened => _reopened;

    /// <summary>Minor units that the customer has not paid, or no longer.</summary>
    public long Missing { get; private set; }

    /// <summary>Takes what the customer has paid too much.</summary>
    public void TakeCredit(long amount)
    {
        Missing = amount;
        UseCredit(amount);
    }

    /// <summary>Takes back a payment, or a part of it.</summary>
    public void TakePayment(RecalledEntry payment, in TakenBack before, long amount)
    {
        Missing = amount;
        var allocations = BillingJson.ReadAllocations(
            payment.Batch.Bytes(payment.Batch.Billing(payment.Entry).Allocations));
        var leftOver = payment.Entry.Amount;
        foreach (var part in allocations) leftOver -= part.Amount;
        UseCredit(leftOver - before.OfCredit);
        var taken = before.Amount - before.OfCredit;
        for (var i = allocations.Count - 1; i >= 0; i--)
        {
            var (number, paid) = allocations[i];
            var skipped = long.Min(taken, paid);
            taken -= skipped;
            Open(billing.FindInvoice(number), paid - skipped);
        }
        UseCredit(long.MaxValue);
        if (Missing > 0) OpenNewest();
    }

    private void UseCredit(long max)
    {
        var part = long.Clamp(Missing, 0, long.Max(0, long.Min(max, _credit)));
        _credit -= part;
        Missing -= part;
    }

    private void Open(int invoice, long max)
    {
        var at = _reopened.FindIndex(part => part.Invoice == invoice);
        var before = at < 0 ? 0 : _reopened[at].Amount;
        var part = long.Min(long.Min(Missing, max), billing.Invoices[invoice].Paid - before);
        if (part <= 0 || (at < 0 && _reopened.Count == Limits.AllocationsMax)) return;
        if (at < 0) _reopened.Add((invoice, part));
        else _reopened[at] = (invoice, before + part);
        Missing -= part;
    }

    private void OpenNewest()
    {
        var paid = new List<int>();
        var first = billing.Accounts[account].FirstInvoice;
        for (var at = first; at >= 0; at = billing.Invoices[at].Next)
            if (billing.Invoices[at].Paid > 0) paid.Add(at);
        for (var i = paid.Count - 1; i >= 0 && Missing > 0; i--) Open(paid[i], long.MaxValue);
    }
}
