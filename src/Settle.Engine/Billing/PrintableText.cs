namespace Settle.Billing;

/// <summary>
/// Which characters letters can show. What an invoice will print is asked for here when it is
/// entered: afterwards its number is given, and nothing can be changed.
/// </summary>
internal static class PrintableText
{
    // First and last characters of ranges, in order.
    private static readonly Lazy<int[]> Ranges = new(Load);

    /// <exception cref="InvalidRequestException">No font of letters has a character of it.
    /// </exception>
    public static void Check(string field, string? text)
    {
        if (text is null || Ascii.IsValid(text)) return;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Has(rune.Value)) continue;
            throw Parse.Fault(field, rune.ToString(), string.Create(CultureInfo.InvariantCulture,
                $"(U+{rune.Value:X4}) cannot be printed on letters, as no font has it; leave it "
                + $"out, or write it in other letters"));
        }
    }

    private static bool Has(int character)
    {
        var at = Array.BinarySearch(Ranges.Value, character);
        // Between the ends of a range, the next one is a last character.
        return at >= 0 || ~at % 2 == 1;
    }

    private static int[] Load()
    {
        using var stream = typeof(PrintableText).Assembly
            .GetManifestResourceStream("Settle.Billing.PrintableCharacters.txt")!;
        using var reader = new StreamReader(stream);
        var ends = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            var range = line.Split('-');
            foreach (var end in new[] { range[0], range[^1] })
                ends.Add(int.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        return [.. ends];
    }
}
