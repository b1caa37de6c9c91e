namespace Settle.Import;

/// <summary>A file has faults; nothing of it was sent.</summary>
internal sealed class CsvFaultsException(string file, IReadOnlyList<CsvFault> faults)
    : SettleException("invalid_request", Describe(file, faults))
{
    public IReadOnlyList<CsvFault> Faults { get; } = faults;

    private static string Describe(string file, IReadOnlyList<CsvFault> faults)
    {
        var more = faults.Count >= CsvChecks.FaultsMax
            ? $"{Environment.NewLine}  (stopped after {CsvChecks.FaultsMax} faults)" : "";
        return string.Join(Environment.NewLine + "  ",
            faults.Select(fault => fault.ToString())
                .Prepend($"{file} cannot be imported; nothing was sent:")) + more;
    }
}
