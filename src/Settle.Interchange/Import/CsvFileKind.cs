namespace Settle.Import;

/// <summary>What a CSV file is about.</summary>
internal enum CsvFileKind
{
    Transfers,
    Charges,
    Customers,
    Subscriptions,
    Openings,
    Quotes,
}
