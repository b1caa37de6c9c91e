namespace Settle.Billing;

/// <summary>Money from a customer, or a debt given up (B9, B11).</summary>
internal sealed class PaymentKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        if (request.Reference.IsEmpty) CheckReference(batch, "customer", terms.Customer);
        else CheckNumber(batch, request.Reference);
        if (!request.Reference.IsEmpty && !terms.Customer.IsEmpty)
            throw new InvalidRequestException(
                "customer", "cannot be combined with invoice, which names its customer");
        Amounts.Check("amount", request.Amount);
        CheckDay("date", terms.Date);
        if (!request.From.IsEmpty) CheckOwn(batch, "from", request.From);
        if (terms.IsWriteOff && !request.From.IsEmpty)
            throw new InvalidRequestException(
                "from", "cannot be combined with write_off, for which nobody pays");
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var billing = decider.Billing;
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var invoice = -1;
        if (!request.Reference.IsEmpty)
        {
            invoice = billing.FindInvoice(batch.Bytes(request.Reference));
            if (invoice < 0 || billing.Invoices[invoice].IsCreditNote)
                return RefusalCode.InvoiceNotFound;
            var account = billing.Accounts[billing.Invoices[invoice].Account];
            decider.FillAsset(batch, ref request, ref terms, account.Asset);
            if (decider.Assets.Find(batch.Bytes(request.Asset)) != account.Asset)
                return RefusalCode.AssetDiffers;
            if (terms.IsWriteOff && request.Amount > billing.Invoices[invoice].Open)
                return RefusalCode.ExceedsInvoice;
            if (terms.IsWriteOff && !MayBeWrittenOff(decider, billing.Invoices[invoice]))
                return RefusalCode.DepositNotWrittenOff;
            terms.Customer = batch.Append(billing.CustomerNameBytes(account.Customer));
        }
        else
        {
            var customer = billing.FindCustomer(batch.Bytes(terms.Customer));
            if (customer < 0) return RefusalCode.UnknownCustomer;
            decider.FillAsset(batch, ref request, ref terms, billing.Customers[customer].Asset);
        }
        var (taken, received) = (new List<TakenDiscount>(), new List<TakenDiscount>());
        var left = Allocate(decider, batch, request, ref terms, invoice, taken, received);
        if (terms.IsWriteOff && left > 0)
        {
            terms.Allocations = default;
            return RefusalCode.ExceedsInvoice;
        }
        // A payment may come before its invoice, but what is not owed yet cannot be written off.
        if (terms.IsWriteOff && IsBefore(LastDay(billing, batch, terms), decider, ref terms))
        {
            terms.Allocations = default;
            return RefusalCode.WriteOffBeforeInvoice;
        }
        var source = terms.IsWriteOff ? batch.Append(BillingAccounts.WriteOffs)
            : request.From.IsEmpty ? batch.Append("@world"u8) : request.From;
        BillingDecider.Post(batch, ref request, source,
            BillingDecider.Receivable(batch, terms.Customer), request.Amount, isOpposite: false);
        foreach (var discount in taken)
        {
            BillingDecider.AddPostings(
                batch, ref request, terms.Customer, discount, isTaken: true);
        }
        foreach (var deposit in received) DepositParts.PostDue(batch, ref request, deposit);
        terms.Deposits = DepositParts.Append(decider, batch, received);
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var customer = book.FindCustomer(batch.Bytes(terms.Customer));
        var account = book.AccountOf(customer, book.Assets.Find(batch.Bytes(entry.Asset)));
        var left = entry.Amount;
        foreach (var (number, amount) in BillingJson.ReadAllocations(
            batch.Bytes(terms.Allocations)))
        {
            ref var invoice = ref book.Invoices.Touch(book.FindInvoice(number));
            if (!terms.IsWriteOff) invoice.Paid += amount;
            else if (invoice.SettledBy == 0) invoice.WrittenOff += amount;
            else book.WriteOffSettled(ref invoice, amount);
            left -= amount;
        }
        foreach (var discount in BillingJson.ReadDiscounted(batch.Bytes(terms.Discounted)))
            book.TakeDiscount(discount);
        if (left != 0) book.AddCredit(account, left, terms.Date);
        book.SkipPaid(account);
    }

    // A deposit that an invoice settles is for work that was done. Before version 13 no deposit
    // was written off.
    private static bool MayBeWrittenOff(BillingDecider decider, in InvoiceRow row) =>
        !row.IsDeposit || (row.SettledBy > 0 && decider.Follows(13));

    /// <summary>The latest day of the invoices that it is shared among.</summary>
    private static int LastDay(BillingBook billing, RequestBatch batch, in BillingTerms terms)
    {
        var last = 0;
        foreach (var (number, _) in BillingJson.ReadAllocations(batch.Bytes(terms.Allocations)))
            last = int.Max(last, billing.Invoices[billing.FindInvoice(number)].Date);
        return last;
    }

    /// <summary>Shares a payment among invoices; how much is left over.</summary>
    private static long Allocate(BillingDecider decider, RequestBatch batch, in Request request,
        ref BillingTerms terms, int invoice, List<TakenDiscount> taken,
        List<TakenDiscount> received)
    {
        var (billing, json) = (decider.Billing, decider.Json);
        var (left, parts) = (request.Amount, new List<(int Invoice, long Amount)>());
        var (isPayment, day) = (!terms.IsWriteOff, terms.Date);
        if (invoice >= 0)
        {
            Pay(invoice, mayDeduct: true);
        }
        else
        {
            var customer = billing.FindCustomer(batch.Bytes(terms.Customer));
            var account = billing.FindAccount(
                customer, decider.Assets.Find(batch.Bytes(request.Asset)));
            var at = account < 0 ? -1 : billing.Accounts[account].FirstUnpaid;
            var deducting = isPayment
                ? CashDiscounts.Count(billing, at, request.Amount, day) : 0;
            for (; at >= 0 && left > 0 && parts.Count < Limits.AllocationsMax;
                at = billing.Invoices[at].Next)
                Pay(at, mayDeduct: parts.Count < deducting);
        }
        if (parts.Count == 0) return left;
        json.Clear();
        for (var i = 0; i < parts.Count; i++)
        {
            BillingJson.WriteAllocation(json, i == 0,
                billing.NumberOf(billing.Invoices[parts[i].Invoice]), parts[i].Amount);
        }
        json.Raw("]"u8);
        terms.Allocations = batch.Append(json.Written);
        terms.Discounted = CashDiscounts.Append(decider, batch, taken);
        foreach (var (number, amount) in parts)
        {
            ref readonly var row = ref billing.Invoices[number];
            if (row.IsUnsettled)
                received.Add(DepositParts.ChangeOf(billing, row, row.Paid + amount));
        }
        return left;

        void Pay(int number, bool mayDeduct)
        {
            ref readonly var row = ref billing.Invoices[number];
            if (!isPayment && row.Open > 0 && !MayBeWrittenOff(decider, row)) return;
            var allowed = !mayDeduct || !isPayment ? 0
                : invoice >= 0 ? CashDiscounts.Of(billing, row, left, day)
                : CashDiscounts.Allowed(billing, row, day);
            var amount = long.Min(left, row.Open - allowed);
            if (amount == 0) return;
            parts.Add((number, amount));
            left -= amount;
            if (allowed > 0) taken.Add(CashDiscounts.Taken(decider, row, allowed));
        }
    }
}
