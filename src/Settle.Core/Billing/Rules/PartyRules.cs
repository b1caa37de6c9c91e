using static Settle.Billing.Rules.EnRules;

namespace Settle.Billing.Rules;

/// <summary>The rules of seller, buyer, payee and the seller's tax representative.</summary>
internal static class PartyRules
{
    private const string Missing = "is missing";

    public static void Check(EnInvoice invoice, Findings found)
    {
        CheckSeller(invoice.Seller, found);
        CheckBuyer(invoice.Buyer, found);
        if (invoice.Payee is { } payee)
        {
            found.Require(payee.Name is not null && payee.Name != invoice.Seller?.TradingName
                && !payee.Identifiers.Any(id => invoice.Seller?.Identifiers.Any(
                    other => other.Value == id.Value) is true), "BR-17", "payee.name (BT-59)",
                "is missing, or the payee is the seller; leave it out then");
        }
        if (invoice.TaxRepresentative is { } representative)
            CheckRepresentative(representative, found);
        Prefix(invoice.Seller?.VatId, "seller.vat_id (BT-31)", found);
        Prefix(invoice.TaxRepresentative?.VatId, "tax_representative.vat_id (BT-63)", found);
        Prefix(invoice.Buyer?.VatId, "buyer.vat_id (BT-48)", found);
    }

    private static void CheckSeller(EnParty? seller, Findings found)
    {
        found.Require(Has(seller?.Name), "BR-06", "seller.name (BT-27)", Missing);
        found.Require(seller?.Address is not null, "BR-08", "seller.address (BG-5)", Missing);
        found.Require(seller?.Address is null || Has(seller.Address.Country), "BR-09",
            "seller.country (BT-40)", Missing);
        found.Require(seller?.Endpoint is null || seller.Endpoint.Scheme is not null, "BR-62",
            "seller.endpoint (BT-34)", "has no scheme");
        found.Require(seller is not null && (seller.VatId is not null
            || seller.Registration?.Value is not null
            || seller.Identifiers.Any(id => id.Scheme != "SEPA")),
            "BR-CO-26", "seller (BT-29, BT-30, BT-31)",
            "has no identifier; give a VAT id or a registration id");
    }

    private static void CheckBuyer(EnParty? buyer, Findings found)
    {
        found.Require(Has(buyer?.Name), "BR-07", "buyer.name (BT-44)", Missing);
        found.Require(buyer?.Address is not null, "BR-10", "buyer.address (BG-8)", Missing);
        found.Require(buyer?.Address is null || Has(buyer.Address.Country), "BR-11",
            "buyer.country (BT-55)", Missing);
        found.Require(buyer?.Endpoint is null || buyer.Endpoint.Scheme is not null, "BR-63",
            "buyer.endpoint (BT-49)", "has no scheme");
    }

    private static void CheckRepresentative(EnParty representative, Findings found)
    {
        found.Require(Has(representative.Name), "BR-18", "tax_representative.name (BT-62)",
            Missing);
        found.Require(representative.Address is not null, "BR-19",
            "tax_representative.address (BG-12)", Missing);
        found.Require(representative.Address is null || Has(representative.Address.Country),
            "BR-20", "tax_representative.country (BT-69)", Missing);
        found.Require(representative.VatId is not null, "BR-56",
            "tax_representative.vat_id (BT-63)", Missing);
    }

    // Greece writes EL.
    private static void Prefix(string? vatId, string field, Findings found) =>
        found.Require(vatId is null || (vatId.Length > 1 && (vatId.StartsWith("EL",
            StringComparison.Ordinal) || CodeLists.Countries.Contains(vatId[..2]))), "BR-CO-09",
            field, "does not begin with the two letters of its country, as DE123456788 does");
}
