using Settle.Billing;
using Settle.Journals;

namespace Settle.Accounting;

/// <summary>What is posted for invoices, credit notes and payments. Pure.</summary>
internal sealed class DatevPostings(
    DatevAccounts accounts, DatevDebtors debtors, UnlimitedAccounts unlimited)
{
    /// <summary>
    /// From the debtor to revenue: a posting for each rate and cost centre, and one more for the
    /// tax where the revenue account does not know it. A credit note is the other way round.
    /// </summary>
    public IEnumerable<DatevRow> Of(Invoice invoice)
    {
        foreach (var tax in invoice.Taxes)
        {
            var account = accounts.Of(invoice, tax, out var knowsTax);
            foreach (var row in Rows(invoice, tax, account,
                knowsTax ? tax.Net + tax.Tax : tax.Net)) yield return row;
            if (knowsTax) continue;
            foreach (var row in Rows(invoice, tax, accounts.OtherTax, tax.Tax)) yield return row;
        }
        if (invoice.Rounding is { } rounding)
            yield return Row(invoice, rounding, accounts.Rounding) with
            {
                Supplied = invoice.Lines.Max(line => (DateOnly?)line.Date),
            };
    }

    /// <summary>
    /// From the debtor to what deposit invoices ask for, which is not revenue and has no tax yet.
    /// </summary>
    /// <param name="invoice">A deposit invoice, or a credit note of one.</param>
    public IEnumerable<DatevRow> OfDeposit(Invoice invoice)
    {
        yield return Row(invoice, invoice.Net + invoice.Tax, accounts.DepositInvoices);
        if (invoice.Rounding is { } rounding)
            yield return Row(invoice, rounding, accounts.Rounding);
    }

    /// <summary>What is paid of a deposit invoice, or no longer: its tax is due then.</summary>
    public IEnumerable<DatevRow> Received(IReadOnlyList<CashDiscountPart>? deposits,
        string name, DateOnly date) => (deposits ?? []).SelectMany(deposit => deposit.Taxes
            .SelectMany(tax => OfDeposit(tax)).Select(part => new DatevRow
            {
                Amount = part.Amount, IsDebit = true, Account = accounts.DepositInvoices,
                Contra = part.Account, Date = date, Number = deposit.Invoice, Text = name,
            }));

    /// <summary>From the deposits that were paid to the debtor: an invoice deducts them.</summary>
    public IEnumerable<DatevRow> Settled(Invoice invoice)
    {
        foreach (var deposit in invoice.Deposits ?? [])
        {
            foreach (var (account, amount) in deposit.Taxes.SelectMany(tax => OfDeposit(tax)))
                yield return Row(invoice, -amount, account);
            if (deposit.Rounding is { } rounding)
                yield return Row(invoice, -rounding, accounts.Rounding);
        }
    }

    /// <summary>From the debtor to deposit invoices that are open to be settled again.</summary>
    public IEnumerable<DatevRow> Reopened(
        Invoice note, Money invoices, Money rounding)
    {
        yield return Row(note, -invoices, accounts.DepositInvoices);
        yield return Row(note, -rounding, accounts.Rounding);
    }

    private IEnumerable<(int Account, Money Amount)> OfDeposit(InvoiceTax tax)
    {
        var account = accounts.OfDeposit(tax, out var knowsTax);
        yield return (account, knowsTax ? tax.Net + tax.Tax : tax.Net);
        if (!knowsTax) yield return (accounts.OtherTax, tax.Tax);
    }

    /// <summary>From the debtor to what reminders cost, where one has a fee.</summary>
    /// <param name="reminder">The reminder.</param>
    /// <param name="name">The customer's name.</param>
    public IEnumerable<DatevRow> Of(Reminder reminder, string name)
    {
        if (reminder.Fee is not { } fee) yield break;
        yield return new DatevRow
        {
            Amount = fee, IsDebit = true, Account = debtors.Of(reminder.Customer),
            Contra = accounts.ReminderFees, Date = reminder.Date, Number = reminder.Number,
            Text = name, Due = reminder.Due,
        };
    }

    /// <summary>From the debtor to the bank, or to what is given up: a posting per invoice.
    /// </summary>
    /// <param name="payment">The payment or write-off.</param>
    /// <param name="name">The customer's name.</param>
    public IEnumerable<DatevRow> Of(Payment payment, string name) => Parts(
        payment.WriteOff ? accounts.WriteOffs : OfMoney(payment.From), isDebit: true,
        (payment.Customer, name, payment.Date), payment.Allocations,
        (payment.Unallocated, payment.Reference ?? payment.Id))
        .Concat(Discounts(payment.CashDiscounts, isTaken: true,
            (payment.Customer, name, payment.Date)));

    /// <inheritdoc cref="Of(Payment, string)"/>
    public IEnumerable<DatevRow> Of(Refund refund, string name) => Parts(
        OfMoney(refund.To), isDebit: false, (refund.Customer, name, refund.Date),
        refund.Reopened, (refund.OfCredit, refund.Reference ?? refund.Id))
        .Concat(Discounts(refund.LostDiscounts, isTaken: false,
            (refund.Customer, name, refund.Date)));

    /// <inheritdoc cref="Of(Payment, string)"/>
    public IEnumerable<DatevRow> Of(Chargeback back, string name) => Parts(
        OfMoney(back.To), isDebit: false, (back.Customer, name, back.Date),
        back.Reopened, (back.OfCredit, back.Reference ?? back.Id))
        .Concat(Discounts(back.LostDiscounts, isTaken: false,
            (back.Customer, name, back.Date)));

    private int OfMoney(string account) =>
        accounts.OfMoney(account, account == Book.World || unlimited.Contains(account));

    private IEnumerable<DatevRow> Parts(int account, bool isDebit,
        (string Customer, string Name, DateOnly Date) of,
        IReadOnlyList<PaymentAllocation> parts, (Money Amount, string Reference) rest)
    {
        foreach (var (number, amount) in
            parts.Append(new PaymentAllocation(rest.Reference, rest.Amount)))
        {
            yield return new DatevRow
            {
                Amount = amount, IsDebit = isDebit, Account = account,
                Contra = debtors.Of(of.Customer), Date = of.Date, Number = number, Text = of.Name,
            };
        }
    }

    // A discount corrects what was billed at each rate.
    private IEnumerable<DatevRow> Discounts(IReadOnlyList<CashDiscountPart>? discounts,
        bool isTaken, (string Customer, string Name, DateOnly Date) of)
    {
        foreach (var discount in discounts ?? [])
        {
            foreach (var tax in discount.Taxes)
            {
                var account = accounts.OfDiscount(tax, out var knowsTax);
                yield return Row(account, knowsTax ? tax.Net + tax.Tax : tax.Net);
                if (!knowsTax) yield return Row(accounts.OtherTax, tax.Tax);
            }
            if (discount.Rounding is { } rounding) yield return Row(accounts.Rounding, rounding);

            DatevRow Row(int account, Money amount) => new()
            {
                Amount = amount, IsDebit = isTaken, Account = account,
                Contra = debtors.Of(of.Customer), Date = of.Date, Number = discount.Invoice,
                Text = of.Name,
            };
        }
    }

    // What is on the sum of a rate is shared by its cost centres, and the shares add up to it.
    private IEnumerable<DatevRow> Rows(Invoice invoice, InvoiceTax tax, int account, Money amount)
    {
        var centres = invoice.Lines
            .Where(line => (line.Category, line.Rate) == (tax.Category, tax.Rate))
            .GroupBy(line => line.CostCentre)
            .Select(lines => (Centre: lines.Key, Net: lines.Sum(line => (long)line.Net.Units),
                Supplied: lines.Max(line => (DateOnly?)line.Date)))
            .ToList();
        var total = centres.Sum(each => each.Net);
        if (centres.Count < 2 || total == 0)
        {
            var only = centres.Count == 1 ? centres[0].Centre : null;
            centres = [(only, 1, centres.Max(each => each.Supplied))];
            total = 1;
        }
        Int128 before = 0;
        var given = amount - amount;
        foreach (var (centre, net, supplied) in centres)
        {
            before += net;
            var share = Money.OfMinor(Rounded.Divide(amount.Units * before, total),
                invoice.Asset, invoice.Scale) - given;
            given += share;
            yield return Row(invoice, share, account) with
            {
                CostCentre = centre,
                Supplied = supplied,
                VatId = tax.Category is "K" or "AE"
                    && invoice.Buyer.Country != invoice.Seller.Country ? invoice.Buyer.VatId : null,
            };
        }
    }

    /// <summary>
    /// What one euro costs by an invoice that states its tax in euro; null where it does not.
    /// </summary>
    public static decimal? RateOf(Invoice invoice) =>
        invoice is not { TaxInCurrency.Asset: "EUR", ExchangeRate: { } rate } ? null
        : rate.Base == "EUR" ? rate.Rate : 1 / rate.Rate;

    private DatevRow Row(Invoice invoice, Money amount, int account)
    {
        var isCredit = invoice.Kind == InvoiceType.CreditNote;
        return new DatevRow
        {
            Amount = amount, IsDebit = !isCredit, Account = debtors.Of(invoice.Customer),
            Contra = account, Date = invoice.Date, Number = invoice.Number,
            Text = invoice.Buyer.Name, Corrects = invoice.Corrects,
            Due = isCredit ? null : invoice.Due, Rate = RateOf(invoice),
        };
    }
}
