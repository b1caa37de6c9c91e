using Settle.Billing;

namespace Settle.Accounting;

/// <summary>The accounts of the charts SKR03 and SKR04 that are posted to.</summary>
internal sealed class DatevAccounts
{
    private const int ChartDigits = 4;

    // By category and rate, or by what they are for. Those of revenue know their tax themselves,
    // but for that of other rates.
    private static readonly (string Key, int Skr03, int Skr04)[] Usual =
    [
        ("S19", 8400, 4400),
        ("S7", 8300, 4300),
        ("S16", 8340, 4340),
        ("S", 8200, 4200),
        ("tax", 1770, 3800),
        ("Z", 8290, 4290),
        ("E", 8100, 4100),
        ("E-small", 8195, 4185),
        ("AE", 8337, 4337),
        ("AE-abroad", 8336, 4336),
        ("K", 8125, 4125),
        ("G", 8120, 4120),
        ("O", 8338, 4338),
        ("rounding", 2709, 4839),
        ("bank", 1200, 1800),
        ("write-offs", 2400, 6930),
        ("reminder-fees", 2700, 4830),
        ("deposit-invoices", 1593, 1495),
        ("deposit-S19", 1718, 3272),
        ("deposit-S7", 1711, 3260),
        ("deposit", 1710, 3250),
        ("discount-S19", 8736, 4736),
        ("discount-S7", 8731, 4731),
        ("discount-AE", 8741, 4741),
        ("discount-K", 8743, 4743),
        ("discount", 8730, 4730),
        ("wallets", 1700, 3500),
    ];

    private readonly DatevSettings _settings;
    private readonly bool _isSkr03;
    private readonly int _factor = 1;

    /// <exception cref="InvalidRequestException">A setting is wrong.</exception>
    public DatevAccounts(DatevSettings settings)
    {
        _settings = settings;
        _isSkr03 = settings.Chart switch
        {
            "03" => true,
            "04" => false,
            _ => throw Parse.NotOneOf("chart", settings.Chart, "03", "04"),
        };
        for (var digits = ChartDigits; digits < settings.AccountLength; digits++) _factor *= 10;
        foreach (var (key, account) in settings.Accounts)
        {
            if (!IsRate(key) && Array.FindIndex(Usual, usual => usual.Key == key) < 0)
                throw Parse.NotOneOf("accounts", key, [.. Usual.Select(usual => usual.Key)]);
            CheckNumber($"accounts.{key}", account);
        }
        foreach (var (name, account) in settings.MoneyAccounts)
            CheckNumber($"money_accounts.{name}", account);
    }

    public int Rounding => Find("rounding");

    public int ReminderFees => Find("reminder-fees");

    /// <summary>Where deposit invoices are until they are paid.</summary>
    public int DepositInvoices => Find("deposit-invoices");

    public int WriteOffs => Find("write-offs");

    /// <summary>Where the tax of rates goes that have no revenue account of their own.</summary>
    public int OtherTax => Find("tax");

    /// <summary>The revenue account of a tax.</summary>
    /// <param name="invoice">The invoice.</param>
    /// <param name="tax">One of its taxes.</param>
    /// <param name="knowsTax">False if the tax has to be posted by itself.</param>
    public int Of(Invoice invoice, InvoiceTax tax, out bool knowsTax)
    {
        knowsTax = true;
        if (tax.Category != "S")
        {
            return Find(tax.Category switch
            {
                "AE" when invoice.Buyer.Country != invoice.Seller.Country => "AE-abroad",
                "E" when invoice.Seller.SmallBusiness => "E-small",
                var category => category,
            });
        }
        var rate = ElectronicInvoice.Plain(tax.Rate).ToString(CultureInfo.InvariantCulture);
        if (TryFind($"S{rate}", out var account)) return account;
        knowsTax = tax.Tax.IsZero;
        return Find("S");
    }

    /// <summary>The account of the cash discounts on a tax.</summary>
    /// <param name="tax">The tax.</param>
    /// <param name="knowsTax">False if the tax has to be posted by itself.</param>
    public int OfDiscount(InvoiceTax tax, out bool knowsTax) => Of("discount", tax, out knowsTax);

    /// <summary>The account of the deposits that were paid at a tax.</summary>
    /// <inheritdoc cref="OfDiscount"/>
    public int OfDeposit(InvoiceTax tax, out bool knowsTax) => Of("deposit", tax, out knowsTax);

    private int Of(string what, InvoiceTax tax, out bool knowsTax)
    {
        var rate = ElectronicInvoice.Plain(tax.Rate).ToString(CultureInfo.InvariantCulture);
        knowsTax = TryFind($"{what}-{tax.Category}{(tax.Category == "S" ? rate : "")}",
            out var account) || tax.Tax.IsZero;
        return account != 0 ? account : Find(what);
    }

    /// <summary>The account of the money that a payment brought, or a refund took.</summary>
    /// <param name="account">The account of the ledger.</param>
    /// <param name="isOwn">Whether it is the company's own money.</param>
    public int OfMoney(string account, bool isOwn) =>
        _settings.MoneyAccounts.TryGetValue(account, out var own) ? own
            : Find(isOwn ? "bank" : "wallets");

    /// <summary>Checks that each rate with an account of its own is one of the seller's.</summary>
    /// <param name="rates">All that the seller had, in percent.</param>
    /// <exception cref="InvalidRequestException">One is not.</exception>
    public void CheckRates(IReadOnlyCollection<string> rates)
    {
        var known = rates.Select(rate => $"S{rate}").ToList();
        if (_settings.Accounts.Keys.FirstOrDefault(key => IsRate(key) && !known.Contains(key)
            && Array.FindIndex(Usual, usual => usual.Key == key) < 0) is not { } stranger)
            return;
        throw Parse.Fault($"accounts.{stranger}", stranger, "is not a rate that the seller has or "
            + $"had{NearestName.Suggest(stranger, known)}");
    }

    // A shorter number is another account, and a longer one is a debtor's or a creditor's.
    private void CheckNumber(string field, int account)
    {
        var text = account.ToString(CultureInfo.InvariantCulture);
        if (account < 0 || text.Length != _settings.AccountLength)
        {
            throw Parse.Fault(field, text, $"is not a general ledger account; it has "
                + $"{_settings.AccountLength} digits, as account_length says");
        }
    }

    private static bool IsRate(string key) => key.Length > 1 && key[0] == 'S'
        && Parse.IsDecimal(key.AsSpan(1));

    private int Find(string key) => TryFind(key, out var account) ? account
        : throw new InvalidRequestException("accounts", $"lack one for {key}; add it");

    private bool TryFind(string key, out int account)
    {
        if (_settings.Accounts.TryGetValue(key, out account)) return true;
        var usual = Array.Find(Usual, usual => usual.Key == key);
        account = (_isSkr03 ? usual.Skr03 : usual.Skr04) * _factor;
        return usual.Key is not null;
    }
}
