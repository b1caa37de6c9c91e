using Settle.Billing;

namespace Settle.Views;

/// <summary>The words of one language on an invoice.</summary>
internal sealed partial record InvoiceWords
{
    /// <summary>The languages that letters can be written in.</summary>
    public const string Languages = "de, en or fr";

    private static readonly InvoiceWords English = new();

    public string Language { get; private init; } = "en";

    public string Invoice { get; private init; } = "Invoice";

    public string CreditNote { get; private init; } = "Credit note";

    public string Number { get; private init; } = "Invoice no.";

    public string CreditNumber { get; private init; } = "Credit note no.";

    public string Date { get; private init; } = "Date";

    public string Due { get; private init; } = "Due";

    public string Customer { get; private init; } = "Customer no.";

    public string YourVatId { get; private init; } = "Your VAT ID";

    public string Period { get; private init; } = "Service period";

    public string ServiceDate { get; private init; } = "Service date";

    public string Corrects { get; private init; } = "For invoice";

    public string Order { get; private init; } = "Order no.";

    public string YourReference { get; private init; } = "Your reference";

    public string Leitweg { get; private init; } = "Leitweg-ID";

    public string Position { get; private init; } = "No.";

    public string Description { get; private init; } = "Description";

    public string Day { get; private init; } = "Date";

    public string Quantity { get; private init; } = "Quantity";

    public string UnitPrice { get; private init; } = "Unit price";

    public string TaxRate { get; private init; } = "VAT";

    public string Net { get; private init; } = "Net";

    public string Discount { get; private init; } = "Discount";

    public string DiscountLine { get; private init; } = "less discount";

    public string CreditedBefore { get; private init; } = "Credited before";

    public string Carried { get; private init; } = "Carried forward";

    public string NetTotal { get; private init; } = "Net total";

    public string Tax { get; private init; } = "VAT";

    public string TaxOn { get; private init; } = "on";

    public string GrossTotal { get; private init; } = "Gross total";

    public string Rounding { get; private init; } = "Rounding";

    public string Total { get; private init; } = "Amount due";

    public string InvoiceTotal { get; private init; } = "Invoice total";

    public string Prepaid { get; private init; } = "already paid";

    public string Payable { get; private init; } = "Amount due";

    public string NothingDue { get; private init; } = "Nothing is left to be paid.";

    public string CreditTotal { get; private init; } = "Amount credited";

    public string TaxSummary { get; private init; } = "Taxes";

    public string PayTo { get; private init; } = "Payment";

    public string ScanToPay { get; private init; } = "Scan to pay with your banking app";

    public string Reference { get; private init; } = "Reference";

    public string Account { get; private init; } = "Account";

    public string Bank { get; private init; } = "Bank";

    public string Holder { get; private init; } = "Payee";

    public string Page { get; private init; } = "Page";

    public string PageOf { get; private init; } = "of";

    public string VatId { get; private init; } = "VAT ID";

    public string TaxNumber { get; private init; } = "Tax no.";

    public string Register { get; private init; } = "Register no.";

    public string Phone { get; private init; } = "Phone";

    public string CreditTerms { get; private init; } = "The amount is credited to your account.";

    public string GrossNote { get; private init; } =
        "Prices were agreed with tax included; net prices are rounded.";

    public string DecimalPoint { get; private init; } = ".";

    public string GroupSeparator { get; private init; } = ",";

    /// <summary>What stands between a number and its percent sign.</summary>
    public string PercentSpace { get; private init; } = " ";

    private string DayFormat { get; init; } = "d MMM yyyy";

    private string DaysText { get; init; } = "{0} of {1} days";

    private string CreditedBeforeText { get; init; } = "less {0} credited before";

    private string ConvertedText { get; init; } =
        "VAT in {0}: {1} (1 {2} = {3} {4}, rate of {5})";

    private string ReturnFeeText { get; init; } =
        "Bank fee for the payment of {0} {1} returned on {2}";

    private string TermsText { get; init; } = "Payable by {0} without deduction.";

    private string CashDiscountText { get; init; } =
        "{0}{1}% discount if you pay by {2}: {3} less, {4} to pay.";

    private string DebitText { get; init; } =
        "The amount will be debited on {0} from your account {1}: SEPA direct debit, mandate {2}, "
        + "creditor identifier {3}.";

    // By the code of the tax.
    private Dictionary<string, string> Reasons { get; init; } =
        new(StringComparer.Ordinal)
        {
            ["E"] = "Exempt from VAT",
            ["AE"] = "Reverse charge: the recipient owes the VAT",
            ["K"] = "Intra-community supply, exempt from VAT",
            ["G"] = "Export outside the EU, free of VAT",
            ["O"] = "Not subject to VAT",
        };

    // Singular and plural of each unit.
    private Dictionary<string, (string One, string Many)> Units { get; init; } =
        new(StringComparer.Ordinal)
        {
            ["HUR"] = ("h", "h"),
            ["DAY"] = ("day", "days"),
            ["WEE"] = ("week", "weeks"),
            ["MON"] = ("month", "months"),
            ["ANN"] = ("year", "years"),
            ["LS"] = ("flat", "flat"),
        };

    /// <summary>Whether letters can be written in a language.</summary>
    public static bool Know(string language) => language is "de" or "en" or "fr";

    /// <summary>The words of a language; English where it is none of them.</summary>
    public static InvoiceWords Of(string? language) => language switch
    {
        "de" => German,
        "fr" => French,
        _ => English,
    };

    /// <summary>When it is to be paid, or from which account it will be debited.</summary>
    public string Terms(Invoice invoice) => DirectDebit.Of(invoice) is not { } debit
        ? string.Format(CultureInfo.InvariantCulture, TermsText, DayText(invoice.Due))
        : string.Format(CultureInfo.InvariantCulture, DebitText, DayText(debit.Day), debit.Iban,
            debit.Mandate, debit.Creditor);

    /// <summary>
    /// What follows for the customer; null where a credit note credits nothing beside deposits.
    /// </summary>
    public string? PaymentTerms(Invoice invoice)
    {
        var isSettled = invoice.Payable.IsZero;
        if (invoice.Kind == InvoiceType.CreditNote)
            return isSettled && invoice.Deposits is not null ? null : CreditTerms;
        return isSettled ? NothingDue : Terms(invoice);
    }

    /// <summary>What may be deducted by those who pay early.</summary>
    public string CashDiscount(CashDiscountOffer offer) => string.Format(
        CultureInfo.InvariantCulture, CashDiscountText,
        Percent(offer.Percent),
        PercentSpace, DayText(offer.Until),
        $"{Grouped(offer.Discount)} {offer.Discount.Asset}",
        $"{Grouped(offer.Payable)} {offer.Payable.Asset}");

    /// <summary>A percentage without zeros at its end, and without its sign.</summary>
    public string Percent(decimal percent) =>
        percent.ToString("0.####", CultureInfo.InvariantCulture)
            .Replace(".", DecimalPoint, StringComparison.Ordinal);

    /// <summary>What an invoice or a credit note is called.</summary>
    public string TitleOf(Invoice invoice) => invoice.Kind switch
    {
        InvoiceType.CreditNote => CreditNote,
        InvoiceType.Deposit => DepositWords.Of(invoice.Language).DepositInvoice,
        _ => invoice.Deposits is null ? Invoice : DepositWords.Of(invoice.Language).FinalInvoice,
    };

    /// <summary>What it is called within a sentence.</summary>
    public string KindOf(Invoice invoice)
    {
        var title = TitleOf(invoice);
        return Language.StartsWith("de", StringComparison.Ordinal) ? title
            : char.ToLowerInvariant(title[0]) + title[1..];
    }

    /// <summary>The bank's fee for a payment that it took back on a day.</summary>
    public string ReturnFee(Money payment, DateOnly day) => string.Format(
        CultureInfo.InvariantCulture, ReturnFeeText, Grouped(payment), payment.Asset, DayText(day));

    /// <summary>Which part of a period a line charges; null where it is none.</summary>
    public string? DaysOf(InvoiceLine line) =>
        line is not { ChargedDays: { } charged, MonthDays: { } month } ? null
            : string.Format(CultureInfo.InvariantCulture, DaysText, charged, month);

    /// <summary>What a line of a credit note is less by than it was agreed.</summary>
    public string LessCreditedBefore(string amount) =>
        string.Format(CultureInfo.InvariantCulture, CreditedBeforeText, amount);

    /// <summary>The first and the last day of a line; null where it is for one.</summary>
    public string? PeriodOf(InvoiceLine line) => line.Start is not { } start || start == line.Date
        ? null : PeriodText(start, line.Date);

    /// <summary>A period as people write it; a line may break between its days only.</summary>
    public string PeriodText(DateOnly first, DateOnly last) =>
        $"{Unbroken(first)} – {Unbroken(last)}";

    /// <summary>
    /// The tax in the seller's currency with its rate; null where it is not stated.
    /// </summary>
    public string? Converted(Invoice invoice)
    {
        if (invoice is not { TaxInCurrency: { } tax, ExchangeRate: { } rate }) return null;
        return string.Format(CultureInfo.InvariantCulture, ConvertedText, tax.Asset,
            Grouped(tax), rate.Base,
            TaxConversion.Text(rate.Rate).Replace(".", DecimalPoint, StringComparison.Ordinal),
            rate.Quote, DayText(rate.Date));
    }

    /// <summary>A day as people write it.</summary>
    public string DayText(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Why there is no tax in a category; null where there is.</summary>
    public string? Reason(string category) => Reasons.GetValueOrDefault(category);

    /// <summary>A unit of UN/ECE as people read it; the code itself if it has no word.</summary>
    public string Unit(string code, decimal quantity) =>
        Units.TryGetValue(code, out var unit) ? quantity == 1 ? unit.One : unit.Many : code switch
        {
            "C62" or "H87" => "",
            "MIN" => "min",
            "KGM" => "kg",
            "GRM" => "g",
            "LTR" => "l",
            "MTR" => "m",
            "MTK" => "m²",
            "MTQ" => "m³",
            "KMT" => "km",
            "KWH" => "kWh",
            _ => code,
        };

    private string Digits(Money amount) =>
        amount.Digits.Replace(".", DecimalPoint, StringComparison.Ordinal);

    /// <summary>An amount as people write it, without its asset.</summary>
    public string Grouped(Money amount)
    {
        var digits = Digits(amount);
        var point = digits.IndexOf(DecimalPoint, StringComparison.Ordinal);
        for (var at = (point < 0 ? digits.Length : point) - 3; at > 0; at -= 3)
            digits = digits.Insert(at, GroupSeparator);
        return digits;
    }

    private string Unbroken(DateOnly day) => DayText(day).Replace(' ', '\u00A0');
}
