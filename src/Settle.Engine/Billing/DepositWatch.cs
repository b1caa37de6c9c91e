namespace Settle.Billing;

/// <summary>The paid deposit invoices that no invoice settles.</summary>
internal static class DepositWatch
{
    /// <summary>
    /// What whoever bills a customer should know: deposits that the invoice does not deduct. Null
    /// where there are none.
    /// </summary>
    /// <param name="book">The state.</param>
    /// <param name="account">The customer's account.</param>
    /// <param name="number">The invoice; empty in a dry run.</param>
    /// <param name="settles">The deposit invoices that it would settle.</param>
    public static string? Warning(
        BillingBook book, int account, string number, IReadOnlyList<string> settles)
    {
        var left = new List<string>();
        for (var at = book.Accounts[account].FirstInvoice; at >= 0; at = book.Invoices[at].Next)
        {
            ref readonly var row = ref book.Invoices[at];
            if (row.IsUnsettled && row is { Open: 0, Creditable: > 0 }
                && !settles.Contains(book.NumberOf(row)))
                left.Add(book.NumberOf(row));
        }
        return left.Count == 0 ? null
            : $"{book.CustomerName(book.Accounts[account].Customer)} has paid "
                + $"{(left.Count == 1 ? "a deposit" : "deposits")} "
                + $"({string.Join(", ", left)}) that "
                + $"{(number.Length > 0 ? number : "the invoice")} does not deduct; "
                + "where it should, " + (number.Length > 0
                    ? "credit it so that its charges are billed again, and name the deposit that "
                        + "the next invoice settles"
                    : "name the deposit that it settles");
    }
}
