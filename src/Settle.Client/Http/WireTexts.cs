using System.Text.Json.Serialization.Metadata;

namespace Settle.Http;

/// <summary>
/// Sees to it that every text can be written as UTF-8 unchanged: a lone surrogate would reach the
/// ledger as another text. All else is the server's to check.
/// </summary>
internal static class WireTexts
{
    /// <exception cref="InvalidRequestException">It is null or holds a lone surrogate.</exception>
    public static string Check(string field, string? text)
    {
        return IsWellFormed(Texts.Given(field, text)) ? text!
            : throw new InvalidRequestException(field, "must be valid Unicode");
    }

    public static void Check(TransferRequest request, int index)
    {
        if (IsFine(request.From) && IsFine(request.To) && IsFine(request.Id ?? "")
            && IsFine(request.Memo ?? "")
            && request.Asset is null && request.Meta is null)
        {
            return;
        }
        var prefix = index < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[{index}].");
        Check(prefix + "from", request.From);
        Check(prefix + "to", request.To);
        CheckNotes(prefix, request.Id, request.Asset, request.Memo, request.Meta);
    }

    public static void Check(HoldRequest request)
    {
        Check("from", request.From);
        Check("to", request.To);
        CheckNotes("", request.Id, request.Asset, request.Memo, request.Meta);
    }

    public static void Check(TransactionRequest request)
    {
        var index = 0;
        if (request.Postings is null)
            throw new InvalidRequestException("postings", "is missing");
        foreach (var posting in request.Postings)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"postings[{index++}]");
            if (posting is null) throw new InvalidRequestException(at, "is missing");
            var prefix = at + ".";
            Check(prefix + "from", posting.From);
            Check(prefix + "to", posting.To);
            Check(prefix + "asset", posting.Asset ?? "");
        }
        CheckNotes("", request.Id, null, request.Memo, request.Meta);
    }

    public static void Check(AccountRequest request)
    {
        Check("account", request.Account);
        var index = 0;
        foreach (var owner in request.Owners ?? [])
            Check(string.Create(CultureInfo.InvariantCulture, $"owners[{index++}]"), owner);
        CheckNotes("", request.Id, request.Asset, null, request.Meta);
    }

    /// <summary>Checks every text of a request, by the names that JSON has for them.</summary>
    public static void CheckAll(string prefix, object request, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            switch (property.Get?.Invoke(request))
            {
                case string text: Check(prefix + property.Name, text); break;
                case IEnumerable<string> texts:
                    foreach (var text in texts) Check(prefix + property.Name, text);
                    break;
                case Party party:
                    CheckAll(property.Name + ".", party, WireJson.Compact.Party);
                    break;
                case null when property.IsRequired || !property.IsGetNullable:
                    throw new InvalidRequestException(prefix + property.Name, "is missing");
                default: break;
            }
        }
    }

    private static void CheckNotes(string prefix, string? id, string? asset, string? memo,
        IReadOnlyDictionary<string, string>? meta)
    {
        Check(prefix + "id", id ?? "");
        Check(prefix + "asset", asset ?? "");
        Check(prefix + "memo", memo ?? "");
        if (meta is null) return;
        foreach (var (key, value) in meta)
        {
            Check(prefix + "meta", key);
            Check($"{prefix}meta.{key}", value);
        }
    }

    private static bool IsFine(string? text) =>
        text is not null && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');

    private static bool IsWellFormed(string text)
    {
        if (IsFine(text)) return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
