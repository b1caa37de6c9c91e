namespace Settle.Views;

/// <content>German.</content>
internal sealed partial record InvoiceWords
{
    private static readonly Dictionary<string, string> GermanReasons =
        new(StringComparer.Ordinal)
        {
            ["E"] = "Umsatzsteuerfrei",
            ["AE"] = "Steuerschuldnerschaft des Leistungsempfängers (Reverse charge)",
            ["K"] = "Steuerfreie innergemeinschaftliche Lieferung",
            ["G"] = "Steuerfreie Ausfuhrlieferung",
            ["O"] = "Nicht umsatzsteuerbar",
        };

    private static readonly Dictionary<string, (string One, string Many)> GermanUnits =
        new(StringComparer.Ordinal)
        {
            ["HUR"] = ("Std.", "Std."),
            ["DAY"] = ("Tag", "Tage"),
            ["WEE"] = ("Woche", "Wochen"),
            ["MON"] = ("Monat", "Monate"),
            ["ANN"] = ("Jahr", "Jahre"),
            ["LS"] = ("pauschal", "pauschal"),
        };

    // "Gutschrift" is another thing in German tax law: an invoice that the buyer writes.
    private static readonly InvoiceWords German = new()
    {
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
        Order = "Bestellnr.",
        YourReference = "Ihr Zeichen",
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
        CreditedBefore = "Bereits gutgeschrieben",
        CreditedBeforeText = "abzüglich bereits gutgeschriebener {0}",
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
        DecimalPoint = ",",
        GroupSeparator = ".",
        ReturnFeeText = "Bankgebühr für die am {2} zurückgegebene Zahlung über {0} {1}",
        DayFormat = "dd.MM.yyyy",
        DaysText = "{0} von {1} Tagen",
        ConvertedText = "Umsatzsteuer in {0}: {1} (1 {2} = {3} {4}, Kurs vom {5})",
        TermsText = "Zahlbar bis {0} ohne Abzug.",
        CashDiscountText = "{0}{1}% Skonto bei Zahlung bis {2}: {3} Abzug, {4} zu zahlen.",
        DebitText = "Der Betrag wird am {0} von Ihrem Konto {1} abgebucht: SEPA-Lastschrift, "
            + "Mandat {2}, Gläubiger-Identifikationsnummer {3}.",
        Reasons = GermanReasons,
        Units = GermanUnits,
    };
}
