namespace Settle.Views;

/// <content>French.</content>
internal sealed partial record InvoiceWords
{
    private static readonly Dictionary<string, string> FrenchReasons =
        new(StringComparer.Ordinal)
        {
            ["E"] = "Exonéré de TVA",
            ["AE"] = "Autoliquidation\u00A0: la TVA est due par le preneur",
            ["K"] = "Livraison intracommunautaire exonérée de TVA",
            ["G"] = "Exportation hors de l’UE exonérée de TVA",
            ["O"] = "Non soumis à la TVA",
        };

    private static readonly Dictionary<string, (string One, string Many)> FrenchUnits =
        new(StringComparer.Ordinal)
        {
            ["HUR"] = ("h", "h"),
            ["DAY"] = ("jour", "jours"),
            ["WEE"] = ("semaine", "semaines"),
            ["MON"] = ("mois", "mois"),
            ["ANN"] = ("an", "ans"),
            ["LS"] = ("forfait", "forfait"),
        };

    private const string FrenchCashDiscount =
        "Escompte de {0}{1}% pour tout paiement au plus tard le {2} : {3} de moins, {4} à payer.";

    private const string FrenchDebit = "Le montant sera prélevé le {0} sur votre compte {1}\u00A0: "
        + "prélèvement SEPA, mandat {2}, identifiant créancier {3}.";

    private static readonly InvoiceWords French = new()
    {
        Language = "fr",
        Invoice = "Facture",
        CreditNote = "Facture d’avoir",
        Number = "N° de facture",
        CreditNumber = "N° d’avoir",
        Date = "Date",
        Due = "Échéance",
        Customer = "N° de client",
        YourVatId = "Votre n° de TVA",
        Period = "Prestation",
        ServiceDate = "Prestation du",
        Corrects = "Facture corrigée",
        Order = "N° de commande",
        YourReference = "Votre référence",
        Leitweg = "Leitweg-ID",
        Position = "N°",
        Description = "Désignation",
        Day = "Date",
        Quantity = "Quantité",
        UnitPrice = "Prix unitaire",
        TaxRate = "TVA",
        Net = "HT",
        Discount = "Remise",
        DiscountLine = "moins remise de",
        CreditedBefore = "Déjà crédité",
        CreditedBeforeText = "moins {0} déjà crédités",
        Carried = "Report",
        NetTotal = "Total HT",
        Tax = "TVA",
        TaxOn = "sur",
        GrossTotal = "Total TTC",
        Rounding = "Arrondi",
        Total = "Montant à payer",
        InvoiceTotal = "Montant de la facture",
        Prepaid = "déjà payé",
        Payable = "Reste à payer",
        NothingDue = "Il ne reste rien à payer.",
        CreditTotal = "Montant de l’avoir",
        TaxSummary = "Taxes",
        PayTo = "Paiement",
        ScanToPay = "À scanner avec votre application bancaire",
        Reference = "Référence",
        Account = "Compte",
        Bank = "Banque",
        Holder = "Bénéficiaire",
        Page = "Page",
        PageOf = "sur",
        VatId = "N° TVA",
        TaxNumber = "N° fiscal",
        Register = "N° d’immatriculation",
        Phone = "Tél.",
        CreditTerms = "Ce montant est porté au crédit de votre compte.",
        GrossNote = "Les prix ont été convenus TTC\u00A0; les prix HT sont arrondis.",
        DecimalPoint = ",",
        GroupSeparator = "\u00A0",
        PercentSpace = "\u00A0",
        ReturnFeeText = "Frais bancaires pour le paiement de {0} {1} rejeté le {2}",
        DayFormat = "dd/MM/yyyy",
        DaysText = "{0} jours sur {1}",
        ConvertedText = "TVA en {0}\u00A0: {1} (1 {2} = {3} {4}, cours du {5})",
        TermsText = "Payable au plus tard le {0}, sans escompte.",
        CashDiscountText = FrenchCashDiscount,
        DebitText = FrenchDebit,
        Reasons = FrenchReasons,
        Units = FrenchUnits,
    };
}
