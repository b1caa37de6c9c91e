namespace Settle.Simulation;

/// <content>Deposit invoices: what they received, and which invoice settles them.</content>
internal sealed partial class BillingBooks
{
    private string JudgeInvoice(AuditedEntry entry, AuditedBill bill)
    {
        var deposits = SettledOf(entry).ConvertAll(number => Invoices.GetValueOrDefault(number));
        if (deposits.Count == 0) return "";
        if (deposits.Exists(deposit => deposit is null || !IsSettleable(deposit, entry, bill)))
            return "deposit_not_settleable";
        var (picked, treatment) =
            Pick(bill, entry.Asset, _customers[bill.Customer]["treatment"]);
        return picked.TrueForAll(charge => charge.IsDeposit)
            || deposits.Sum(deposit => deposit!.Paid) > AuditedSums.AmountOf(picked, treatment)
                ? "exceeds_invoice" : "";
    }

    // Another invoice of the run settles those in other assets of the customer.
    private List<string> SettledOf(AuditedEntry entry) => [.. entry.Bill!.Settles.Where(number =>
        !Invoices.TryGetValue(number, out var invoice)
        || invoice.Bill.Customer != entry.Bill.Customer || invoice.Entry.Asset == entry.Asset)];

    private static bool IsSettleable(
        AuditedInvoice deposit, AuditedEntry entry, AuditedBill bill) =>
        deposit.IsDeposit && deposit.SettledBy.Length == 0 && deposit.Open == 0
        && deposit.LeftInAll > 0 && deposit.Bill.Customer == bill.Customer
        && deposit.Entry.Asset == entry.Asset && !IsBefore(bill.Date, deposit.Bill.Date);

    private Violation? AuditHold(AuditedEntry entry, AuditedBill bill)
    {
        var invoice = Invoices[bill["invoice"]];
        invoice.IsHeld = !bill.Has("released");
        return invoice.Bill.Customer == bill.Customer ? null
            : new("verdict", $"{entry.Id} holds reminders of another customer");
    }

    /// <summary>Settles the deposit invoices that an invoice names.</summary>
    private Violation? AuditSettled(AuditedInvoice invoice, AuditedBill bill)
    {
        invoice.Deposits.AddRange(SettledOf(invoice.Entry).Select(number => Invoices[number]));
        if (bill.Deposits.Count != invoice.Deposits.Count)
            return new("deposit", $"{bill["number"]} deducts other deposits than it settles");
        foreach (var (part, deposit) in bill.Deposits.Zip(invoice.Deposits))
        {
            if (part.Number != deposit.Bill["number"] || part.Rounding != deposit.RoundingLeft
                || part.Amount != deposit.Paid
                || !part.Taxes.Where(tax => tax.Net != 0 || tax.Tax != 0).SequenceEqual(
                    deposit.Left.Values.Where(tax => tax.Net != 0 || tax.Tax != 0)))
                return new("deposit", $"{bill["number"]} deducts {part.Amount} of {part.Number}");
            deposit.SettledBy = bill["number"];
            deposit.Received.Clear();
            deposit.ReceivedRounding = 0;
            invoice.Deducted += part.Amount;
        }
        return null;
    }

    /// <summary>
    /// Takes in what deposit invoices received by an entry; each has then received what is paid of
    /// it, with the tax of that.
    /// </summary>
    private Violation? Receive(AuditedEntry entry, AuditedBill bill)
    {
        foreach (var part in bill.Deposits)
        {
            if (!Invoices.TryGetValue(part.Number, out var deposit)
                || !deposit.IsDeposit || deposit.SettledBy.Length > 0)
                return new("deposit", $"{entry.Id} pays a deposit on {part.Number}");
            foreach (var tax in part.Taxes)
            {
                var (net, sum) = deposit.Received.GetValueOrDefault(tax.Term);
                deposit.Received[tax.Term] = (net + tax.Net, sum + tax.Tax);
            }
            deposit.ReceivedRounding += part.Rounding;
        }
        foreach (var deposit in Invoices.Values)
        {
            if (!deposit.IsDeposit || deposit.SettledBy.Length > 0) continue;
            if (AuditedSums.DepositFault(deposit) is { } wrong)
                return new("deposit", $"{deposit.Bill["number"]} after {entry.Id}: {wrong}");
        }
        return null;
    }

    // What an entry moves beside an invoice or a credit note: the tax that is due, and deposit
    // invoices that are settled, or no longer.
    private static void AddDeposits(Dictionary<string, long> expected, AuditedBill bill,
        List<AuditedInvoice> settled, List<AuditedInvoice> reopened)
    {
        foreach (var deposit in settled)
        {
            Add("deposit-invoices", -deposit.Left.Values.Sum(left => left.Net));
            Add("rounding", -deposit.RoundingLeft);
            Add($"receivable:{bill.Customer}", deposit.LeftInAll);
            foreach (var left in deposit.Left.Values)
                Add($"tax:{left.Category}:{left.Rate}", -left.Tax);
        }
        foreach (var deposit in reopened)
        {
            Add("deposit-invoices", deposit.Left.Values.Sum(left => left.Net));
            Add("rounding", deposit.RoundingLeft);
            Add($"receivable:{bill.Customer}", -deposit.LeftInAll);
            foreach (var left in deposit.Left.Values)
                Add($"deposit-tax:{left.Category}:{left.Rate}", left.Tax);
        }
        if (settled.Count > 0) return;
        foreach (var tax in bill.Deposits.SelectMany(part => part.Taxes))
        {
            Add($"deposit-tax:{tax.Category}:{tax.Rate}", -tax.Tax);
            Add($"tax:{tax.Category}:{tax.Rate}", tax.Tax);
        }

        void Add(string account, long amount) =>
            expected[account] = expected.GetValueOrDefault(account) + amount;
    }
}
