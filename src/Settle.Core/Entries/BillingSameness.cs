namespace Settle.Billing;

/// <summary>Whether a request of billing repeats a recorded one: same id, same content.</summary>
internal static class BillingSameness
{
    /// <summary>The name of the first field that differs; null when they are the same.</summary>
    public static string? DifferingField(RequestBatch batch, in Request request,
        RequestBatch recordedBatch, in Request recorded)
    {
        ref readonly var a = ref batch.Billing(request);
        ref readonly var b = ref recordedBatch.Billing(recorded);
        bool Differs(Slice x, Slice y) => !batch.Bytes(x).SequenceEqual(recordedBatch.Bytes(y));
        var kind = request.Kind;
        if (kind is EntryKind.CreditNote or EntryKind.Payment
            && Differs(request.Reference, recorded.Reference))
            return "invoice";
        // Of these, the customer is the invoice's, unless none is named.
        if (kind != EntryKind.CreditNote && request.Reference.IsEmpty
            && Differs(a.Customer, b.Customer))
            return "customer";
        if (Differs(a.Subscription, b.Subscription)) return "subscription";
        if (AskedAmount(request, a) != AskedAmount(recorded, b)) return "amount";
        if (request.IsWhole != recorded.IsWhole) return "amount";
        if (kind != EntryKind.CreditNote
            && (Differs(a.AssetAsked(request), b.AssetAsked(recorded))
                || (b.IsDefaultAsset && !request.AssetGiven.IsEmpty)
                || (b.IsNamedAsset && request.AssetGiven.IsEmpty)))
            return "asset";
        if (Differs(a.Description, b.Description)) return "description";
        if (a.Date != b.Date && !(a.IsDefaultDate && b.IsDefaultDate))
            return kind == EntryKind.Subscription ? "start" : "date";
        if (Differs(a.TaxAsked, b.TaxAsked)) return "tax";
        if (a.IsGross != b.IsGross) return "prices";
        if (a.HasUnitPrice != b.HasUnitPrice || a.UnitPrice != b.UnitPrice) return "unit_price";
        if (a.Quantity != b.Quantity) return "quantity";
        if (Differs(a.Unit, b.Unit)) return "unit";
        if (a.Discount != b.Discount) return "discount";
        if (a.End != b.End) return "end";
        if (a.Through != b.Through) return "through";
        if (a.IsRebill != b.IsRebill) return "rebill";
        if (a.IsWriteOff != b.IsWriteOff) return "write_off";
        if (Differs(a.Source, b.Source)) return "from";
        if (Differs(request.Memo, recorded.Memo))
            return kind == EntryKind.CreditNote ? "reason" : "reference";
        return DifferingTerm(batch, a, recordedBatch, b);
    }

    private static string? DifferingTerm(RequestBatch batch, in BillingTerms a,
        RequestBatch recordedBatch, in BillingTerms b)
    {
        bool Differs(Slice x, Slice y) => !batch.Bytes(x).SequenceEqual(recordedBatch.Bytes(y));
        return Differs(a.Country, b.Country) ? "country"
            : Differs(a.Zone, b.Zone) ? "zone"
            : Differs(a.Profile, b.Profile) ? "party"
            : Differs(a.Treatment, b.Treatment) ? "treatment"
            : a.TermsDays != b.TermsDays ? "terms_days"
            : Differs(a.Series, b.Series) ? "series"
            : Differs(a.TaxRates, b.TaxRates) ? "tax_rates"
            : Differs(a.DefaultTax, b.DefaultTax) ? "default_tax" : null;
    }

    // What a decision computed was not asked for.
    private static long AskedAmount(in Request request, in BillingTerms terms) =>
        request.Kind == EntryKind.Invoice || request.IsWhole || terms.HasUnitPrice
            ? 0 : request.Amount;
}
