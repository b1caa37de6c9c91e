using System.Xml;

namespace Settle.Paper.Xml;

/// <summary>How texts and numbers stand in an electronic invoice.</summary>
internal static class XmlStyle
{
    /// <summary>The same bytes on every machine.</summary>
    public static XmlWriterSettings Settings { get; } = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Replace,
    };

    public static string Of(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A text without what XML cannot hold, such as control characters.</summary>
    public static string Clean(string text)
    {
        var isClean = true;
        for (var i = 0; i < text.Length && isClean; i++) isClean = XmlConvert.IsXmlChar(text[i]);
        if (isClean) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value)) clean.Append(rune);
            else clean.Append('\uFFFD');
        }
        return clean.ToString();
    }
}
