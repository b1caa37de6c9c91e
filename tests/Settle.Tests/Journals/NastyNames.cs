using System.Text;

namespace Settle.Tests.Journals;

/// <summary>Account names that the rules permit and that a text format may stumble over.</summary>
internal static class NastyNames
{
    public static string[] Known { get; } =
    [
        "a", "A", "a-", "A-", "X", "X--", "x", ":", "::", "a:", ":a", "a::b", "a: b", "a :b",
        "a  b", "a   b",
        "(a)", "[a]", "(a", "* a", "! a", "*", "!", ";", "; c", "a;b", "a ; b", "#", "|", "a|b",
        "%", "%41", "%%", "=", "==",
        "\"", "\"a\"", "a\"b", "'", "\\", "a\\", "a\\nb", "{a}", "<a>", "@", "@@", "a@b", "a @ b",
        "$", "$5", "5 USD", "USD",
        "2026-01-01", "2026-01-01 open", "~", "P", "Assets:A", "Equity:World", "World", "world",
        "include x", "comment",
        "end comment", "account a", "apply account x", "true", "NULL", "-", "--", "-5", "+5", ",",
        "a,b", "a, b", "\u00E9",
        "e\u0301", "\u00DF", "\u0130", "\u0131", "\u00A0a\u00A0b".Trim('\u00A0'), "a\u00A0b",
        "a\u3000b", "\u4E2D\u6587", "\u0645\u0631\u062D",
        "\u0E01\u0E33", "\U0001F600", "a\U0001F600b", "\u200Da", "\u01C5", "\u2167", "\u00B2",
        new string('n', 128),
    ];

    public static string Next(Random random)
    {
        const string Alphabet = "aAzZ09X:-- %;()[]*!@#$'\"\\|=~.,/_+&{}<>?";
        string[] wide = ["é", "ř", "ß", "中", "я", "Ω", "😀", "ا", "\u00A0", "²"];
        while (true)
        {
            var name = new StringBuilder();
            var length = random.Next(1, 12);
            for (var i = 0; i < length; i++)
            {
                if (random.Next(6) == 0) name.Append(wide[random.Next(wide.Length)]);
                else name.Append(Alphabet[random.Next(Alphabet.Length)]);
            }
            var text = name.ToString();
            if (text.Trim() == text && text.Length > 0 && text != "@world") return text;
        }
    }
}
