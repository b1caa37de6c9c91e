using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Settle.Tests.Chain;

/// <summary>
/// A block's hash as somebody else would compute it from the description of the format: with nothing
/// of the product.
/// </summary>
internal static class IndependentHash
{
    private static readonly Comparison<JsonProperty> ByCodeUnits =
        (a, b) => string.CompareOrdinal(a.Name, b.Name);

    public static string Of(ReadOnlySpan<byte> block)
    {
        using var document = JsonDocument.Parse(block.ToArray());
        var text = new StringBuilder();
        Write(text, document.RootElement, isBlock: true);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public static string Canonical(ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        var text = new StringBuilder();
        Write(text, document.RootElement, isBlock: false);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement element, bool isBlock)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = element.EnumerateObject()
                    .Where(member => !isBlock || member.Name is not ("_id" or "_rev" or "hash"))
                    .ToList();
                members.Sort(ByCodeUnits);
                text.Append('{');
                foreach (var member in members)
                {
                    if (text[^1] != '{') text.Append(',');
                    WriteString(text, member.Name);
                    text.Append(':');
                    Write(text, member.Value, isBlock: false);
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                var separator = '[';
                if (element.GetArrayLength() == 0) text.Append(separator);
                foreach (var item in element.EnumerateArray())
                {
                    text.Append(separator);
                    separator = ',';
                    Write(text, item, isBlock: false);
                }
                text.Append(']');
                break;
            case JsonValueKind.String:
                WriteString(text, element.GetString()!);
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        text.Append('"');
    }
}
