namespace Settle.Billing;

/// <summary>
/// What a request for a seller must look like before its name and address are kept.
/// </summary>
internal static class SellerTerms
{
    private const string Exempt = "exempt";

    /// <summary>The request as it is kept.</summary>
    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static SellerRequest Checked(SellerRequest request)
    {
        request = request with { Party = PartyCheck.Checked(request.Party, isSeller: true) };
        if (!request.Party.SmallBusiness) return request;
        if (request.TaxRates is { Count: > 0 })
        {
            throw Parse.Fault("tax_rates", string.Join(", ", request.TaxRates),
                "cannot be charged by a small business; give no rates, or end it by "
                + "setting small_business to false");
        }
        return request with { DefaultTax = request.DefaultTax ?? Exempt };
    }
}
