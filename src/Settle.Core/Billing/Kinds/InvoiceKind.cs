namespace Settle.Billing;

/// <summary>A customer's open charges, billed (B1 to B6).</summary>
internal sealed class InvoiceKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckReference(batch, "customer", terms.Customer);
        CheckDay("date", terms.Date);
        CheckDay("through", terms.Through);
        if (BillingJson.ReadTexts(batch.Bytes(terms.Settles)) is { Count: > Limits.SettlesMax })
            throw new InvalidRequestException("settles", $"must be at most {Limits.SettlesMax}");
        if (terms.RatePair.IsEmpty) return;
        CheckDay("rates.date", terms.RateDate);
        TaxConversion.Check(batch, terms);
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        var (billing, picked) = (decider.Billing, new List<int>());
        if (billing.Seller is not { } seller) return RefusalCode.SellerMissing;
        var number = billing.FindCustomer(batch.Bytes(terms.Customer));
        if (number < 0) return RefusalCode.UnknownCustomer;
        var asset = decider.Assets.Find(batch.Bytes(request.Asset));
        var account = asset < 0 ? -1 : billing.FindAccount(number, asset);
        if (account < 0) return RefusalCode.NothingToInvoice;
        billing.Pick(account, terms.Through, picked);
        if (picked.Count == 0) return RefusalCode.NothingToInvoice;
        ref readonly var customer = ref billing.Customers[number];
        var treatment = Separate(decider, account, terms.Through, picked, customer);
        var items = new InvoiceItem[picked.Count];
        for (var i = 0; i < items.Length; i++) items[i] = billing.Charges[picked[i]].Item;
        if (InvoiceMaker.Make(items, treatment) is not { } sums)
            return RefusalCode.AmountOutOfRange;
        var isDeposit = items[0].IsDeposit;
        var refusal = Settle(decider, batch, terms, account,
            isDeposit ? 0 : sums.Amount, out var deposits);
        if (refusal != RefusalCode.None) return refusal;
        request.Amount = sums.Amount;
        (terms.Net, terms.TaxSum, terms.Rounding) = (sums.Net, sums.Tax, sums.Rounding);
        if (!terms.RatePair.IsEmpty)
        {
            if (TaxConversion.Of(batch, terms).Convert(
                sums.Tax, decider.Assets[asset].Scale) is not { } converted)
                return RefusalCode.AmountOutOfRange;
            terms.TaxConverted = converted;
        }
        terms.IsDeposit = isDeposit;
        terms.Taxes = decider.AppendTaxes(batch, sums.Taxes);
        terms.Charges = AppendIds(decider, batch, picked);
        terms.Amended = AppendAmended(decider, batch, picked);
        terms.Due = terms.Date + customer.TermsDays;
        var discounts = customer.Discounts >= 0 ? customer.Discounts : seller.Discounts;
        if (discounts > 0 && !terms.IsDeposit)
        {
            terms.CashDiscount =
                batch.Append("cash_discounts", billing.Discounts(discounts).Text);
        }
        terms.Paid = long.Clamp(billing.Accounts[account].Credit, 0,
            sums.Amount - deposits.Sum(deposit => deposit.Amount));
        terms.Number = batch.Append("number",
            billing.NextNumber(seller.SeriesOf(terms.Date, isCreditNote: false)));
        terms.Seller = AppendHash(batch, seller.Profile);
        terms.Buyer = AppendHash(batch, customer.Profile);
        if (!terms.IsDeposit)
        {
            BillingDecider.AddPostings(batch, ref request, terms, sums.Taxes, isCredit: false);
            Settlements.Post(batch, ref request, terms.Customer, deposits, isOpposite: true);
            terms.Deposits = DepositParts.Append(decider, batch, deposits);
            return RefusalCode.None;
        }
        DepositParts.Post(batch, ref request, terms.Customer, sums.Taxes, sums.Rounding,
            isOpposite: false);
        var received = DepositParts.Of(
            batch.Bytes(terms.Number).ToArray(), sums.Taxes, sums.Rounding, terms.Paid);
        DepositParts.PostDue(batch, ref request, received);
        terms.Deposits = DepositParts.Append(decider, batch, [received]);
        return RefusalCode.None;
    }

    // What is deducted was paid, with its tax, so there is nothing to tax again.
    private static RefusalCode Settle(BillingDecider decider, RequestBatch batch,
        in BillingTerms terms, int account, long amount, out List<TakenDiscount> deposits)
    {
        deposits = [];
        var numbers = BillingJson.ReadTexts(batch.Bytes(terms.Settles));
        if (numbers.Count == 0) return RefusalCode.None;
        if (Settlements.Of(decider.Billing, decider.Billing.Accounts[account].Customer, account,
            terms.Date, numbers, decider.Follows) is not { } settled)
            return RefusalCode.DepositNotSettleable;
        deposits = settled;
        return deposits.Sum(deposit => deposit.Amount) <= amount
            ? RefusalCode.None : RefusalCode.ExceedsInvoice;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var customer = book.FindCustomer(batch.Bytes(terms.Customer));
        var account = book.AccountOf(customer, book.Assets.Find(batch.Bytes(entry.Asset)));
        var ids = BillingJson.ReadTexts(batch.Bytes(terms.Charges));
        var picked = new List<int>(ids.Count);
        book.Pick(account, terms.Through, picked);
        var next = 0;
        foreach (var id in ids)
        {
            var at = next;
            while (at < picked.Count && !book.Charges.IdOf(picked[at]).SequenceEqual(id)) at++;
            if (at < picked.Count) next = at + 1;
            book.Charges.Bill(
                at < picked.Count ? picked[at] : Search(book, account, id), location.Height);
        }
        var number = book.Add(batch, entry, terms, new InvoiceRow
        {
            Location = location,
            Account = account,
            Due = terms.Due,
            Through = terms.Through,
            Discounts = book.DiscountsOf(batch.Text(terms.CashDiscount)),
            Charges = ids.Count,
            Paid = terms.Paid,
            IsDeposit = terms.IsDeposit,
            Corrects = -1,
        });
        if (!terms.Settles.IsEmpty && !terms.IsDeposit)
        {
            Settlements.Apply(book, number,
                BillingJson.ReadDiscounted(batch.Bytes(terms.Deposits)));
        }
        book.NoteRun(batch.Text(entry.Id), book.Invoices[number]);
        if (terms.Paid > 0) book.Accounts.Touch(account).Credit -= terms.Paid;
    }

    // Only what other rules than these picked has to be searched.
    private static int Search(BillingBook book, int account, ReadOnlySpan<byte> id) =>
        book.FindOpen(account, id) is var charge and >= 0 ? charge
            : throw new BrokenInvariantException(
                $"an invoice bills {Encoding.UTF8.GetString(id)}, which is not open");

    // What is out of scope of VAT stays so, and stands on an invoice of its own (BR-O-11). Before
    // version 6 it stood with the others; before version 8 a customer's treatment replaced it.
    private static TaxCategory? Separate(BillingDecider decider, int account, int through,
        List<int> picked, in CustomerState customer)
    {
        var (billing, treatment) = (decider.Billing, customer.TreatmentOrNone);
        var isDeposit = picked.TrueForAll(charge => billing.Charges[charge].IsDeposit);
        if (!isDeposit && picked.Exists(charge => billing.Charges[charge].IsDeposit))
            billing.Pick(account, through, picked, isDeposit: false);
        if (treatment == TaxCategory.OutOfScope) return treatment;
        var others = 0;
        foreach (var charge in picked)
            if (billing.Charges[charge].Tax.Category == TaxCategory.OutOfScope) others++;
        if (others == 0) return treatment;
        if (others == picked.Count)
            return treatment is not null && decider.Follows(8) ? null : treatment;
        if (!decider.Follows(treatment is null ? (byte)6 : (byte)8)) return treatment;
        billing.Pick(account, through, picked, hasOthers: false, isDeposit: isDeposit);
        return treatment;
    }

    private static Slice AppendAmended(
        BillingDecider decider, RequestBatch batch, List<int> picked)
    {
        var count = 0;
        decider.Json.Clear();
        foreach (var at in picked)
        {
            ref readonly var charge = ref decider.Billing.Charges[at];
            if (!charge.IsAmended) continue;
            var id = decider.Billing.Charges.IdOf(at).ToArray();
            BillingJson.WriteAmended(decider.Json, count++ == 0,
                new AmendedCharge(id, charge.Amount, charge.Date));
        }
        if (count == 0) return default;
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }

    private static Slice AppendIds(BillingDecider decider, RequestBatch batch, List<int> picked)
    {
        decider.Json.Clear();
        decider.Json.Raw("["u8);
        for (var i = 0; i < picked.Count; i++)
        {
            if (i > 0) decider.Json.Raw(","u8);
            decider.Json.String(decider.Billing.Charges.IdOf(picked[i]));
        }
        decider.Json.Raw("]"u8);
        return batch.Append(decider.Json.Written);
    }
}
