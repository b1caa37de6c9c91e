namespace Settle;

/// <summary>
/// What a posting batch for DATEV needs to know besides the ledger. Every field can be left out.
/// </summary>
public sealed record DatevSettings
{
    /// <summary>The tax adviser's number at DATEV, 1001 to 9999999.</summary>
    public int Consultant { get; set; } = 1001;

    /// <summary>The client's number there, 1 to 99999.</summary>
    public int Client { get; set; } = 1;

    /// <summary>The chart of accounts: <c>03</c> or <c>04</c>.</summary>
    public string Chart { get; set; } = "03";

    /// <summary>
    /// The first day of a fiscal year, such as <c>2026-07-01</c>; later years begin on the same
    /// day. Null for years that begin on 1 January.
    /// </summary>
    public DateOnly? YearStart { get; init; }

    /// <summary>How many digits a general ledger account has, 4 to 8; debtors have one more.
    /// </summary>
    public int AccountLength { get; set; } = 4;

    /// <summary>
    /// The debtor of the first customer; every other gets the next number, in the order in which
    /// they were made. Null for the first that DATEV has, <c>10000</c>.
    /// </summary>
    public int? FirstDebtor { get; init; }

    /// <summary>One debtor for all customers that have none of their own.</summary>
    public int? CommonDebtor { get; init; }

    /// <summary>Customers that have a debtor of their own: <c>{"dave":10042}</c>.</summary>
    public IReadOnlyDictionary<string, int> Debtors { get; set; } =
        new Dictionary<string, int>();

    /// <summary>
    /// Accounts that are not those of the chart: revenue by category and rate (<c>S19</c>,
    /// <c>AE</c>), <c>rounding</c>, <c>bank</c>, <c>write-offs</c> and more.
    /// </summary>
    public IReadOnlyDictionary<string, int> Accounts { get; set; } =
        new Dictionary<string, int>();

    /// <summary>
    /// The accounts of money, by the ledger's accounts that payments come from:
    /// <c>{"@world":1210,"cash":1000}</c>.
    /// </summary>
    public IReadOnlyDictionary<string, int> MoneyAccounts { get; set; } =
        new Dictionary<string, int>();

    /// <summary>
    /// How much of a currency one euro is, more than 0: <c>{"USD":"1.0837"}</c>. An invoice in a
    /// currency that has no rate here is left out, unless it states one itself.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> Rates { get; set; } =
        new Dictionary<string, decimal>();

    /// <summary>Whether payments are posted too.</summary>
    public bool Payments { get; init; }

    /// <summary>Whether debts that were written off are posted too.</summary>
    public bool WriteOffs { get; init; }

    /// <summary>Whether refunds and charge-backs are posted too.</summary>
    public bool Refunds { get; init; }

    /// <summary>Whether postings say when it was supplied (columns 115 and 116).</summary>
    public bool ServiceDates { get; set; } = true;

    /// <summary>
    /// Whether the file is in UTF-8 with a byte order mark, which keeps every letter. Else it is in
    /// Windows-1252, and other letters become the nearest that it has.
    /// </summary>
    public bool Utf8 { get; init; }
}
