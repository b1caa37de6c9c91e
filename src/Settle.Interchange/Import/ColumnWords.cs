namespace Settle.Import;

/// <summary>What people and other programs call the columns of a file, in English and German.
/// </summary>
internal static class ColumnWords
{
    private static readonly Dictionary<string, string[]> Others =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["account"] = ["konto", "kontoname", "kontonummer", "account_name", "account_id"],
            ["amount"] = ["value", "sum", "total", "price", "betrag", "summe", "umsatz"],
            ["anchor"] = ["billing_day", "stichtag"],
            ["asset"] = ["currency", "ccy", "cur", "currency_code", "iso", "waehrung",
                "waehrungscode"],
            ["bank"] = ["bank_name", "bankname", "kreditinstitut"],
            ["buyer_reference"] = ["your_reference", "kundenreferenz", "ihr_zeichen"],
            ["ceiling"] = ["limit", "max", "maximum", "cap", "ceil", "obergrenze",
                "hoechstbetrag"],
            ["city"] = ["town", "place", "ort", "stadt", "wohnort"],
            ["closed"] = ["status", "state", "geschlossen", "gesperrt"],
            ["contact"] = ["contact_person", "ansprechpartner", "kontakt"],
            ["cost_centre"] = ["cost_center", "kostenstelle"],
            ["country"] = ["country_code", "nation", "land", "staat", "laendercode"],
            ["customer"] = ["client", "customer_id", "kunde", "kundennummer", "kundennr",
                "kunden_nr", "debitor"],
            ["date"] = ["day", "timestamp", "time", "when", "booked", "booking_date",
                "value_date", "datum", "tag", "buchungstag", "buchungsdatum", "belegdatum",
                "rechnungsdatum", "valuta", "wertstellung"],
            ["description"] = ["text", "memo", "item", "title", "beschreibung", "bezeichnung",
                "leistung", "artikel"],
            ["discount"] = ["rebate", "rabatt", "nachlass"],
            ["due"] = ["due_date", "payable", "faellig", "faellig_am", "faelligkeit"],
            ["email"] = ["mail", "e_mail", "email_address", "mailadresse"],
            ["end"] = ["end_date", "until", "valid_to", "ende", "bis"],
            ["every"] = ["interval", "frequency", "intervall", "turnus"],
            ["from"] = ["sender", "payer", "debtor", "source", "debit", "von", "zahler",
                "absender", "auftraggeber"],
            ["id"] = ["transfer", "transaction", "transaction_id", "transfer_id", "key",
                "vorgang", "buchungsnummer", "belegnummer"],
            ["language"] = ["lang", "locale", "sprache"],
            ["memo"] = ["note", "text", "comment", "reference", "purpose", "remark",
                "verwendungszweck", "zweck", "bemerkung", "notiz", "kommentar", "buchungstext"],
            ["name"] = ["company", "customer_name", "firma", "firmenname", "kundenname"],
            ["number"] = ["invoice", "invoice_number", "rechnung", "rechnungsnummer",
                "rechnungsnr"],
            ["open"] = ["outstanding", "remaining", "balance", "offen", "restbetrag"],
            ["order_number"] = ["po_number", "purchase_order", "bestellnummer", "auftragsnummer"],
            ["overdraft"] = ["credit_limit", "floor", "dispo", "kreditlimit", "kreditrahmen",
                "ueberziehung"],
            ["owners"] = ["owner", "besitzer", "inhaber", "eigentuemer"],
            ["phone"] = ["telephone", "tel", "mobile", "telefon", "mobil", "handy"],
            ["postal_code"] = ["zip", "zip_code", "postcode", "plz", "postleitzahl"],
            ["quantity"] = ["count", "qty", "hours", "menge", "anzahl", "stunden"],
            ["start"] = ["begin", "start_date", "valid_from", "beginn", "ab"],
            ["street"] = ["address", "address1", "street1", "strasse", "adresse", "anschrift"],
            ["street2"] = ["address2", "adresszusatz"],
            ["subscription"] = ["contract", "plan", "abo", "abonnement", "vertrag"],
            ["tax"] = ["vat", "vat_rate", "tax_rate", "mwst", "ust", "steuer", "steuersatz"],
            ["tax_number"] = ["tax_id", "steuernummer", "steuernr"],
            ["terms_days"] = ["terms", "payment_terms", "due_days", "zahlungsziel"],
            ["to"] = ["receiver", "payee", "creditor", "destination", "target", "recipient",
                "credit", "an", "empfaenger", "beguenstigter", "zahlungsempfaenger"],
            ["unit"] = ["uom", "einheit"],
            ["unit_price"] = ["price", "rate", "preis", "einzelpreis", "stueckpreis"],
            ["vat_id"] = ["vat", "vat_number", "ustid", "ust_id", "ust_idnr", "ustidnr"],
            ["zone"] = ["timezone", "time_zone", "zeitzone"],
        };

    /// <summary>Other words for a column.</summary>
    public static string[] For(string column) => Others.GetValueOrDefault(column, []);

    /// <summary>Whether a header's word is a column's name, or another word for it.</summary>
    public static bool Means(string word, string column) =>
        string.Equals(word, column, StringComparison.OrdinalIgnoreCase)
        || For(column).Contains(Plain(word));

    /// <summary>
    /// A word of a header as these are written: small letters without umlauts, joined by lines.
    /// </summary>
    public static string Plain(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var letter in word.ToLowerInvariant())
        {
            _ = letter switch
            {
                'ä' => plain.Append("ae"),
                'ö' => plain.Append("oe"),
                'ü' => plain.Append("ue"),
                'ß' => plain.Append("ss"),
                ' ' or '-' or '/' => plain.Append('_'),
                '.' => plain,
                _ => plain.Append(letter),
            };
        }
        return plain.ToString();
    }
}
