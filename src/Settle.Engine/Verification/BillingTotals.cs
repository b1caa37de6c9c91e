using Settle.Billing;

namespace Settle.Verification;

/// <summary>
/// Whether the accounts of billing hold what its invoices, credit notes and payments come to, for
/// every customer and every tax. The two are made of the same entries, but in different ways; and
/// before version 6 of blocks anybody could move money on these accounts.
/// </summary>
internal sealed class BillingTotals(Book book)
{
    private static readonly string OpeningBalances =
        Encoding.UTF8.GetString(BillingAccounts.OpeningBalances);

    private const byte DepositsSince = 12;

    private static readonly string ReminderFees =
        Encoding.UTF8.GetString(BillingAccounts.ReminderFees);

    private readonly Dictionary<(string Account, int Asset), Int128> _expected = [];

    private bool _hasOpenings;
    private bool _hasFees;
    private bool _hasDeposits;

    private BillingBook Billing => book.Billing;

    /// <summary>A sentence for every account that holds something else.</summary>
    public IEnumerable<string> FindDifferences()
    {
        if (Billing.Seller is null) yield break;
        for (var i = 0; i < Billing.Invoices.Count; i++) AddInvoice(Billing.Invoices[i]);
        for (var i = 0; i < Billing.Accounts.Count; i++)
            Add(Receivable(Billing.Accounts[i]), Billing.Accounts[i].Asset,
                Billing.Accounts[i].Credit);
        for (var i = 0; i < book.PositionCount; i++)
        {
            var position = book.Position(i);
            if (!position.IsBillings) continue;
            var account = book.AccountName(position.Account);
            // Until something is brought in, it can be anybody's.
            if (account == OpeningBalances && !_hasOpenings) continue;
            if (account == ReminderFees && !_hasFees) continue;
            if (!_hasDeposits && position.BillingsSince == DepositsSince) continue;
            _expected.Remove((account, position.Asset), out var expected);
            if (position.Balance != expected)
                yield return Difference(account, position.Asset, position.Balance, expected);
        }
        foreach (var ((account, asset), expected) in _expected)
            if (expected != 0) yield return Difference(account, asset, 0, expected);
    }

    private void AddInvoice(in InvoiceRow invoice)
    {
        var account = Billing.Accounts[invoice.Account];
        if (invoice.IsOpening)
        {
            Add(OpeningBalances, account.Asset, invoice.Amount);
            _hasOpenings = true;
        }
        if (invoice.IsFee)
        {
            Add(ReminderFees, account.Asset, invoice.Amount);
            _hasFees = true;
        }
        // The row of a deposit invoice knows what is left of it.
        if (invoice.IsCreditNote && Billing.Invoices[invoice.Corrects].IsDeposit) return;
        if (invoice.IsDeposit)
        {
            AddDeposit(invoice, account.Asset);
            return;
        }
        var sign = invoice.IsCreditNote ? -1 : 1;
        Add(Receivable(account), account.Asset, -invoice.Open);
        Add(Encoding.UTF8.GetString(BillingAccounts.WriteOffs), account.Asset, -invoice.WrittenOff);
        Add(Encoding.UTF8.GetString(BillingAccounts.Revenue), account.Asset, sign * invoice.Net);
        Add(Encoding.UTF8.GetString(BillingAccounts.Rounding), account.Asset,
            sign * invoice.Rounding);
        foreach (var tax in Billing.TaxesOf(invoice))
            Add(BillingAccounts.Tax(tax.Term), account.Asset, sign * tax.Tax);
        if (invoice.Discounted == 0) return;
        var discount = CashDiscounts.Of(Billing, invoice);
        Add(Encoding.UTF8.GetString(BillingAccounts.Revenue), account.Asset, -discount.Net);
        Add(Encoding.UTF8.GetString(BillingAccounts.Rounding), account.Asset, -discount.Rounding);
        foreach (var tax in discount.Taxes)
            Add(BillingAccounts.Tax(tax.Term), account.Asset, -tax.Tax);
    }

    // Once an invoice settles it, only what went back of its payments is left.
    private void AddDeposit(in InvoiceRow deposit, int asset)
    {
        _hasDeposits = true;
        Add(Receivable(Billing.Accounts[deposit.Account]), asset, -deposit.Open);
        Add(Encoding.UTF8.GetString(BillingAccounts.WriteOffs), asset, -deposit.WrittenOff);
        if (!deposit.IsUnsettled) return;
        var (left, rounding) = CreditParts.Left(Billing, deposit);
        var received = DepositParts.Received(Billing, deposit);
        Add(Encoding.UTF8.GetString(BillingAccounts.Rounding), asset, rounding);
        for (var i = 0; i < left.Length; i++)
        {
            Add(Encoding.UTF8.GetString(BillingAccounts.DepositInvoices), asset, left[i].Net);
            Add(BillingAccounts.Tax(left[i].Term), asset, received.Taxes[i].Tax);
            Add(BillingAccounts.DepositTax(left[i].Term), asset,
                left[i].Tax - received.Taxes[i].Tax);
        }
    }

    private string Receivable(in AccountRow account) =>
        BillingAccounts.Receivable(Billing.CustomerName(account.Customer));

    private void Add(string account, int asset, Int128 amount) =>
        _expected[(account, asset)] = _expected.GetValueOrDefault((account, asset)) + amount;

    private string Difference(string account, int asset, Int128 balance, Int128 expected)
    {
        var state = book.Assets[asset];
        return $"{account} holds {state.Of(balance)}, but the invoices and payments come to "
            + $"{state.Of(expected)}: something other than billing moved money there";
    }
}
