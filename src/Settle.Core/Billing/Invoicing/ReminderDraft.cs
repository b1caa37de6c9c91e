namespace Settle.Billing;

/// <summary>
/// What a customer is reminded of on a day (B22): everything that is overdue and that no bank is
/// collecting, and which of it reaches its next level. Pure.
/// </summary>
internal sealed class ReminderDraft
{
    private ReminderDraft(
        List<RemindedInvoice> invoices, RemindedInvoice first, long fee, long total) =>
        (Invoices, First, Fee, Total) = (invoices, first, fee, total);

    /// <summary>All that is overdue, in the order of the chain.</summary>
    public IReadOnlyList<RemindedInvoice> Invoices { get; }

    /// <summary>The first invoice that reaches the highest level that is reached.</summary>
    public RemindedInvoice First { get; }

    /// <summary>What the reminder costs, minor units.</summary>
    public long Fee { get; }

    /// <summary>All that it asks for, fee included and less what was paid too much.</summary>
    public long Total { get; }

    /// <summary>The highest level.</summary>
    public int Level => Invoices.Max(invoice => invoice.Level);

    /// <summary>The number of a reminder: of the first invoice that reaches a level.</summary>
    public static string NumberOf(string invoice, int level) =>
        string.Create(CultureInfo.InvariantCulture, $"{invoice}-R{level}");

    /// <param name="billing">The state.</param>
    /// <param name="account">The customer's account.</param>
    /// <param name="dunning">When a level is reached, and what it costs.</param>
    /// <param name="day">The day of the reminder.</param>
    /// <param name="flatFee">What a business pays instead; 0 for the fees of the levels.</param>
    /// <returns>Null where no level is reached, or too little is owed.</returns>
    public static ReminderDraft? Of(
        BillingBook billing, int account, DunningTerms dunning, int day, long flatFee)
    {
        ref readonly var row = ref billing.Accounts[account];
        var invoices = new List<RemindedInvoice>();
        RemindedInvoice? first = null;
        var (open, fee) = ((Int128)0, 0L);
        for (var at = row.FirstUnpaid; at >= 0 && invoices.Count < Limits.RemindedInvoicesMax;
            at = billing.Invoices[at].Next)
        {
            ref readonly var invoice = ref billing.Invoices[at];
            if (invoice.Open == 0 || invoice.Due >= day || invoice.IsHeld
                || billing.IsCollected(invoice, day)) continue;
            var level = LevelOf(invoice, dunning, day);
            open += invoice.Open;
            invoices.Add(new RemindedInvoice(billing.NumberOf(invoice), level, invoice.Open));
            if (level == invoice.Level) continue;
            fee = long.Max(fee, FeeOf(dunning, level, flatFee));
            if (first is null || level > first.Value.Level) first = invoices[^1];
        }
        // Fees are in the ledger's own asset, and so is the minimum.
        if (row.Asset != 0) fee = 0;
        var owed = open - Int128.Max(0, row.Credit);
        if (first is not { } reached || owed <= 0 || (row.Asset == 0 && owed < dunning.Minimum)
            || owed + fee > Limits.AmountMax)
            return null;
        return new ReminderDraft(invoices, reached, fee, (long)owed + fee);
    }

    // One level at a time, and as long after the last one as the levels lie apart.
    private static int LevelOf(in InvoiceRow invoice, DunningTerms dunning, int day)
    {
        if (invoice.IsFee || invoice.Level >= dunning.Levels.Count) return invoice.Level;
        var days = dunning.Levels[invoice.Level].Days;
        var since = invoice.Level == 0 ? 0
            : invoice.RemindedOn + days - dunning.Levels[invoice.Level - 1].Days;
        return day >= int.Max(invoice.Due + days, since) ? invoice.Level + 1 : invoice.Level;
    }

    // A flat fee is due once, with the first level that has one.
    private static long FeeOf(DunningTerms dunning, int level, long flatFee)
    {
        if (flatFee == 0) return dunning.Levels[level - 1].Fee;
        var first = 0;
        while (first < dunning.Levels.Count - 1 && dunning.Levels[first].Fee == 0) first++;
        return level == first + 1 ? flatFee : 0;
    }
}
