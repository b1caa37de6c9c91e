namespace Settle.Import;

/// <summary>A CSV file, or a row of it, cannot be used.</summary>
/// <param name="fault">What and where.</param>
/// <param name="isFatal">Whether what follows cannot be read either.</param>
internal sealed class CsvFaultException(CsvFault fault, bool isFatal = false)
    : SettleException("invalid_request", fault.ToString())
{
    public CsvFault Fault { get; } = fault;

    public bool IsFatal { get; } = isFatal;
}
