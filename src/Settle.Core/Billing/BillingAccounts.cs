namespace Settle.Billing;

/// <summary>
/// The accounts of the ledger that billing moves money on, and nothing else (B12).
/// </summary>
internal static class BillingAccounts
{
    private const string ReceivableStart = "receivable:";
    private const string TaxStart = "tax:";

    private static readonly byte[] ReceivableUtf8 = Encoding.ASCII.GetBytes(ReceivableStart);
    private static readonly byte[] TaxUtf8 = Encoding.ASCII.GetBytes(TaxStart);

    public static ReadOnlySpan<byte> Revenue => "revenue"u8;

    public static ReadOnlySpan<byte> Rounding => "rounding"u8;

    public static ReadOnlySpan<byte> WriteOffs => "write-offs"u8;

    /// <summary>What customers owed when their open invoices were brought in.</summary>
    public static ReadOnlySpan<byte> OpeningBalances => "opening-balances"u8;

    /// <summary>What reminders cost customers.</summary>
    public static ReadOnlySpan<byte> ReminderFees => "reminder-fees"u8;

    /// <summary>Below zero by what the customer owes.</summary>
    public static string Receivable(string customer) => ReceivableStart + customer;

    /// <summary>The same name, in a batch.</summary>
    public static Slice AppendReceivable(RequestBatch batch, Slice customer)
    {
        var space = batch.Reserve(ReceivableUtf8.Length + customer.Length);
        ReceivableUtf8.CopyTo(space);
        batch.Bytes(customer).CopyTo(space[ReceivableUtf8.Length..]);
        return batch.Commit(ReceivableUtf8.Length + customer.Length);
    }

    /// <summary>The customer whose debt an account is; null if it is another account.</summary>
    public static string? CustomerOf(string account) =>
        account.Length > ReceivableStart.Length
            && account.StartsWith(ReceivableStart, StringComparison.Ordinal)
            ? account[ReceivableStart.Length..] : null;

    public static string Tax(TaxTerm tax) => $"{TaxStart}{tax.Code}:{tax.RateText}";

    /// <summary>Whether an account is one of them.</summary>
    public static bool IsOne(ReadOnlySpan<byte> name) => Since(name) > 0;

    /// <summary>The first rules by which an account is one of them; 0 for none.</summary>
    public static byte Since(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(ReminderFees) ? (byte)11
        : name.SequenceEqual(OpeningBalances) ? (byte)9
        : name.StartsWith(ReceivableUtf8) || name.SequenceEqual(Revenue)
        || name.SequenceEqual(Rounding) || name.SequenceEqual(WriteOffs) || IsTax(name)
            ? (byte)6 : (byte)0;

    // tax:S:19; an account such as tax:2026 is anybody's.
    private static bool IsTax(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith(TaxUtf8)) return false;
        var rest = name[TaxUtf8.Length..];
        var colon = rest.IndexOf((byte)':');
        return colon > 0 && TaxTerm.TryParseCode(rest[..colon], out _);
    }
}
