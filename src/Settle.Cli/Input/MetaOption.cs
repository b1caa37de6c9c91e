using System.CommandLine;

namespace Settle.Cli.Input;

/// <summary>The client's own pairs: <c>--meta order=42</c>, as often as wanted.</summary>
internal sealed class MetaOption : Option<string[]>
{
    public MetaOption()
        : base("--meta")
    {
        Description = "A pair of your own, KEY=VALUE; may be repeated";
        HelpName = "KEY=VALUE";
    }

    /// <exception cref="InvalidRequestException">No pair, or a key occurs twice.</exception>
    public IReadOnlyDictionary<string, string>? In(ParseResult words)
    {
        var texts = words.GetValue(this);
        if (texts is null or []) return null;
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw Settle.Parse.Fault("meta", text, "is not a pair; write KEY=VALUE");
            if (!pairs.TryAdd(text[..equals], text[(equals + 1)..]))
                throw new InvalidRequestException("meta", $"'{text[..equals]}' is given twice");
        }
        return pairs;
    }
}
