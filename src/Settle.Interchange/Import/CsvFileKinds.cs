namespace Settle.Import;

/// <summary>Tells by its header what a file is about.</summary>
internal static class CsvFileKinds
{
    /// <summary>
    /// A file that names customers is of subscriptions when it says when they start, of charges
    /// when it describes something, else of customers themselves; any other is of transfers, even
    /// one whose header is faulty.
    /// </summary>
    public static CsvFileKind Of(ImportFile source)
    {
        using var file = source.OpenCsv();
        try
        {
            file.ReadHeader();
        }
        catch (CsvFaultException)
        {
            // Whoever reads the file says what is wrong with it.
            return CsvFileKind.Transfers;
        }
        if (file.Find("customer") < 0 || file.Find("from") >= 0) return CsvFileKind.Transfers;
        if (file.Find("start") >= 0) return CsvFileKind.Subscriptions;
        return file.Find("name") >= 0 && file.Find("description") < 0
            ? CsvFileKind.Customers : CsvFileKind.Charges;
    }
}
