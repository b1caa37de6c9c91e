namespace Settle.Billing;

/// <summary>A customer, or new terms for one.</summary>
internal sealed class CustomerKind : BillingKind
{
    public override void Check(RequestBatch batch, in Request request, in BillingTerms terms)
    {
        CheckName(batch, "customer", terms.Customer);
        CheckPlace(batch, terms);
        CheckTreatment(batch, terms.Treatment);
        CheckDiscounts(batch, terms);
        if (terms.TermsDays is < 0 or > Limits.TermsDaysMax)
        {
            throw new InvalidRequestException(
                "terms_days", $"must be 0 to {Limits.TermsDaysMax}");
        }
    }

    public override RefusalCode Decide(BillingDecider decider, RequestBatch batch,
        ref Request request, ref BillingTerms terms) =>
        request.FromPosition < 0 ? RefusalCode.UnknownAsset : RefusalCode.None;

    public override void Apply(BillingBook book, RequestBatch batch, in Request entry,
        in BillingTerms terms, EntryLocation location)
    {
        var country = batch.Bytes(terms.Country);
        var customer = new CustomerState
        {
            Location = location,
            Profile = BillingBook.HashOf(batch, terms.Profile),
            FirstAccount = -1,
            Asset = entry.Asset.IsEmpty ? -1 : book.Assets.Find(batch.Bytes(entry.Asset)),
            Zone = book.ZoneOf(batch.Text(terms.Zone)),
            Discounts = terms.CashDiscount.IsEmpty
                ? -1 : book.DiscountsOf(batch.Text(terms.CashDiscount)),
            IsNotReminded = terms.IsNotReminded,
            TermsDays = (short)terms.TermsDays,
            Country = (ushort)((country[0] << 8) | country[1]),
            Treatment = TaxTerm.TryParse(batch.Bytes(terms.Treatment), out var treatment)
                ? treatment.Category : CustomerState.Standard,
        };
        book.Put(batch.Bytes(terms.Customer), customer);
    }

    private static void CheckTreatment(RequestBatch batch, Slice treatment)
    {
        var text = batch.Bytes(treatment);
        if (text.SequenceEqual("standard"u8)) return;
        if (!TaxTerm.TryParse(text, out var tax) || tax.Category <= TaxCategory.Zero)
        {
            throw new InvalidRequestException("treatment", "must be standard, exempt, "
                + "reverse_charge, intra_community, export or out_of_scope");
        }
    }
}
