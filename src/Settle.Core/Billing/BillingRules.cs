namespace Settle.Billing;

/// <summary>What a request of billing must look like before it may reach the ledger.</summary>
internal static class BillingRules
{
    public const string TaxWords =
        "must be a rate in percent such as 19 or 8.1, 0, exempt, reverse_charge, "
        + "intra_community, export or out_of_scope";

    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static void Check(RequestBatch batch, ref Request request)
    {
        ref readonly var terms = ref batch.Billing(request);
        if (!request.Asset.IsEmpty) Texts.CheckAsset("asset", batch.Bytes(request.Asset));
        foreach (var member in EntryMembers.Of(request.Kind)) member.Check(batch, ref request);
        switch (request.Kind)
        {
            case EntryKind.Seller:
                SellerKind.Check(batch, terms);
                break;
            case EntryKind.Customer:
                CustomerKind.Check(batch, terms);
                break;
            case EntryKind.Charge:
                ChargeKind.Check(batch, request, terms);
                break;
            case EntryKind.Subscription:
                SubscriptionKind.Check(batch, request, terms);
                break;
            case EntryKind.Invoice:
                InvoiceKind.Check(batch, terms);
                break;
            case EntryKind.CreditNote:
                CreditNoteKind.Check(batch, request, terms);
                break;
            default:
                PaymentKind.Check(batch, request, terms);
                break;
        }
    }

    public static void CheckPlace(RequestBatch batch, in BillingTerms terms)
    {
        var country = batch.Bytes(terms.Country);
        if (country.Length != 2 || country.ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            throw new InvalidRequestException(
                "country", "must be two letters of ISO 3166-1, such as DE");
        Texts.CheckName("zone", batch.Bytes(terms.Zone), 64);
        if (!Chain.BlockHash.TryParse(batch.Bytes(terms.Profile), out _))
            throw new InvalidRequestException("profile", "must be a SHA-256 in hexadecimal");
    }

    public static void CheckWhat(RequestBatch batch, in BillingTerms terms)
    {
        CheckName(batch, "customer", terms.Customer);
        if (terms.Description.IsEmpty)
            throw new InvalidRequestException("description", "must not be empty");
        if (!terms.Tax.IsEmpty && !TaxTerm.TryParse(batch.Bytes(terms.Tax), out _))
            throw new InvalidRequestException("tax", TaxWords);
    }

    public static void CheckName(RequestBatch batch, string field, Slice name) =>
        Texts.CheckName(field, batch.Bytes(name), Limits.CustomerBytesMax);

    public static void CheckNumber(RequestBatch batch, Slice number) =>
        Texts.CheckName("invoice", batch.Bytes(number), Limits.IdBytesMax);

    public static void CheckDay(string field, int day)
    {
        if (day < Days.Min || day > Days.Max)
            throw new InvalidRequestException(field, "must be a day from 1900 to 2999");
    }
}
