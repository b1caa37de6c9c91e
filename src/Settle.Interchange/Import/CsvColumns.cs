namespace Settle.Import;

/// <summary>
/// The columns of one kind of file. Any other is refused: a mistyped <c>ceiling</c> would open an
/// account without one.
/// </summary>
/// <param name="what">What the rows are, for people.</param>
/// <param name="required">Columns that must be there.</param>
/// <param name="optional">Columns that may be.</param>
internal sealed class CsvColumns(string what, string[] required, string[] optional)
{
    // What other programs call them.
    private static readonly Dictionary<string, string[]> OtherWords =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["asset"] = ["currency", "ccy", "cur", "currency_code", "iso", "waehrung", "währung"],
            ["date"] = ["datum", "day", "timestamp", "time", "when", "booked", "booking_date",
                "buchungstag", "value_date", "valuta"],
            ["from"] = ["sender", "payer", "debtor", "source", "debit", "von"],
            ["to"] = ["receiver", "payee", "creditor", "destination", "target", "recipient",
                "credit", "an"],
            ["amount"] = ["value", "sum", "betrag", "total", "price"],
            ["memo"] = ["note", "text", "comment", "reference", "purpose", "remark",
                "verwendungszweck"],
            ["ceiling"] = ["limit", "max", "maximum", "cap"],
            ["overdraft"] = ["credit_limit", "floor", "dispo"],
            ["account"] = ["konto", "account_name", "account_id"],
            ["id"] = ["transfer", "transaction", "transaction_id", "transfer_id", "key"],
            ["description"] = ["text", "memo", "item", "title"],
            ["customer"] = ["client", "customer_id", "kunde"],
            ["unit_price"] = ["price", "rate"],
            ["quantity"] = ["count", "qty", "hours", "menge"],
            ["tax"] = ["vat", "vat_rate", "tax_rate", "mwst"],
            ["postal_code"] = ["zip", "postcode", "plz"],
            ["vat_id"] = ["vat_number", "ustid"],
            ["terms_days"] = ["terms", "payment_terms", "due_days"],
        };

    public string What => what;

    /// <summary>All of them, as people write a header.</summary>
    public string Expected { get; } = optional.Length == 0 ? string.Join(',', required)
        : $"{string.Join(',', required)}[,{string.Join("][,", optional)}]";

    /// <summary>The columns that must be there.</summary>
    public IReadOnlyList<string> Required => required;

    /// <summary>Every column that has a meaning here.</summary>
    public IEnumerable<string> All => required.Concat(optional);

    public bool Has(string column) => All.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks that those that must be there are.</summary>
    /// <exception cref="CsvFaultException">One is missing.</exception>
    public void Require(CsvFile file)
    {
        foreach (var column in required) file.Require(column, Expected);
    }

    /// <summary>What is wrong with a column of another name.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="hint">What else can be done about it.</param>
    public CsvFaultException Unknown(string column, string hint = "") => new(new CsvFault(1,
        column, $"is not a column of {what}{Suggestion(column)} {Expected}{hint}"));

    private string Suggestion(string column)
    {
        var word = column.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        var other = All.FirstOrDefault(known =>
            OtherWords.TryGetValue(known, out var words)
            && words.Contains(word, StringComparer.Ordinal));
        var near = other is null ? NearestName.Suggest(word, All) : $"; did you mean '{other}'?";
        return near.Length > 0 ? $"{near} Expected" : "; expected";
    }
}
