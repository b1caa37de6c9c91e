namespace Settle.Reading;

/// <summary>What somebody looks for: several words, in any order, in any case.</summary>
internal sealed class SearchWords
{
    public const int CharsMax = 128;
    private readonly string[] _words;

    private SearchWords(string[] words) => _words = words;

    /// <summary>The words of a text; null for no text.</summary>
    /// <exception cref="InvalidRequestException">It has none, or is too long.</exception>
    public static SearchWords? Of(string field, string? text)
    {
        if (text is null) return null;
        if (text.Length > CharsMax)
            throw new InvalidRequestException(field, string.Create(CultureInfo.InvariantCulture,
                $"is too long; look for at most {CharsMax} characters"));
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 ? new SearchWords(words)
            : throw new InvalidRequestException(field, "is empty; name what to look for");
    }

    /// <summary>Whether each of them is in a text.</summary>
    public bool AreIn(string text)
    {
        foreach (var word in _words)
            if (!text.Contains(word, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }

    /// <summary>Whether each of them is in one of two texts.</summary>
    public bool AreIn(string text, string other)
    {
        foreach (var word in _words)
        {
            if (!text.Contains(word, StringComparison.OrdinalIgnoreCase)
                && !other.Contains(word, StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    /// <summary>Whether they are in UTF-8.</summary>
    public bool AreIn(ReadOnlySpan<byte> utf8) => AreIn(Encoding.UTF8.GetString(utf8));
}
