using System.Globalization;

namespace Settle.Tests.Rules;

/// <summary>What a request says, field by field, so that a repeated one can be told from another.</summary>
internal static class NaiveContent
{
    /// <summary>The first field that differs; null when the requests are the same.</summary>
    public static string? DifferingField(object request, object recorded)
    {
        if (request.GetType() != recorded.GetType()) return "type";
        // Members are compared in the order in which the chain has them.
        return Fields(request).Zip(Fields(recorded)).Where(pair => pair.First != pair.Second)
            .Select(pair => pair.First.Field).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static List<(string Field, string Value)> Fields(object request) => request switch
    {
        TransferRequest r =>
        [
            ("from", r.From), ("to", r.To), ("amount", Text(r.Amount.Units)), ("asset", r.Asset ?? "USD"),
            ("timestamp", Text(r.Timestamp)), ("memo", r.Memo ?? ""), ("meta", Text(r.Meta)),
        ],
        HoldRequest r =>
        [
            ("from", r.From), ("to", r.To), ("amount", Text(r.Amount.Units)), ("asset", r.Asset ?? "USD"),
            ("expires_in", Text(r.ExpiresIn)), ("timestamp", Text(r.Timestamp)), ("memo", r.Memo ?? ""),
            ("meta", Text(r.Meta)),
        ],
        TransactionRequest r =>
        [
            ("postings", string.Join(';', r.Postings.Select(p => $"{p.From}>{p.To}:{p.Amount.Units}:{p.Asset ?? "USD"}"))),
            ("timestamp", Text(r.Timestamp)), ("memo", r.Memo ?? ""), ("meta", Text(r.Meta)),
        ],
        CaptureRequest r =>
            [("hold", r.Hold), ("amount", Text(r.Amount?.Units)), ("memo", r.Memo ?? "")],
        VoidRequest r => [("hold", r.Hold), ("memo", r.Memo ?? "")],
        RevertRequest r =>
            [("reverts", r.Reverts), ("amount", Text(r.Amount?.Units)), ("memo", r.Memo ?? "")],
        // What was asked for once is asked for again with another id.
        NaiveStrict => [],
        AccountRequest r =>
        [
            ("account", r.Account), ("asset", r.Asset ?? "USD"), ("overdraft", Text(r.Overdraft)),
            ("ceiling", Text(r.Ceiling)), ("closed", Text(r.Closed)),
            ("owners", r.Owners is null ? "" : "=" + string.Join(',', r.Owners)), ("meta", Text(r.Meta)),
        ],
        NaiveAsset r => [("asset", r.Code), ("scale", Text(r.Scale))],
        _ => throw new ArgumentException(request.GetType().Name),
    };

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Text(IReadOnlyDictionary<string, string>? meta) => meta is null ? ""
        : string.Join(';', meta.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
}
