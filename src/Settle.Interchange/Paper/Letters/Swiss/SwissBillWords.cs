namespace Settle.Paper.Letters.Swiss;

/// <summary>The words of a QR-bill, as the Swiss Implementation Guidelines give them.</summary>
internal sealed record SwissBillWords(string Payment, string Receipt, string Account,
    string Reference, string Additional, string Payer, string UnknownPayer, string Currency,
    string Amount, string Acceptance, string Separate)
{
    private static readonly SwissBillWords English = new("Payment part", "Receipt",
        "Account / Payable to", "Reference", "Additional information", "Payable by",
        "Payable by (name/address)", "Currency", "Amount", "Acceptance point",
        "Separate before paying in");

    private static readonly SwissBillWords German = new("Zahlteil", "Empfangsschein",
        "Konto / Zahlbar an", "Referenz", "Zusätzliche Informationen", "Zahlbar durch",
        "Zahlbar durch (Name/Adresse)", "Währung", "Betrag", "Annahmestelle",
        "Vor der Einzahlung abzutrennen");

    private static readonly SwissBillWords French = new("Section paiement", "Récépissé",
        "Compte / Payable à", "Référence", "Informations supplémentaires", "Payable par",
        "Payable par (nom/adresse)", "Monnaie", "Montant", "Point de dépôt",
        "A détacher avant le versement");

    public static SwissBillWords Of(string language) => language switch
    {
        "de" => German,
        "fr" => French,
        _ => English,
    };
}
