namespace Settle.Billing;

/// <summary>
/// Which deposit invoices an invoice settles, and what that moves (B23): all that they came to is
/// taken back, and the invoice is less by what they brought. Pure.
/// </summary>
internal static class Settlements
{
    /// <summary>What some deposit invoices brought; null where one cannot be settled.</summary>
    /// <param name="billing">The state.</param>
    /// <param name="customer">Whose invoice settles them.</param>
    /// <param name="account">Its account; -1 for one that is not there yet.</param>
    /// <param name="day">Its date.</param>
    /// <param name="numbers">The deposit invoices.</param>
    /// <param name="follows">
    /// Whether the rules of a version count. Before version 13, the customer's invoices in other
    /// assets, which another invoice of the same run settles, could not be named.
    /// </param>
    public static List<TakenDiscount>? Of(BillingBook billing, int customer, int account, int day,
        List<byte[]> numbers, Func<byte, bool> follows)
    {
        var found = new List<TakenDiscount>();
        var seen = new HashSet<int>();
        foreach (var number in numbers)
        {
            var deposit = billing.FindInvoice(number);
            if (IsOfAnotherAsset(billing, customer, account, deposit) && follows(13)) continue;
            if (deposit < 0 || !seen.Add(deposit)
                || !IsPaid(billing.Invoices[deposit], account, day))
                return null;
            found.Add(DepositParts.Received(billing, billing.Invoices[deposit]));
        }
        return found;
    }

    /// <summary>Whether an invoice is its customer's, in another asset than an account's.</summary>
    public static bool IsOfAnotherAsset(
        BillingBook billing, int customer, int account, int invoice) => invoice >= 0
        && billing.Invoices[invoice].Account is var other && other != account
        && billing.Accounts[other].Customer == customer;

    /// <summary>Whether an invoice of an account may settle it: a paid deposit invoice.</summary>
    public static bool IsPaid(in InvoiceRow row, int account, int day) => row.IsUnsettled
        && row.Account == account && row.Open == 0 && row.Creditable > 0 && row.Date <= day;

    /// <summary>
    /// Takes back what deposit invoices came to, or, when the invoice that settled them is
    /// credited, makes it so again.
    /// </summary>
    public static void Post(RequestBatch batch, ref Request request, Slice customer,
        List<TakenDiscount> deposits, bool isOpposite)
    {
        foreach (var deposit in deposits)
        {
            var receivable = BillingDecider.Receivable(batch, customer);
            BillingDecider.Post(batch, ref request, receivable,
                batch.Append(BillingAccounts.DepositInvoices), deposit.Net, isOpposite);
            foreach (var tax in deposit.Taxes)
            {
                if (tax.Tax == 0) continue;
                BillingDecider.Post(batch, ref request, receivable,
                    batch.Append("to", BillingAccounts.Tax(tax.Term)), tax.Tax, isOpposite);
            }
            BillingDecider.Post(batch, ref request, receivable,
                batch.Append(BillingAccounts.Rounding), deposit.Rounding, isOpposite);
        }
    }

    public static void Apply(BillingBook book, int invoice, List<TakenDiscount> deposits)
    {
        foreach (var part in deposits)
        {
            var number = book.FindInvoice(part.Invoice);
            ref var deposit = ref book.Invoices.Touch(number);
            deposit.SettledBy = invoice + 1;
            deposit.NextDeposit = book.Invoices[invoice].NextDeposit;
            ref var row = ref book.Invoices.Touch(invoice);
            row.NextDeposit = number + 1;
            row.Deducted += part.Amount;
        }
        book.SkipPaid(book.Invoices[invoice].Account);
    }

    /// <summary>The deposit invoices that an invoice settles.</summary>
    public static List<int> Of(BillingBook book, in InvoiceRow invoice)
    {
        var found = new List<int>();
        if (invoice.IsDeposit) return found;
        for (var at = invoice.NextDeposit; at > 0; at = book.Invoices[at - 1].NextDeposit)
            found.Add(at - 1);
        return found;
    }

    /// <summary>They are open to be settled again.</summary>
    public static void Reopen(BillingBook book, int invoice)
    {
        foreach (var number in Of(book, book.Invoices[invoice]))
        {
            ref var deposit = ref book.Invoices.Touch(number);
            (deposit.SettledBy, deposit.NextDeposit) = (0, 0);
        }
        ref var row = ref book.Invoices.Touch(invoice);
        (row.NextDeposit, row.Deducted) = (0, 0);
    }
}
