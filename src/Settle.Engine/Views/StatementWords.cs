namespace Settle.Views;

/// <summary>The words of one language on a customer's statement, beside those of letters.</summary>
internal sealed record StatementWords
{
    private static readonly StatementWords English = new();

    private static readonly StatementWords German = new()
    {
        Title = "Kontoauszug",
        Period = "Zeitraum",
        Currency = "Währung",
        Amount = "Betrag",
        Balance = "Saldo",
        Opening = "Anfangssaldo",
        Closing = "Endsaldo",
        InYourFavour = "Endsaldo zu Ihren Gunsten",
        Ageing = "Offene Beträge nach Tagen seit Fälligkeit",
        Ages = ["nicht fällig", "1–30 Tage", "31–60 Tage", "61–90 Tage", "über 90 Tage"],
        Kinds = new()
        {
            [StatementLineKind.Invoice] = "Rechnung",
            [StatementLineKind.Opening] = "Rechnung",
            [StatementLineKind.CreditNote] = "Rechnungskorrektur",
            [StatementLineKind.Payment] = "Zahlung",
            [StatementLineKind.WriteOff] = "Ausbuchung",
            [StatementLineKind.Refund] = "Erstattung",
            [StatementLineKind.Chargeback] = "Rückgabe der Zahlung",
            [StatementLineKind.CashDiscount] = "Skonto",
            [StatementLineKind.CashDiscountLost] = "Skonto entfallen",
            [StatementLineKind.Reminder] = "Mahngebühr",
            [StatementLineKind.DepositInvoice] = "Anzahlungsrechnung",
            [StatementLineKind.DepositSettled] = "Anzahlung verrechnet",
            [StatementLineKind.DepositReopened] = "Anzahlung wieder offen",
        },
    };

    private static readonly StatementWords French = new()
    {
        Title = "Relevé de compte",
        Period = "Période",
        Currency = "Devise",
        Amount = "Montant",
        Balance = "Solde",
        Opening = "Solde initial",
        Closing = "Solde final",
        InYourFavour = "Solde final en votre faveur",
        Ageing = "Montants dus, par jours depuis l’échéance",
        Ages = ["non échu", "1–30 jours", "31–60 jours", "61–90 jours", "plus de 90 jours"],
        Kinds = new()
        {
            [StatementLineKind.Invoice] = "Facture",
            [StatementLineKind.Opening] = "Facture",
            [StatementLineKind.CreditNote] = "Facture d’avoir",
            [StatementLineKind.Payment] = "Paiement",
            [StatementLineKind.WriteOff] = "Passage en perte",
            [StatementLineKind.Refund] = "Remboursement",
            [StatementLineKind.Chargeback] = "Paiement rejeté",
            [StatementLineKind.CashDiscount] = "Escompte",
            [StatementLineKind.CashDiscountLost] = "Escompte perdu",
            [StatementLineKind.Reminder] = "Frais de rappel",
            [StatementLineKind.DepositInvoice] = "Facture d’acompte",
            [StatementLineKind.DepositSettled] = "Acompte imputé",
            [StatementLineKind.DepositReopened] = "Acompte de nouveau ouvert",
        },
    };

    public string Title { get; private init; } = "Statement of account";

    public string Period { get; private init; } = "Period";

    public string Currency { get; private init; } = "Currency";

    public string Amount { get; private init; } = "Amount";

    public string Balance { get; private init; } = "Balance";

    public string Opening { get; private init; } = "Opening balance";

    public string Closing { get; private init; } = "Closing balance";

    /// <summary>The closing balance below zero.</summary>
    public string InYourFavour { get; private init; } = "Closing balance, in your favour";

    public string Ageing { get; private init; } = "What is owed, by days since it was due";

    /// <summary>The parts of <see cref="Settle.Ageing"/>.</summary>
    public IReadOnlyList<string> Ages { get; private init; } =
        ["Not due", "1–30 days", "31–60 days", "61–90 days", "Over 90 days"];

    private Dictionary<StatementLineKind, string> Kinds { get; init; } = new()
    {
        [StatementLineKind.Invoice] = "Invoice",
        [StatementLineKind.Opening] = "Invoice",
        [StatementLineKind.CreditNote] = "Credit note",
        [StatementLineKind.Payment] = "Payment",
        [StatementLineKind.WriteOff] = "Write-off",
        [StatementLineKind.Refund] = "Refund",
        [StatementLineKind.Chargeback] = "Returned payment",
        [StatementLineKind.CashDiscount] = "Cash discount",
        [StatementLineKind.CashDiscountLost] = "Cash discount lost",
        [StatementLineKind.Reminder] = "Reminder fee",
        [StatementLineKind.DepositInvoice] = "Deposit invoice",
        [StatementLineKind.DepositSettled] = "Deposit settled",
        [StatementLineKind.DepositReopened] = "Deposit open again",
    };

    /// <summary>The words of a language; English where it is none of them.</summary>
    public static StatementWords Of(string? language) => language switch
    {
        "de" => German,
        "fr" => French,
        _ => English,
    };

    /// <summary>What happened in a line; empty for what only a newer server knows.</summary>
    public string KindOf(StatementLineKind kind) => Kinds.GetValueOrDefault(kind, "");
}
