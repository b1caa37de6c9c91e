namespace Settle.Accounting;

/// <summary>The 125 columns of a DATEV posting batch in version 13, counted from one.</summary>
internal static class DatevColumns
{
    public const int Amount = 1;
    public const int Side = 2;
    public const int Currency = 3;
    public const int Rate = 4;
    public const int BaseAmount = 5;
    public const int BaseCurrency = 6;
    public const int Account = 7;
    public const int Contra = 8;
    public const int Date = 10;
    public const int Number = 11;
    public const int SecondNumber = 12;
    public const int Text = 14;
    public const int CostCentre = 37;
    public const int VatId = 40;
    public const int NoteKind = 48;
    public const int Note = 49;
    public const int Supplied = 115;
    public const int TaxPeriod = 116;
    public const int Due = 117;

    private const string First = "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;"
        + "Kurs;Basis-Umsatz;WKZ Basis-Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;"
        + "Belegdatum;Belegfeld 1;Belegfeld 2;Skonto;Buchungstext;Postensperre;"
        + "Diverse Adressnummer;Geschäftspartnerbank;Sachverhalt;Zinssperre;Beleglink";

    private const string Second = "KOST1 - Kostenstelle;KOST2 - Kostenstelle;Kost-Menge;"
        + "EU-Land u. UStID (Bestimmung);EU-Steuersatz (Bestimmung);Abw. Versteuerungsart;"
        + "Sachverhalt L+L;Funktionsergänzung L+L;BU 49 Hauptfunktionstyp;"
        + "BU 49 Hauptfunktionsnummer;BU 49 Funktionsergänzung";

    private const string Third = "Stück;Gewicht;Zahlweise;Forderungsart;Veranlagungsjahr;"
        + "Zugeordnete Fälligkeit;Skontotyp;Auftragsnummer;Buchungstyp;"
        + "USt-Schlüssel (Anzahlungen);EU-Land (Anzahlungen);Sachverhalt L+L (Anzahlungen);"
        + "EU-Steuersatz (Anzahlungen);Erlöskonto (Anzahlungen);Herkunft-Kz;Buchungs GUID;"
        + "KOST-Datum;SEPA-Mandatsreferenz;Skontosperre;Gesellschaftername;Beteiligtennummer;"
        + "Identifikationsnummer;Zeichnernummer;Postensperre bis;Bezeichnung SoBil-Sachverhalt;"
        + "Kennzeichen SoBil-Buchung;Festschreibung;Leistungsdatum;Datum Zuord. Steuerperiode;"
        + "Fälligkeit;Generalumkehr (GU);Steuersatz;Land;Abrechnungsreferenz;BVV-Position;"
        + "EU-Land u. UStID (Ursprung);EU-Steuersatz (Ursprung);Abw. Skontokonto";

    private static readonly HashSet<int> Texts =
    [
        Side, Currency, BaseCurrency, 9, Number, SecondNumber, Text, 16, 20,
        .. Enumerable.Range(21, 18), VatId, 42,
        .. Enumerable.Range(48, 40), 91, 95, 96, 98, 102, 103, 105, 107, 109, 110, 112, 118, 120,
        121, 123,
    ];

    public static IReadOnlyList<string> Names { get; } =
    [
        .. First.Split(';'), .. Pairs("Beleginfo - Art", "Beleginfo - Inhalt", 8),
        .. Second.Split(';'), .. Pairs("Zusatzinformation - Art", "Zusatzinformation- Inhalt", 20),
        .. Third.Split(';'),
    ];

    /// <summary>
    /// One posting: its fields stand at their columns. Texts are quoted, even empty ones; numbers
    /// never.
    /// </summary>
    public static string Line(string?[] fields) => string.Join(';', Names.Select((_, at) =>
        !Texts.Contains(at + 1) ? fields[at + 1]
            : $"\"{Clean(fields[at + 1]).Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    private static string Clean(string? text) =>
        new([.. (text ?? "").Select(c => char.IsControl(c) ? ' ' : c)]);

    private static IEnumerable<string> Pairs(string kind, string content, int count) =>
        Enumerable.Range(1, count).SelectMany(i => new[] { $"{kind} {i}", $"{content} {i}" });
}
