namespace Settle.Views;

/// <summary>The words of one language on a reminder, beside those of letters.</summary>
internal sealed record ReminderWords
{
    private static readonly ReminderWords English = new();

    private static readonly ReminderWords German = new()
    {
        First = "Zahlungserinnerung",
        Further = "{0}. Mahnung",
        Last = "Letzte Mahnung",
        Number = "Mahnungsnr.",
        PayBy = "Zahlbar bis",
        Invoice = "Rechnung",
        Days = "Tage",
        Open = "Offen",
        Sum = "Summe der offenen Beträge",
        Credit = "abzüglich Guthaben",
        Fee = "Mahngebühr (nicht umsatzsteuerbar)",
        Total = "Zu zahlen",
        FirstText = "sicher ist es Ihrer Aufmerksamkeit entgangen: Die folgenden Rechnungen sind "
            + "noch offen. Bitte zahlen Sie {total} bis zum {due}. Haben Sie inzwischen gezahlt, "
            + "betrachten Sie dieses Schreiben bitte als gegenstandslos.",
        FurtherText = "trotz unserer Erinnerung sind die folgenden Rechnungen noch offen. Bitte "
            + "zahlen Sie {total} bis zum {due}. Haben Sie inzwischen gezahlt, betrachten Sie "
            + "dieses Schreiben bitte als gegenstandslos.",
        LastText = "obwohl wir Sie erinnert haben, sind die folgenden Rechnungen noch offen. Bitte "
            + "zahlen Sie {total} bis zum {due}. Dies ist unsere letzte Mahnung: Geht bis dahin "
            + "keine Zahlung ein, machen wir die Forderung ohne weiteres Schreiben gerichtlich "
            + "geltend.",
        Greeting = "Guten Tag,",
    };

    private static readonly ReminderWords French = new()
    {
        First = "Rappel de paiement",
        Further = "Rappel n° {0}",
        Last = "Dernier rappel",
        Number = "Rappel n°",
        PayBy = "À payer avant le",
        Invoice = "Facture",
        Days = "Jours",
        Open = "Restant dû",
        Sum = "Total des montants dus",
        Credit = "moins votre avoir",
        Fee = "Frais de rappel (hors TVA)",
        Total = "À payer",
        FirstText = "Sauf erreur de notre part, les factures suivantes restent impayées. Nous "
            + "vous remercions de régler {total} au plus tard le {due}. Si vous avez payé "
            + "entre-temps, veuillez ne pas tenir compte de cette lettre.",
        FurtherText = "Malgré notre rappel, les factures suivantes restent impayées. Nous vous "
            + "prions de régler {total} au plus tard le {due}. Si vous avez payé entre-temps, "
            + "veuillez ne pas tenir compte de cette lettre.",
        LastText = "Bien que nous vous l'ayons rappelé, les factures suivantes restent impayées. "
            + "Nous vous prions de régler {total} au plus tard le {due}. Ceci est notre dernier "
            + "rappel : sans paiement à cette date, nous ferons valoir notre créance en justice.",
        Greeting = "Bonjour,",
    };

    public string Number { get; private init; } = "Reminder no.";

    public string PayBy { get; private init; } = "Please pay by";

    public string Invoice { get; private init; } = "Invoice";

    /// <summary>How many days it is overdue.</summary>
    public string Days { get; private init; } = "Days";

    public string Open { get; private init; } = "Open";

    public string Sum { get; private init; } = "Total of open amounts";

    public string Credit { get; private init; } = "less your credit";

    public string Fee { get; private init; } = "Reminder fee (outside the scope of VAT)";

    public string Total { get; private init; } = "To pay";

    private string Greeting { get; init; } = "Hello,";

    private string First { get; init; } = "Payment reminder";

    private string Further { get; init; } = "Reminder no. {0}";

    private string Last { get; init; } = "Final reminder";

    private string FirstText { get; init; } =
        "It may have escaped your notice: the invoices below are still open. Please pay {total} "
        + "by {due}. If you have paid in the meantime, please disregard this letter.";

    private string FurtherText { get; init; } =
        "Despite our reminder, the invoices below are still open. Please pay {total} by {due}. "
        + "If you have paid in the meantime, please disregard this letter.";

    private string LastText { get; init; } =
        "Although we have reminded you, the invoices below are still open. Please pay {total} by "
        + "{due}. This is our last reminder: without your payment by then, we will take legal "
        + "action.";

    /// <summary>The words of a language; English where it is none of them.</summary>
    public static ReminderWords Of(string? language) => language switch
    {
        "de" => German,
        "fr" => French,
        _ => English,
    };

    /// <summary>What a reminder is called.</summary>
    public string Title(Reminder reminder) => reminder.Level <= 1 ? First
        : reminder.IsLast ? Last
        : string.Format(CultureInfo.InvariantCulture, Further, reminder.Level);

    /// <summary>What it says: the seller's text in this language, or the usual one.</summary>
    /// <param name="reminder">The reminder.</param>
    /// <param name="language">Its language.</param>
    /// <param name="total">All that it asks for, as people read it.</param>
    /// <param name="fee">What it costs, as people read it.</param>
    /// <param name="due">The day until which it is to be paid.</param>
    public string Text(
        Reminder reminder, string language, string total, string fee, string due) =>
        (reminder.Texts?.GetValueOrDefault(language) ?? $"{Greeting}\n\n" + (
            reminder.Level <= 1 ? FirstText : reminder.IsLast ? LastText : FurtherText))
        .Replace("{total}", total, StringComparison.Ordinal)
        .Replace("{fee}", fee, StringComparison.Ordinal)
        .Replace("{due}", due, StringComparison.Ordinal);
}
