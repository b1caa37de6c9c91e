using Settle.Paper.Xml;

namespace Settle.Bank;

/// <summary>
/// Reads what banks give: camt.052, camt.053 and camt.054 of ISO 20022, MT940 and MT942 of SWIFT,
/// and ZIP archives of many.
/// </summary>
internal static class BankFile
{
    private const string Wanted = "a bank statement is camt.052, camt.053 or camt.054 (XML), "
        + "MT940, or a ZIP archive of these";

    /// <summary>The booked lines of all statements of a file, each once, in its order.</summary>
    /// <param name="input">The file.</param>
    /// <param name="warn">Hears what does not add up; null for nobody.</param>
    /// <param name="cancellation">Stops between two lines.</param>
    /// <exception cref="InvalidRequestException">
    /// It is not a bank statement, or it is damaged.
    /// </exception>
    public static IReadOnlyList<BankLine> Read(
        Stream input, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        using var copy = new MemoryStream();
        input.CopyTo(copy);
        var bytes = copy.GetBuffer().AsSpan(0, (int)copy.Length);
        var ids = new BankLineIds();
        if (!BankArchive.Is(bytes))
            return Give(Statements(bytes, cancellation), "");
        var lines = new List<BankLine>();
        foreach (var (name, member) in BankArchive.Unpack(bytes.ToArray(), cancellation))
        {
            try
            {
                lines.AddRange(Give(Statements(member, cancellation), $"in {name}: "));
            }
            catch (InvalidRequestException e)
            {
                throw new InvalidRequestException(e.Field, $"in {name}: {e.Reason}");
            }
        }
        return lines;

        List<BankLine> Give(IReadOnlyList<BankStatement> statements, string place)
        {
            foreach (var warning in statements.SelectMany(each => each.Warnings))
                warn?.Invoke(place + warning);
            return [.. statements.SelectMany(ids.Give)];
        }
    }

    private static IReadOnlyList<BankStatement> Statements(
        ReadOnlySpan<byte> bytes, CancellationToken cancellation)
    {
        if (IsPacked(bytes) is { } packed)
            throw new InvalidRequestException("file", $"is {packed}; {Wanted}");
        if (IsXml(bytes)) return CamtReader.Read(XmlInput.Load(bytes, cancellation), cancellation);
        var text = XmlEncoding.DecodeUndeclared(bytes);
        if (Mt940Reader.Is(text)) return Mt940Reader.Read(text, cancellation);
        throw new InvalidRequestException("file", bytes.IsEmpty ? $"is empty; {Wanted}"
            : $"is not XML, and has no field :20: as MT940 has; {Wanted}");
    }

    private static string? IsPacked(ReadOnlySpan<byte> bytes) =>
        BankArchive.Is(bytes) ? "an archive in an archive; unpack it first"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "packed by gzip; unpack it first"
        : bytes.StartsWith("%PDF"u8) ? "a PDF file, which is for people"
        : null;

    private static bool IsXml(ReadOnlySpan<byte> bytes)
    {
        // UTF-16 has its mark; what has another one is UTF-8.
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return true;
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return bytes.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
    }
}
