using System.Buffers;

namespace Settle.Server;

/// <summary>What a ledger's name may be, in an address and as a file's name.</summary>
internal static class LedgerNames
{
    private const int CharsMax = 64;
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= CharsMax && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <exception cref="InvalidRequestException">It is not a valid name.</exception>
    public static void Check(string name)
    {
        if (!IsValid(name))
            throw new InvalidRequestException("ledger",
            "must be 1 to 64 letters, digits, '_' or '-'");
    }
}
