namespace Settle;

/// <summary>The text of every <see cref="EntryKind"/>.</summary>
internal static class EntryKinds
{
    private static readonly string[] Texts =
        ["ledger", "asset", "account", "transfer", "transaction", "hold", "capture", "void",
            "revert", "site", "suspend", "end", "retire", "join", "ask", "grant", "fork",
            "seller", "customer", "charge", "subscription", "invoice", "credit_note",
            "payment", "refund", "chargeback", "withdrawal", "opening",
            "sepa_order", "reminder", "reminder_hold", "quote", "quote_answer"];

    /// <summary>The first version of blocks of ledgers that have sites (C8).</summary>
    public const int SitesSince = 10;

    private static readonly byte[][] Utf8 =
        [.. Texts.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Whether it has <see cref="Settle.Billing.BillingTerms"/>.</summary>
    public static bool IsBilling(this EntryKind kind) => kind >= EntryKind.Seller;

    /// <summary>The first version of blocks that have it (C8).</summary>
    public static int Since(this EntryKind kind) => kind switch
    {
        >= EntryKind.Site and <= EntryKind.Fork => SitesSince,
        EntryKind.SepaOrder => 11,
        EntryKind.Opening => 9,
        EntryKind.Reminder => 11,
        EntryKind.ReminderHold => 12,
        EntryKind.Quote or EntryKind.QuoteAnswer => 13,
        >= EntryKind.Refund => 6,
        _ => 1,
    };

    /// <summary>
    /// Whether somebody asks for it, so that it has an id and a verdict: the others are what a site
    /// writes of itself.
    /// </summary>
    public static bool IsAsked(this EntryKind kind) => KindSet.Asked.Has(kind);

    public static bool Has(this KindSet kinds, EntryKind kind) =>
        (kinds & (KindSet)(1L << (int)kind)) != 0;

    public static string Text(this EntryKind kind) => Texts[(int)kind];

    public static ReadOnlySpan<byte> Bytes(this EntryKind kind) => Utf8[(int)kind];

    public static bool TryParse(ReadOnlySpan<byte> text, out EntryKind kind)
    {
        for (kind = 0; (int)kind < Utf8.Length; kind++)
            if (text.SequenceEqual(Utf8[(int)kind])) return true;
        return false;
    }
}
