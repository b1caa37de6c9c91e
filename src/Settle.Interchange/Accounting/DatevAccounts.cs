using Settle.Billing;

namespace Settle.Accounting;

/// <summary>The accounts of the charts SKR03 and SKR04 that invoices are posted to.</summary>
internal sealed class DatevAccounts(DatevOptions options)
{
    // Category and rate, SKR03, SKR04. The accounts know their tax themselves.
    private static readonly (string Key, int Skr03, int Skr04)[] Usual =
    [
        ("S19", 8400, 4400),
        ("S7", 8300, 4300),
        ("S16", 8340, 4340),
        ("Z", 8290, 4290),
        ("E", 8100, 4100),
        ("AE", 8337, 4337),
        ("AE abroad", 8336, 4336),
        ("K", 8125, 4125),
        ("G", 8120, 4120),
        ("O", 8338, 4338),
        ("rounding", 2709, 4839),
    ];

    public int Rounding => Find("rounding") ?? 0;

    /// <summary>The revenue account of a tax.</summary>
    /// <exception cref="InvalidRequestException">None is set for it.</exception>
    public int Of(Invoice invoice, InvoiceTax tax)
    {
        var rate = ElectronicInvoice.Plain(tax.Rate).ToString(CultureInfo.InvariantCulture);
        var key = tax.Category == "S" ? $"S{rate}" : tax.Category;
        var isAbroad = key == "AE" && invoice.Buyer.Country != invoice.Seller.Country;
        return (isAbroad ? Find("AE abroad") : null) ?? Find(key)
            ?? throw new InvalidRequestException("accounts",
                $"lack a revenue account for {key} ({invoice.Number}); add it");
    }

    public int Debtor(string customer) =>
        options.Debtors.TryGetValue(customer, out var debtor) ? debtor : options.Debtor;

    private int? Find(string key)
    {
        if (options.Accounts.TryGetValue(key, out var own)) return own;
        var usual = Array.Find(Usual, account => account.Key == key);
        if (usual.Key is null) return null;
        return options.Chart switch
        {
            "03" => usual.Skr03,
            "04" => usual.Skr04,
            _ => throw new InvalidRequestException("chart",
                $"'{options.Chart}' is not a chart of accounts; use 03 or 04"),
        };
    }
}
