namespace Settle.Simulation;

/// <content>Money that goes back, and charges that are taken back.</content>
internal sealed partial class BillingBooks
{
    // Since when a customer had paid too much.
    private readonly Dictionary<(string Customer, string Asset), string> _creditSince = [];

    /// <summary>
    /// A customer whose receivable is not what the invoices have open, less what was paid too much.
    /// </summary>
    public string? FindDifference(Books money)
    {
        foreach (var account in Invoices.Values
            .Select(invoice => (invoice.Bill.Customer, invoice.Entry.Asset))
            .Concat(_credit.Keys).Distinct())
        {
            var owed = OpenInvoices(account.Customer, account.Asset).Sum(each => each.Open)
                - _credit.GetValueOrDefault(account);
            if (money.Balance($"receivable:{account.Customer}", account.Asset) != -owed)
                return $"{account.Customer} owes {owed} by the invoices, but not by the books";
        }
        return null;
    }

    private string JudgeRefund(AuditedEntry entry)
    {
        var bill = entry.Bill!;
        if (!_customers.ContainsKey(bill.Customer)) return "unknown_customer";
        if (bill["payment"].Length == 0)
        {
            var credit = _credit.GetValueOrDefault((bill.Customer, entry.Asset));
            return entry.Amount > long.Max(0, credit) ? "exceeds_credit"
                : IsBefore(bill.Date, _creditSince[(bill.Customer, entry.Asset)])
                    ? "money_back_before_payment" : "";
        }
        if (!_payments.TryGetValue(bill["payment"], out var payment)
            || payment.Bill.Customer != bill.Customer) return "payment_not_found";
        if (payment.Entry.Asset != entry.Asset) return "asset_differs";
        if (IsBefore(bill.Date, payment.Bill.Date)) return "money_back_before_payment";
        return entry.Amount > payment.Left || Take(payment, entry.Amount).Missing > 0
            ? "exceeds_payment" : "";
    }

    private string JudgeChargeback(AuditedEntry entry)
    {
        if (entry.Bill!.Number("fee") > 0 && _seller is null) return "seller_missing";
        if (!_payments.TryGetValue(entry.Bill!["payment"], out var payment))
            return "payment_not_found";
        if (IsBefore(entry.Bill!.Date, payment.Bill.Date)) return "money_back_before_payment";
        return payment.Left == 0 || (!entry.IsWhole && entry.Amount > payment.Left)
            ? "exceeds_payment" : "";
    }

    private void AddCredit((string Customer, string Asset) account, long amount, string day)
    {
        var before = _credit.GetValueOrDefault(account);
        _credit[account] = before + amount;
        if (amount > 0 && (before <= 0 || IsBefore(day, _creditSince[account])))
            _creditSince[account] = day;
    }

    private string JudgeWithdrawal(AuditedBill bill) =>
        !Charges.TryGetValue(bill["charge"], out var charge) ? "charge_not_found"
        : _open.Contains(charge) ? "" : "charge_not_open";

    private Violation? AuditMoneyBack(AuditedEntry entry, AuditedBill bill)
    {
        var payment = bill["payment"].Length == 0 ? null : _payments[bill["payment"]];
        if (bill.Has("whole") && entry.Amount != payment!.Left)
            return new("payment", $"{entry.Id} is not all that is left of the payment");
        var reopened = payment is null ? [] : Take(payment, entry.Amount).Reopened;
        if (!reopened.SequenceEqual(bill.Allocations))
            return new("payment", $"{entry.Id} opens other invoices than the payment had paid");
        if (LoseDiscounts(entry, bill, reopened) is { } fault) return fault;
        foreach (var (number, amount) in reopened) Invoices[number].Paid -= amount;
        NoteReturned(reopened);
        if (Receive(entry, bill) is { } wrong) return wrong;
        if (entry.Type == "refund") _refunds.Add(entry.Id, entry);
        var ofCredit = entry.Amount - reopened.Sum(part => part.Amount);
        _credit[(bill.Customer, entry.Asset)] =
            _credit.GetValueOrDefault((bill.Customer, entry.Asset)) - ofCredit;
        if (payment is not null)
        {
            payment.Taken += entry.Amount;
            payment.TakenOfCredit += ofCredit;
        }
        if (bill.Number("fee") > 0)
        {
            AddCharge(new AuditedCharge(
                entry.Id, bill.Customer, entry.Asset, "out_of_scope", IsGross: false)
            {
                Amount = bill.Number("fee"), Date = bill.Date,
            }, entry.Height);
        }
        var target = payment is { Entry.From.Length: > 0 } ? payment.Entry.From : "@world";
        return entry.Postings is [{ } moved, ..] && moved.To == target
            && moved.From == $"receivable:{bill.Customer}" && moved.Amount == entry.Amount
            && (payment is null || payment.Bill.Customer == bill.Customer)
                ? null : new("postings", $"{entry.Id} moves other money than it says");
    }

    private Violation? AuditWithdrawal(AuditedEntry entry, AuditedBill bill)
    {
        var charge = Charges[bill["charge"]];
        _open.Remove(charge);
        charge.End(entry.Height);
        return entry.Amount == charge.Amount && bill.Customer == charge.Customer ? null
            : new("verdict", $"{entry.Id} withdraws {entry.Amount}, not {charge.Amount}");
    }

    /// <summary>
    /// Where money that goes back comes from: what the payment had left over, the invoices that it
    /// paid, the last one first, then whatever else was paid, the newest first.
    /// </summary>
    private (List<(string Number, long Amount)> Reopened, long Missing) Take(
        AuditedPayment payment, long amount)
    {
        var account = (payment.Bill.Customer, payment.Entry.Asset);
        var credit = long.Max(0, _credit.GetValueOrDefault(account));
        var reopened = new List<(string Number, long Amount)>();
        var missing = amount;
        UseCredit(payment.LeftOver - payment.TakenOfCredit);
        foreach (var (number, still) in payment.Still()) Open(number, still);
        UseCredit(credit);
        foreach (var invoice in Numbered.Where(entry => entry.Type != "credit_note"
            && (entry.Bill!.Customer, entry.Asset) == account).Reverse())
            Open(invoice.Bill!["number"], long.MaxValue);
        return (reopened, missing);

        void UseCredit(long max)
        {
            var part = long.Clamp(missing, 0, long.Max(0, long.Min(max, credit)));
            credit -= part;
            missing -= part;
        }

        void Open(string number, long max)
        {
            var at = reopened.FindIndex(part => part.Number == number);
            var before = at < 0 ? 0 : reopened[at].Amount;
            var part = long.Min(long.Min(missing, max), Invoices[number].Paid - before);
            if (part <= 0) return;
            if (at < 0) reopened.Add((number, part));
            else reopened[at] = (number, before + part);
            missing -= part;
        }
    }
}
