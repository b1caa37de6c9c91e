namespace Settle.Views;

/// <summary>The words of one language on deposit invoices, and on those that settle them.</summary>
internal sealed record DepositWords
{
    private static readonly DepositWords English = new();

    private static readonly DepositWords German = new()
    {
        DepositInvoice = "Anzahlungsrechnung",
        FinalInvoice = "Schlussrechnung",
        Note = "Anforderung einer Anzahlung auf eine Leistung, die noch nicht erbracht ist.",
        CreditNote = "Korrektur einer Anzahlungsrechnung; die Leistung war noch nicht erbracht.",
        ReopenedText = "Die Anzahlungsrechnung {0} ist wieder offen. "
            + "Sie kann von einer anderen Rechnung abgezogen werden.",
        CreditNoteTotal = "Korrekturbetrag",
        LessText = "abzüglich Anzahlung {0}",
        DeductedText = "Abgezogen: Anzahlungsrechnung {0} vom {1}, {2}gesamt {3} {4}",
        TaxText = "netto {0}, USt. {1}{2}% {3}, ",
    };

    private static readonly DepositWords French = new()
    {
        DepositInvoice = "Facture d’acompte",
        FinalInvoice = "Facture de solde",
        Note = "Demande d’acompte sur une prestation qui reste à fournir.",
        CreditNote = "Avoir sur une facture d’acompte\u00A0; la prestation restait à fournir.",
        ReopenedText = "La facture d’acompte {0} est de nouveau ouverte. "
            + "Elle peut être déduite d’une autre facture.",
        CreditNoteTotal = "Total de l’avoir",
        LessText = "moins l’acompte {0}",
        DeductedText = "Déduit\u00A0: facture d’acompte {0} du {1}, {2}total {3} {4}",
        TaxText = "HT {0}, TVA {1}{2}% {3}, ",
    };

    public string DepositInvoice { get; private init; } = "Deposit invoice";

    public string FinalInvoice { get; private init; } = "Final invoice";

    /// <summary>What a deposit invoice says of the work.</summary>
    public string Note { get; private init; } =
        "Request for an advance payment: a deposit for work that is still to be done.";

    /// <summary>What a credit note of a deposit invoice says of the work.</summary>
    public string CreditNote { get; private init; } =
        "Correction of a deposit invoice; the work was still to be done.";

    private string ReopenedText { get; init; } =
        "Deposit invoice {0} is open again. It can be deducted from another invoice.";

    /// <summary>All that a credit note takes back.</summary>
    public string CreditNoteTotal { get; private init; } = "Credit note total";

    private string LessText { get; init; } = "less deposit {0}";

    private string DeductedText { get; init; } =
        "Deducted: deposit invoice {0} of {1}, {2}total {3} {4}";

    private string TaxText { get; init; } = "net {0}, VAT {1}{2}% {3}, ";

    /// <summary>The words of a language; English where it is none of them.</summary>
    public static DepositWords Of(string? language) => language switch
    {
        "de" => German,
        "fr" => French,
        _ => English,
    };

    /// <summary>What an invoice is less by, as a deposit invoice brought it.</summary>
    public string Less(SettledDeposit deposit) =>
        string.Format(CultureInfo.InvariantCulture, LessText, deposit.Number);

    /// <summary>What an invoice or a credit note says of its deposits, a text for each.</summary>
    /// <param name="invoice">The invoice or credit note.</param>
    /// <param name="words">How numbers and days are written.</param>
    public IEnumerable<string> NotesOf(Invoice invoice, InvoiceWords words)
    {
        if (invoice.Kind == InvoiceType.Deposit) yield return Note;
        if (invoice.CreditsDeposit) yield return CreditNote;
        foreach (var deposit in invoice.Deposits ?? [])
        {
            yield return invoice.Kind == InvoiceType.CreditNote
                ? string.Format(CultureInfo.InvariantCulture, ReopenedText, deposit.Number)
                : Deducted(invoice, deposit, words);
        }
    }

    // What a deposit invoice brought, with its net and tax by rate.
    private string Deducted(Invoice invoice, SettledDeposit deposit, InvoiceWords words)
    {
        var taxes = deposit.Taxes.Where(tax => !invoice.IsUntaxed(tax.Category)).Select(
            tax => string.Format(CultureInfo.InvariantCulture, TaxText, words.Grouped(tax.Net),
                words.Percent(tax.Rate), words.PercentSpace, words.Grouped(tax.Tax)));
        return string.Format(CultureInfo.InvariantCulture, DeductedText, deposit.Number,
            words.DayText(deposit.Date), string.Concat(taxes), words.Grouped(deposit.Amount),
            deposit.Amount.Asset);
    }
}
