namespace Settle.Billing;

/// <summary>Something to be billed.</summary>
internal sealed class ChargeKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckWhat(batch, terms);
        CheckDay("date", terms.Date);
        Amounts.Check("discount", terms.Discount, allowZero: true);
        if (!terms.Unit.IsEmpty
            && (terms.Unit.Length > 3 || !IsUnit(batch.Bytes(terms.Unit))))
        {
            throw new InvalidRequestException(
                "unit", "must be a UN/ECE code of at most 3 letters and digits, such as HUR");
        }
        if (!terms.HasUnitPrice)
        {
            Amounts.Check("amount", request.Amount);
            if (terms.Quantity != 0)
                throw new InvalidRequestException("unit_price", "is missing beside quantity");
            return;
        }
        if (request.Amount != 0)
            throw new InvalidRequestException(
                "amount", "cannot be combined with unit_price, which gives the amount");
        if (terms.Quantity is <= 0 or > Limits.QuantityMax * Scaled.One)
        {
            throw new InvalidRequestException("quantity",
                $"must be more than zero, at most {Limits.QuantityMax}");
        }
        if (terms.UnitPrice is < 0 or > Limits.UnitPriceMax * Scaled.One)
        {
            throw new InvalidRequestException("unit_price",
                $"must be 0 to {Limits.UnitPriceMax} in the major unit");
        }
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms)
    {
        if (request.FromPosition < 0) return RefusalCode.UnknownAsset;
        var refusal = decider.FillDefaults(batch, ref request, ref terms);
        if (refusal != RefusalCode.None || !terms.HasUnitPrice) return refusal;
        var scale = decider.Assets[decider.Assets.Find(batch.Bytes(request.Asset))].Scale;
        var amount = Price(terms.Quantity, terms.UnitPrice, scale) - terms.Discount;
        if (amount < 0 || amount > Limits.AmountMax) return RefusalCode.AmountOutOfRange;
        request.Amount = (long)amount;
        return RefusalCode.None;
    }

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var customer = book.FindCustomer(batch.Bytes(terms.Customer));
        book.Charges.Add(new OpenCharge
        {
            Location = location,
            Amount = entry.Amount,
            Account = book.AccountOf(customer, book.Assets.Find(batch.Bytes(entry.Asset))),
            Date = terms.Date,
            Tax = BillingBook.TaxOf(batch, terms.Tax),
            IsGross = terms.IsGross,
        }, batch.Bytes(entry.Id));
        if (terms.Subscription.IsEmpty) return;
        ref var subscription =
            ref book.Subscriptions.Touch(book.FindSubscription(batch.Bytes(terms.Subscription)));
        subscription.LastMonth = int.Max(subscription.LastMonth, Days.MonthOf(terms.Date));
    }

    /// <summary>What an entry charges: a charge, or the fee of a charge-back.</summary>
    public static InvoiceItem ItemOf(RequestBatch batch, in Request entry)
    {
        ref readonly var terms = ref batch.Billing(entry);
        return entry.Kind == EntryKind.Chargeback
            ? new InvoiceItem(terms.Fee, ChargebackKind.FeeTax, false)
            : new InvoiceItem(entry.Amount, BillingBook.TaxOf(batch, terms.Tax), terms.IsGross);
    }

    // Both factors are in millionths; the result is rounded once.
    private static Int128 Price(long quantity, long unitPrice, int scale) => Rounded.Divide(
        (Int128)quantity * unitPrice, Scaled.PowerOfTen((2 * Scaled.Decimals) - scale));

    private static bool IsUnit(ReadOnlySpan<byte> code)
    {
        foreach (var c in code)
            if (c is not (>= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9'))
                return false;
        return true;
    }
}
