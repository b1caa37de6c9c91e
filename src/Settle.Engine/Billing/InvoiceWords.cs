namespace Settle.Billing;

/// <summary>The words of one language on an invoice.</summary>
internal sealed record InvoiceWords
{
    private static readonly InvoiceWords English = new();

    // "Gutschrift" is another thing in German tax law: an invoice that the buyer writes.
    private static readonly InvoiceWords German = new()
    {
        IsGerman = true,
        Language = "de-DE",
        Invoice = "Rechnung",
        CreditNote = "Rechnungskorrektur",
        Number = "Rechnungsnr.",
        CreditNumber = "Korrekturnr.",
        Date = "Datum",
        Due = "Fällig am",
        Customer = "Kundennr.",
        YourVatId = "Ihre USt-IdNr.",
        Period = "Leistungszeitraum",
        ServiceDate = "Leistungsdatum",
        Corrects = "Zu Rechnung",
        Leitweg = "Leitweg-ID",
        Position = "Pos.",
        Description = "Beschreibung",
        Day = "Datum",
        Quantity = "Menge",
        UnitPrice = "Einzelpreis",
        TaxRate = "USt.",
        Net = "Netto",
        Discount = "Rabatt",
        DiscountLine = "abzüglich Rabatt",
        Carried = "Übertrag",
        NetTotal = "Summe netto",
        Tax = "USt.",
        TaxOn = "auf",
        GrossTotal = "Summe brutto",
        Rounding = "Rundung",
        Total = "Rechnungsbetrag",
        InvoiceTotal = "Rechnungsbetrag",
        Prepaid = "bereits gezahlt",
        Payable = "Zahlbetrag",
        NothingDue = "Es ist nichts mehr zu zahlen.",
        CreditTotal = "Gutschriftsbetrag",
        TaxSummary = "Steuern",
        PayTo = "Zahlung",
        ScanToPay = "Mit der Banking-App scannen",
        Reference = "Verwendungszweck",
        Account = "Konto",
        Bank = "Bank",
        Holder = "Empfänger",
        Page = "Seite",
        PageOf = "von",
        VatId = "USt-IdNr.",
        TaxNumber = "Steuernr.",
        Register = "Registernr.",
        Phone = "Tel.",
        CreditTerms = "Der Betrag wird Ihrem Kundenkonto gutgeschrieben.",
        GrossNote = "Preise wurden brutto vereinbart; Nettopreise sind gerundet.",
    };

    public bool IsGerman { get; private init; }

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

    public static InvoiceWords Of(string? language) =>
        language?.StartsWith("de", StringComparison.OrdinalIgnoreCase) is true ? German : English;

    /// <summary>When it is to be paid.</summary>
    public string Terms(DateOnly due) => IsGerman
        ? $"Zahlbar bis {DayText(due)} ohne Abzug."
        : $"Payable by {DayText(due)} without deduction.";

    /// <summary>Which part of a month a line charges; null where it is none.</summary>
    public string? DaysOf(InvoiceLine line) =>
        line is not { ChargedDays: { } charged, MonthDays: { } month } ? null
        : IsGerman ? string.Create(CultureInfo.InvariantCulture, $"{charged} von {month} Tagen")
        : string.Create(CultureInfo.InvariantCulture, $"{charged} of {month} days");

    /// <summary>The first and the last day of a line; null where it is for one.</summary>
    public string? PeriodOf(InvoiceLine line) => line.Start is not { } start || start == line.Date
        ? null : $"{DayText(start)} – {DayText(line.Date)}";

    /// <summary>
    /// The tax in the seller's currency with its rate; null where it is not stated.
    /// </summary>
    public string? Converted(Invoice invoice)
    {
        if (invoice is not { TaxInCurrency: { } tax, ExchangeRate: { } rate }) return null;
        var (amount, price) = (tax.Digits, TaxConversion.Text(rate.Rate));
        return IsGerman
            ? $"Umsatzsteuer in {tax.Asset}: {amount.Replace('.', ',')} (1 {rate.Base} = "
                + $"{price.Replace('.', ',')} {rate.Quote}, Kurs vom {DayText(rate.Date)})"
            : $"VAT in {tax.Asset}: {amount} (1 {rate.Base} = {price} {rate.Quote}, "
                + $"rate of {DayText(rate.Date)})";
    }

    /// <summary>A day as people write it.</summary>
    public string DayText(DateOnly day) => day.ToString(IsGerman ? "dd.MM.yyyy" : "d MMM yyyy",
        CultureInfo.InvariantCulture);

    /// <summary>Why there is no tax in a category; null where there is.</summary>
    public string? Reason(string category) => category switch
    {
        "E" => IsGerman ? "Umsatzsteuerfrei" : "Exempt from VAT",
        "AE" => IsGerman ? "Steuerschuldnerschaft des Leistungsempfängers (Reverse charge)"
            : "Reverse charge: the recipient owes the VAT",
        "K" => IsGerman ? "Steuerfreie innergemeinschaftliche Lieferung"
            : "Intra-community supply, exempt from VAT",
        "G" => IsGerman ? "Steuerfreie Ausfuhrlieferung" : "Export outside the EU, free of VAT",
        "O" => IsGerman ? "Nicht umsatzsteuerbar" : "Not subject to VAT",
        _ => null,
    };

    /// <summary>A unit of UN/ECE as people read it; the code itself where nobody says it.</summary>
    public string Unit(string code, decimal quantity) => (code, IsGerman, quantity == 1) switch
    {
        ("C62" or "H87", _, _) => "",
        ("HUR", true, _) => "Std.",
        ("HUR", false, _) => "h",
        ("MIN", _, _) => "min",
        ("DAY", true, var one) => one ? "Tag" : "Tage",
        ("DAY", false, var one) => one ? "day" : "days",
        ("WEE", true, var one) => one ? "Woche" : "Wochen",
        ("WEE", false, var one) => one ? "week" : "weeks",
        ("MON", true, var one) => one ? "Monat" : "Monate",
        ("MON", false, var one) => one ? "month" : "months",
        ("ANN", true, var one) => one ? "Jahr" : "Jahre",
        ("ANN", false, var one) => one ? "year" : "years",
        ("KGM", _, _) => "kg",
        ("GRM", _, _) => "g",
        ("LTR", _, _) => "l",
        ("MTR", _, _) => "m",
        ("MTK", _, _) => "m²",
        ("MTQ", _, _) => "m³",
        ("KMT", _, _) => "km",
        ("KWH", _, _) => "kWh",
        ("LS", true, _) => "pauschal",
        ("LS", false, _) => "flat",
        _ => code,
    };
}
