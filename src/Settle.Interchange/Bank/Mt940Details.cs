using System.Text.RegularExpressions;

namespace Settle.Bank;

/// <summary>
/// What field :86: of MT940 says of a line: in the numbered fields of German and Austrian banks
/// (<c>166?00...?20...</c>), in words between slashes (<c>/EREF/.../REMI/...</c>), or freely.
/// </summary>
internal sealed partial record Mt940Details
{
    // A longer text goes on in the next field, or on the next row, in the middle of a word.
    private const int FieldChars = 27;
    private const int RowChars = 65;

    public static readonly Mt940Details None = new();

    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <summary>Who paid or was paid.</summary>
    public string? Name { get; private init; }

    /// <summary>The other's account.</summary>
    public string? Account { get; private init; }

    /// <summary>What the payer wrote.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Whether a direct debit came back.</summary>
    public bool IsReturn { get; private init; }

    /// <summary>The payer's reference, from end to end.</summary>
    public string? EndToEnd => BankTexts.Reference(Word("EREF"));

    /// <exception cref="InvalidRequestException">A name or a reference is too long.</exception>
    public static Mt940Details Read(string value)
    {
        var rows = value.Split('\n');
        var text = string.Concat(rows);
        if (Numbered().Match(text) is { Success: true } start)
            return ReadNumbered(start.Groups[1].Value, start.Groups[2].Value[0], text);
        return Slashed().IsMatch(text) ? ReadSlashed(text)
            : new Mt940Details { Text = Join(rows, RowChars) };
    }

    /// <summary>
    /// What a return takes back, in minor units; null when the bank does not say.
    /// </summary>
    public long? Original(string asset) =>
        Word("OAMT") is { } amount && AmountForm().Match(amount) is { Success: true } match
            ? Mt940Balance.Minor(match.Value.Trim(), asset)
            : AmountOf("OCMT", string.Concat(_words.Select(word => $"/{word.Key}/{word.Value}/")),
                asset);

    /// <summary>An amount behind a word between slashes, <c>/OCMT/EUR11,90/</c>.</summary>
    public static long? AmountOf(string word, string text, string asset)
    {
        var start = text.IndexOf($"/{word}/{asset}", StringComparison.Ordinal);
        if (start < 0) return null;
        var match = AmountForm().Match(text, start + word.Length + asset.Length + 2);
        return match.Success ? Mt940Balance.Minor(match.Value.Trim(), asset) : null;
    }

    private static Mt940Details ReadNumbered(string code, char mark, string text)
    {
        var fields = Fields(mark, text[3..]);
        var purpose = Join(fields.Where(field => field.Key is (>= 20 and <= 29) or >= 60)
            .Select(field => field.Value.ToString()), FieldChars);
        var name = string.Concat(fields.Where(field => field.Key is 32 or 33)
            .Select(field => field.Value));
        var details = new Mt940Details
        {
            Name = BankTexts.Name(name),
            Account = BankTexts.Short("account", fields.GetValueOrDefault(31)?.ToString()),
            IsReturn = code is "108" or "109",
        };
        var starts = Keywords().Matches(purpose);
        details.AddWords(starts, purpose);
        var free = starts.Count == 0 ? purpose : purpose[..starts[0].Index].Trim();
        return details with { Text = details.WithReference($"{free} {details.Word("SVWZ")}") };
    }

    private static SortedDictionary<int, StringBuilder> Fields(char mark, string text)
    {
        var fields = new SortedDictionary<int, StringBuilder>();
        StringBuilder? open = null;
        foreach (var part in text.Split(mark).Skip(1))
        {
            if (part.Length >= 2 && int.TryParse(part.AsSpan(0, 2), NumberStyles.None,
                CultureInfo.InvariantCulture, out var number) && IsField(number))
            {
                if (!fields.TryGetValue(number, out open)) fields[number] = open = new();
                open.Append(part, 2, part.Length - 2);
            }
            else
            {
                // The mark was a letter of the text.
                open?.Append(mark).Append(part);
            }
        }
        return fields;

        static bool IsField(int number) =>
            number is 0 or 10 or (>= 20 and <= 34) or (>= 60 and <= 63);
    }

    private static Mt940Details ReadSlashed(string text)
    {
        var found = new Mt940Details();
        found.AddWords(SlashedWords().Matches(text), text, '/', ' ');
        // IBAN, BIC, name and city of the other, in ING's way.
        var other = found.Word("CNTP")?.Split('/') ?? [];
        return found with
        {
            Name = BankTexts.Name(found.Word("NAME") ?? found.Word("ORDP")
                ?? (other.Length > 2 ? other[2] : null)),
            Account = BankTexts.Short("account",
                found.Word("IBAN") ?? (other.Length > 0 ? other[0] : null)),
            IsReturn = found.Word("RTRN") is not null,
            Text = found.WithReference(found.Word("REMI") ?? ""),
        };
    }

    // The text of a word goes on to the next one.
    private void AddWords(MatchCollection starts, string text, params char[] around)
    {
        for (var at = 0; at < starts.Count; at++)
        {
            var from = starts[at].Index + starts[at].Length;
            var to = at + 1 < starts.Count ? starts[at + 1].Index : text.Length;
            _words.TryAdd(starts[at].Groups[1].Value, text[from..to].Trim(around));
        }
    }

    // What was sent together and is booked together has the message's reference only.
    private string WithReference(string text) => string.Join(' ', new[]
    {
        text.Trim(), EndToEnd,
        Word("KREF") is { } batch && batch.StartsWith("SETTLE", StringComparison.Ordinal)
            ? batch : null,
    }.Where(part => !string.IsNullOrEmpty(part)));

    private string? Word(string word) => _words.GetValueOrDefault(word);

    private static string Join(IEnumerable<string> pieces, int fullChars)
    {
        var joined = new StringBuilder();
        var isFull = true;
        foreach (var piece in pieces)
        {
            if (!isFull) joined.Append(' ');
            joined.Append(piece);
            isFull = piece.Length >= fullChars;
        }
        return joined.ToString().Trim();
    }

    [GeneratedRegex(@"^([0-9]{3})([^A-Za-z0-9\s/:.,+-])(?=[0-9]{2})",
        RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?<![A-Z])(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE)\+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Keywords();

    [GeneratedRegex("^/[A-Z]{2,4}/", RegexOptions.CultureInvariant)]
    private static partial Regex Slashed();

    [GeneratedRegex("/(TRTP|EREF|IBAN|BIC|NAME|REMI|ORDP|BENM|MARF|CSID|KREF|IREF|PREF|RTRN|RTYP"
        + "|ISDT|PURP|ADDR|ULTC|ULTD|ULTB|OCMT|CHGS|ACCW|CNTP|SVCL|INID)/",
        RegexOptions.CultureInvariant)]
    private static partial Regex SlashedWords();

    [GeneratedRegex(@"\G\s*[0-9]+(,[0-9]*)?", RegexOptions.CultureInvariant)]
    private static partial Regex AmountForm();
}
