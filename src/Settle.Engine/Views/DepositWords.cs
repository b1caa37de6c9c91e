namespace Settle.Views;

/// <summary>The words of one language on deposit invoices, and on those that settle them.</summary>
internal sealed record DepositWords
{
    private static readonly DepositWords English = new();

    private static readonly DepositWords German = new()
    {
        DepositInvoice = "Anzahlungsrechnung",
        FinalInvoice = "Schlussrechnung",
        Note = "Anzahlung auf eine Leistung, die noch nicht erbracht ist.",
        LessText = "abzüglich Anzahlung {0}",
        DeductedText = "Abgezogen: Anzahlungsrechnung {0} vom {1}, {2}gesamt {3} {4}",
        TaxText = "netto {0}, USt. {1}{2}% {3}, ",
    };

    private static readonly DepositWords French = new()
    {
        DepositInvoice = "Facture d’acompte",
        FinalInvoice = "Facture de solde",
        Note = "Acompte sur une prestation qui reste à fournir.",
        LessText = "moins l’acompte {0}",
        DeductedText = "Déduit\u00A0: facture d’acompte {0} du {1}, {2}total {3} {4}",
        TaxText = "HT {0}, TVA {1}{2}% {3}, ",
    };

    public string DepositInvoice { get; private init; } = "Deposit invoice";

    public string FinalInvoice { get; private init; } = "Final invoice";

    /// <summary>What a deposit invoice says of the work.</summary>
    public string Note { get; private init; } = "Deposit for work that is still to be done.";

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

    /// <summary>What a deposit invoice brought, with its net and tax by rate.</summary>
    /// <param name="deposit">The deposit invoice.</param>
    /// <param name="words">How numbers and days are written.</param>
    public string Deducted(SettledDeposit deposit, InvoiceWords words)
    {
        var taxes = deposit.Taxes.Select(tax => string.Format(CultureInfo.InvariantCulture,
            TaxText, words.Grouped(tax.Net), words.Percent(tax.Rate), words.PercentSpace,
            words.Grouped(tax.Tax)));
        return string.Format(CultureInfo.InvariantCulture, DeductedText, deposit.Number,
            words.DayText(deposit.Date), string.Concat(taxes), words.Grouped(deposit.Amount),
            deposit.Amount.Asset);
    }
}
