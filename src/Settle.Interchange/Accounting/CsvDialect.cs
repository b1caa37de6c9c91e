namespace Settle.Accounting;

/// <summary>How the spreadsheets of a language read and write CSV.</summary>
internal sealed record CsvDialect
{
    /// <summary>For programs.</summary>
    public static CsvDialect Plain { get; } = new();

    public char Separator { get; private init; } = ',';

    public string NewLine { get; private init; } = "\n";

    /// <summary>Whether a byte order mark is in front, by which Excel knows UTF-8.</summary>
    public bool HasMark { get; private init; }

    public IReadOnlyList<string> Columns { get; private init; } =
        ["number", "kind", "date", "due", "customer", "name", "country", "vat_id", "asset",
            "category", "rate", "net", "tax", "gross", "rounding", "amount", "corrects"];

    private char Decimal { get; init; } = '.';

    private string DayFormat { get; init; } = "yyyy-MM-dd";

    private string? Invoice { get; init; }

    private string? CreditNote { get; init; }

    private string? Deposit { get; init; }

    private static CsvDialect English { get; } = new()
    {
        NewLine = "\r\n",
        HasMark = true,
        Invoice = "Invoice",
        CreditNote = "Credit note",
        Deposit = "Deposit invoice",
        Columns =
            ["Number", "Kind", "Date", "Due", "Customer", "Name", "Country", "VAT id", "Currency",
                "Tax category", "Tax rate", "Net", "Tax", "Gross", "Rounding", "Amount",
                "Corrects"],
    };

    private static CsvDialect German { get; } = new()
    {
        Separator = ';',
        NewLine = "\r\n",
        HasMark = true,
        Decimal = ',',
        DayFormat = "dd.MM.yyyy",
        Invoice = "Rechnung",
        CreditNote = "Rechnungskorrektur",
        Deposit = "Anzahlungsrechnung",
        Columns =
            ["Nummer", "Art", "Datum", "Fällig am", "Kunde", "Name", "Land", "USt-IdNr.", "Währung",
                "Steuerkategorie", "Steuersatz", "Netto", "USt.", "Brutto", "Rundung", "Betrag",
                "Zu Rechnung"],
    };

    /// <summary>That of a language.</summary>
    /// <param name="language"><c>de</c> or <c>en</c>; null for programs.</param>
    /// <exception cref="InvalidRequestException">It is another one.</exception>
    public static CsvDialect Of(string? language) => language switch
    {
        null => Plain,
        "de" => German,
        "en" => English,
        _ => throw Parse.NotOneOf("language", language, "de", "en"),
    };

    public string Kind(InvoiceType kind) =>
        (kind switch
        {
            InvoiceType.CreditNote => CreditNote,
            InvoiceType.Deposit => Deposit,
            _ => Invoice,
        }) ?? Words<InvoiceType>.Of(kind);

    public string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>A number that is written with a point.</summary>
    public string Number(string number) => number.Replace('.', Decimal);
}
