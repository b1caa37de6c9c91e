namespace Settle.Billing;

/// <summary>
/// The accounts of the ledger that billing moves money on, and nothing else (B12).
/// </summary>
internal static class BillingAccounts
{
    private const string ReceivableStart = "receivable:";
    private const string TaxStart = "tax:";
    private const string DepositTaxStart = "deposit-tax:";

    private static readonly byte[] ReceivableUtf8 = Encoding.ASCII.GetBytes(ReceivableStart);
    private static readonly byte[] TaxUtf8 = Encoding.ASCII.GetBytes(TaxStart);
    private static readonly byte[] DepositTaxUtf8 = Encoding.ASCII.GetBytes(DepositTaxStart);

    public static ReadOnlySpan<byte> Revenue => "revenue"u8;

    public static ReadOnlySpan<byte> Rounding => "rounding"u8;

    public static ReadOnlySpan<byte> WriteOffs => "write-offs"u8;

    /// <summary>What customers owed when their open invoices were brought in.</summary>
    public static ReadOnlySpan<byte> OpeningBalances => "opening-balances"u8;

    /// <summary>What reminders cost customers.</summary>
    public static ReadOnlySpan<byte> ReminderFees => "reminder-fees"u8;

    /// <summary>What deposit invoices asked for without tax, until an invoice settles them.
    /// </summary>
    public static ReadOnlySpan<byte> DepositInvoices => "deposit-invoices"u8;

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

    /// <summary>The tax on deposit invoices that is due once they are paid.</summary>
    public static string DepositTax(TaxTerm tax) =>
        $"{DepositTaxStart}{tax.Code}:{tax.RateText}";

    /// <summary>Whether an account is one of them.</summary>
    public static bool IsOne(ReadOnlySpan<byte> name) => Since(name) > 0;

    /// <summary>The first rules by which an account is one of them; 0 for none.</summary>
    public static byte Since(ReadOnlySpan<byte> name) =>
        IsOfDeposits(name) ? (byte)12
        : name.SequenceEqual(ReminderFees) ? (byte)11
        : name.SequenceEqual(OpeningBalances) ? (byte)9
        : name.StartsWith(ReceivableUtf8) || name.SequenceEqual(Revenue)
        || name.SequenceEqual(Rounding) || name.SequenceEqual(WriteOffs)
        || IsTax(name, TaxUtf8)
            ? (byte)6 : (byte)0;

    /// <summary>Whether it is about deposit invoices that no invoice settles.</summary>
    public static bool IsOfDeposits(ReadOnlySpan<byte> name) =>
        name.SequenceEqual(DepositInvoices) || IsTax(name, DepositTaxUtf8);

    /// <summary>Whether an account is what is owed to the tax office at some rate.</summary>
    public static bool IsTax(string name) => IsTax(Encoding.UTF8.GetBytes(name), TaxUtf8);

    // tax:S:19; an account such as tax:2026 is anybody's.
    private static bool IsTax(ReadOnlySpan<byte> name, ReadOnlySpan<byte> start)
    {
        if (!name.StartsWith(start)) return false;
        var rest = name[start.Length..];
        var colon = rest.IndexOf((byte)':');
        return colon > 0 && TaxTerm.TryParseCode(rest[..colon], out _);
    }
}
