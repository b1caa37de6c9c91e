namespace Settle.Simulation;

/// <summary>
/// The rules of billing a second time, written from their description. Shares nothing with the
/// product.
/// </summary>
internal sealed partial class BillingBooks
{
    private readonly Dictionary<string, AuditedBill> _customers = [];
    private readonly Dictionary<string, AuditedEntry> _customerEntries = [];
    private readonly List<AuditedCharge> _open = [];
    private readonly Dictionary<string, AuditedEntry> _chargeEntries = [];
    private readonly Dictionary<string, AuditedPayment> _payments = [];
    private readonly Dictionary<string, (int First, int Last)> _series = [];
    private readonly Dictionary<(string Customer, string Asset), long> _credit = [];
    private AuditedBill? _seller;

    public Dictionary<string, AuditedCharge> Charges { get; } = [];

    public Dictionary<string, AuditedInvoice> Invoices { get; } = [];

    /// <summary>Invoices and credit notes in the order of the chain.</summary>
    public List<AuditedEntry> Numbered { get; } = [];

    public Dictionary<string, AuditedSubscription> Subscriptions { get; } = [];

    /// <summary>The charges that no invoice bills, in the order in which they opened.</summary>
    public IReadOnlyList<AuditedCharge> Open => _open;

    public IReadOnlyDictionary<(string Customer, string Asset), long> Credit => _credit;

    /// <summary>Whether an account has no floor when billing moves its money.</summary>
    public static bool MayOwe(string account) => account is "revenue" or "rounding" or "write-offs"
            or "deposit-invoices"
        || account.StartsWith("deposit-tax:", StringComparison.Ordinal)
        || account.StartsWith("receivable:", StringComparison.Ordinal)
        || account.StartsWith("tax:", StringComparison.Ordinal);

    /// <summary>Whether what an entry records is right; then books it.</summary>
    public Violation? Audit(AuditedEntry entry)
    {
        if (entry.Bill is not { } bill || entry.Status != "successful") return null;
        switch (entry.Type)
        {
            case "seller":
                _seller = bill;
                return null;
            case "customer":
                (_customers[bill.Customer], _customerEntries[bill.Customer]) = (bill, entry);
                return null;
            case "charge":
                return AuditCharge(entry, bill);
            case "subscription":
                return AddSubscription(entry, bill);
            case "invoice":
                return AuditInvoice(entry, bill);
            case "credit_note":
                return AuditCreditNote(entry, bill);
            case "refund" or "chargeback":
                return AuditMoneyBack(entry, bill);
            case "opening":
                return AuditOpening(entry, bill);
            case "sepa_order":
                return AuditOrder(entry, bill);
            case "withdrawal":
                return AuditWithdrawal(entry, bill);
            case "reminder":
                return AuditReminder(entry, bill);
            case "reminder_hold":
                return AuditHold(entry, bill);
            case "quote":
                return AuditQuote(entry, bill);
            case "quote_answer":
                return AuditAnswer(entry, bill);
            default:
                return AuditPayment(entry, bill);
        }
    }

    private IEnumerable<AuditedInvoice> OpenInvoices(string customer, string asset) =>
        Numbered.Where(entry => entry.Type != "credit_note" && entry.Bill!.Customer == customer
            && entry.Asset == asset).Select(entry => Invoices[entry.Bill!["number"]])
            .Where(invoice => invoice.Open > 0);

    private Violation? AuditCharge(AuditedEntry entry, AuditedBill bill)
    {
        if (bill["subscription"].Length == 0 && IsAnother(entry, bill))
            return new("sums", $"charge {entry.Id} is {entry.Amount}, not {AmountOf(bill)}");
        if (bill.Has("tax_default") && bill["tax"] != _seller!["default_tax"])
            return new("verdict", $"charge {entry.Id} has not the seller's tax");
        if (bill.Has("asset_default") && entry.Asset != _customerEntries[bill.Customer].Asset)
            return new("verdict", $"charge {entry.Id} has not the customer's asset");
        _chargeEntries.Add(entry.Id, entry);
        var charge = new AuditedCharge(entry.Id, bill.Customer, entry.Asset, bill["tax"],
            bill["prices"] == "gross")
        {
            Amount = entry.Amount,
            Date = bill.Date,
            IsDeposit = bill.Has("deposit"),
            Subscription = bill["subscription"],
            Quantity = bill["quantity"].Length == 0 ? 1 : AuditedSums.Decimal(bill["quantity"]),
        };
        if (bill.Has("offered")) _offered.Add(entry.Id, charge);
        else AddCharge(charge, entry.Height);
        return bill["subscription"].Length == 0 ? null : AuditRecurring(entry, bill);
    }

    // A run may have asked before the subscription's end was told.
    private Violation? AuditRecurring(AuditedEntry entry, AuditedBill bill)
    {
        var name = bill["subscription"];
        if (!Subscriptions.TryGetValue(name, out var known))
            return new("recurring", $"{entry.Id} is of no subscription");
        var day = AuditedSubscription.Day(bill.Date)!.Value;
        var first = known.FirstOf(entry.Id);
        var isRight = entry.Id == known.IdOf(first) && !known.IsCharged(first, day)
            && PriceOf(bill) == PriceOf(known.PriceOf(first).Bill!)
            && bill.Number("period_days") == known.PeriodDaysOf(first)
            && bill.Customer == known.Bill.Customer && entry.Asset == known.Entry.Asset
            && known.Ends.Exists(end => known.Of(first, end) == (entry.Amount, day));
        known.Charged[first] = day;
        return isRight ? null : new("recurring",
            $"{entry.Id} charges {entry.Amount} on {bill.Date}, which is not what recurs");
    }

    private Violation? AddSubscription(AuditedEntry entry, AuditedBill bill)
    {
        if (IsAnother(entry, bill))
            return new("sums", $"{entry.Id} is {entry.Amount} a period, not {AmountOf(bill)}");
        if (bill.Customer.Length > 0)
        {
            Subscriptions.Add(bill["subscription"], new AuditedSubscription(entry));
            return null;
        }
        var known = Subscriptions[bill["subscription"]];
        if (AuditedSubscription.Day(bill["from_day"]) is { } from) known.Prices.Add((from, entry));
        else known.Ends.Add(AuditedSubscription.Day(bill["end"]));
        // Periods that no invoice bills have other days, or another price, now.
        var amended = new List<(string Id, long Amount, string Date)>();
        foreach (var charge in _open.Where(charge => charge.Subscription == bill["subscription"]))
        {
            var (amount, date) = known.Now(charge);
            if ((amount, date) == (charge.Amount, charge.Date)) continue;
            amended.Add((charge.Id, amount, date));
            charge.End(entry.Height);
            (charge.Amount, charge.Date, charge.IsAmended) = (amount, date, true);
            charge.Begin(entry.Height);
        }
        return amended.SequenceEqual(bill.Amended) ? null : new("recurring",
            $"{entry.Id} gives other amounts to open periods than their days come to");
    }

    private Violation? AuditInvoice(AuditedEntry entry, AuditedBill bill)
    {
        foreach (var id in bill.Charges)
        {
            if (!Charges.TryGetValue(id, out var charge))
                return new("origin", $"{bill["number"]} bills {id}, which was never charged");
            if (charge.Invoice.Length > 0)
                return new("twice", $"{id} is on {charge.Invoice} and on {bill["number"]}");
        }
        var customer = _customers[bill.Customer];
        var (picked, treatment) = Pick(bill, entry.Asset, customer["treatment"]);
        if (picked.Count == 0 || !picked.Select(charge => charge.Id).SequenceEqual(bill.Charges))
        {
            return new("charges", $"{bill["number"]} through {bill["through"]} bills "
                + $"{string.Join(' ', bill.Charges)}, not "
                + string.Join(' ', picked.Select(charge => charge.Id)));
        }
        if (AuditedSums.Fault(entry, picked, treatment) is { } wrong)
            return new("sums", $"{bill["number"]}: {wrong}");
        if (!picked.Where(charge => charge.IsAmended)
            .Select(charge => (charge.Id, charge.Amount, charge.Date)).SequenceEqual(bill.Amended))
            return new("sums", $"{bill["number"]} does not say what its charges come to");
        if (bill.Has("deposit") != picked[0].IsDeposit)
            return new("deposit", $"{bill["number"]} is not what its charges are");
        var account = (bill.Customer, entry.Asset);
        var paid = long.Clamp(_credit.GetValueOrDefault(account), 0,
            entry.Amount - SettledOf(entry).Sum(number => Invoices[number].Paid));
        var due = AuditedBill.Text(AuditedSubscription.Day(bill.Date)!.Value
            .AddDays((int)customer.Number("terms_days")));
        if (bill.Number("paid") != paid || bill["due"] != due || bill["buyer"] != customer.Profile
            || bill["seller"] != _seller!.Profile || bill["cash_discount"]
                != (picked[0].IsDeposit ? "" : OfferTo(customer)))
            return new("verdict", $"{bill["number"]} is not as customer and seller are");
        foreach (var charge in picked)
        {
            _open.Remove(charge);
            charge.Invoice = bill["number"];
            charge.End(entry.Height);
        }
        if (paid > 0) _credit[account] -= paid;
        foreach (var charge in picked) charge.Quantity = QuantityOf(charge);
        var invoice = new AuditedInvoice(entry)
        {
            Lines = new AuditedLines(bill, picked, treatment),
        };
        Invoices.TryAdd(bill["number"], invoice);
        var fault = invoice.IsDeposit ? Receive(entry, bill) : AuditSettled(invoice, bill);
        return fault ?? AuditNumber(entry, bill, "")
            ?? AuditPostings(entry, bill, 1, invoice.IsDeposit, invoice.Deposits, []);
    }

    // With another price than its own, a charge is one of something.
    private decimal QuantityOf(AuditedCharge charge)
    {
        if (charge.Subscription.Length == 0) return charge.Quantity;
        var own = _chargeEntries[charge.Id].Bill!;
        if (own["unit_price"].Length == 0) return 1;
        var first = AuditedSubscription.Day(own["first_day"])!.Value;
        var days = AuditedSubscription.Day(charge.Date)!.Value.DayNumber - first.DayNumber + 1;
        var whole = Subscriptions[charge.Subscription].LengthOf(first);
        return charge.Amount == AuditedSums.Round(AmountOf(own) * days / whole)
            ? AuditedSums.Decimal(own["quantity"]) : 1;
    }

    // What is out of scope of VAT stays so, on an invoice of its own, after the other.
    private (List<AuditedCharge> Picked, string Treatment) Pick(
        AuditedBill bill, string asset, string treatment)
    {
        var open = _open.Where(charge => charge.Customer == bill.Customer
            && charge.Asset == asset && !charge.IsNothing
            && string.CompareOrdinal(charge.Date, bill["through"]) <= 0)
            .OrderBy(charge => charge.Date, StringComparer.Ordinal).ToList();
        if (!open.TrueForAll(charge => charge.IsDeposit))
            open.RemoveAll(charge => charge.IsDeposit);
        return open.TrueForAll(charge => charge.IsOther) ? (open, "standard")
            : (open.FindAll(charge => !charge.IsOther), treatment);
    }

    private Violation? AuditCreditNote(AuditedEntry entry, AuditedBill bill)
    {
        var invoice = Invoices[bill["invoice"]];
        if (bill.Has("whole") && entry.Amount != invoice.Creditable)
            return new("credit", $"{bill["number"]} is not all that is left");
        var isRest = bill.Has("whole")
            && invoice.Credited + invoice.Discounted + invoice.WrittenOff > 0
            && !invoice.HasWriteOffs;
        var lines = bill.Lines.Count > 0 ? invoice.Lines.Of(bill.Lines)
            : isRest ? invoice.Lines.Rest() : [];
        if (!lines.SequenceEqual(bill.Credited))
        {
            return new("credit", $"{bill["number"]} credits {AuditedCredit.Text(bill.Credited)}, "
                + $"not {AuditedCredit.Text(lines)}");
        }
        if (lines.Count > 0 && invoice.Lines.NetsOf(lines).Any(net =>
            bill.Taxes.FirstOrDefault(tax => tax.Term == net.Key)?.Net != net.Value))
            return new("credit", $"{bill["number"]} is not what its lines come to");
        if (AuditedSums.CreditFault(entry, invoice) is { } wrong)
            return new("credit", $"{bill["number"]} of {bill["invoice"]}: {wrong}");
        foreach (var part in bill.Taxes)
        {
            var left = invoice.Left[part.Term];
            invoice.Left[part.Term] = left with
            {
                Net = left.Net - part.Net, Tax = left.Tax - part.Tax,
            };
        }
        invoice.RoundingLeft -= bill.Number("rounding");
        List<AuditedInvoice> reopened = invoice.Creditable == entry.Amount
            && !invoice.HasSpentDeposits && invoice.DepositWriteOffs == 0
                ? [.. invoice.Deposits] : [];
        invoice.Credited += entry.Amount;
        if (reopened.Count > 0)
        {
            reopened.ForEach(deposit => deposit.SettledBy = "");
            invoice.Deposits.Clear();
            invoice.Deducted = 0;
        }
        var surplus = long.Max(0, -invoice.Open);
        var ofDeposits = long.Clamp(surplus - invoice.Paid, 0, invoice.Deducted);
        invoice.Paid -= surplus - ofDeposits;
        invoice.Deducted -= ofDeposits;
        invoice.HasSpentDeposits |= ofDeposits > 0;
        AddCredit((invoice.Bill.Customer, entry.Asset), surplus, bill.Date);
        invoice.Lines.Take(bill);
        return AuditReopened(entry, bill, invoice) ?? AuditNumber(entry, bill, "C")
            ?? Receive(entry, bill)
            ?? AuditPostings(entry, bill, -1, invoice.IsDeposit, [], reopened);
    }

    private Violation? AuditReopened(
        AuditedEntry entry, AuditedBill bill, AuditedInvoice invoice)
    {
        IEnumerable<string> again = !bill.Has("rebill") ? []
            : bill.Lines.Count == 0 ? invoice.Bill.Charges
            : bill.Lines.Select(line => invoice.Lines.ChargeOf(line.Line));
        var expected = again.Select(id => Again(Charges[id], entry.Height)).ToList();
        return expected.SequenceEqual(bill.Reopened) ? null
            : new("twice", $"{bill["number"]} opens other charges than it was asked to");
    }

    // A period comes to what the days of its subscription come to now; a quote's line is of the day
    // on which it was accepted, which says nothing where that is its own.
    private AuditedReopening Again(AuditedCharge charge, long height)
    {
        charge.Invoice = "";
        var entry = _chargeEntries[charge.Id];
        if (charge.Subscription.Length > 0)
            (charge.Amount, charge.Date) = Subscriptions[charge.Subscription].Now(charge);
        if (charge.Subscription.Length > 0 || entry.Bill!.Has("offered"))
            charge.IsAmended = (charge.Amount, charge.Date) != (entry.Amount, entry.Bill!.Date);
        OpenAgain(charge, height);
        return new AuditedReopening(
            charge.Id, charge.Amount, charge.Date, charge.Tax, charge.IsGross);
    }

    private Violation? AuditPayment(AuditedEntry entry, AuditedBill bill)
    {
        var left = entry.Amount;
        var expected = new List<(string Number, long Amount)>();
        var named = bill["invoice"];
        var deductions = Deductions(entry, bill);
        foreach (var invoice in named.Length > 0 ? (IEnumerable<AuditedInvoice>)[Invoices[named]]
            : OpenInvoices(bill.Customer, entry.Asset))
        {
            if (bill.Has("write_off") && invoice.IsAwaited) continue;
            var part = long.Min(
                left, invoice.Open - deductions.GetValueOrDefault(invoice));
            if (part == 0) continue;
            expected.Add((invoice.Bill["number"], part));
            left -= part;
        }
        if (!expected.SequenceEqual(bill.Allocations))
            return new("payment", $"{entry.Id} pays other invoices than the oldest open ones");
        foreach (var (number, amount) in expected)
        {
            var invoice = Invoices[number];
            if (!bill.Has("write_off")) invoice.Paid += amount;
            else invoice.WrittenOff += amount;
            if (bill.Has("write_off") && invoice.SettledBy.Length > 0)
                Invoices[invoice.SettledBy].DepositWriteOffs += amount;
        }
        if ((TakeDiscounts(entry, bill, deductions) ?? Receive(entry, bill)) is { } fault)
            return fault;
        AddCredit((bill.Customer, entry.Asset), left, bill.Date);
        if (!bill.Has("write_off")) _payments.Add(entry.Id, new AuditedPayment(entry));
        var source = bill.Has("write_off") ? "write-offs"
            : entry.From.Length > 0 ? entry.From : "@world";
        return entry.Postings is [{ } moved, ..] && moved.From == source
            && moved.To == $"receivable:{bill.Customer}" && moved.Amount == entry.Amount
                ? null : new("postings", $"{entry.Id} moves other money than it says");
    }

    private Violation? AuditNumber(AuditedEntry entry, AuditedBill bill, string before)
    {
        var series = before + _seller!["series"].Replace(
            "{year}", bill.Date[..4], StringComparison.Ordinal);
        var known = _series.TryGetValue(series, out var given);
        var first = known ? given.First
            : int.Max(FirstOf(_seller, series) ?? 1, LastOldOf(series) + 1);
        var next = known ? given.Last + 1 : first;
        _series[series] = (first, next);
        var number = series + next.ToString("D6", CultureInfo.InvariantCulture);
        Numbered.Add(entry);
        return bill["number"] == number ? null
            : new("number", $"{entry.Id} has the number {bill["number"]}, not {number}");
    }

    private static Violation? AuditPostings(AuditedEntry entry, AuditedBill bill, int sign,
        bool isDeposit, List<AuditedInvoice> settled, List<AuditedInvoice> reopened)
    {
        var moves = new Dictionary<string, long>();
        foreach (var posting in entry.Postings)
        {
            if (posting.Asset != entry.Asset) return Wrong("another asset");
            moves[posting.From] = moves.GetValueOrDefault(posting.From) - posting.Amount;
            moves[posting.To] = moves.GetValueOrDefault(posting.To) + posting.Amount;
        }
        var expected = bill.Taxes.ToDictionary(
            tax => $"{(isDeposit ? "deposit-tax" : "tax")}:{tax.Category}:{tax.Rate}",
            tax => sign * tax.Tax);
        expected[isDeposit ? "deposit-invoices" : "revenue"] = sign * bill.Number("net");
        expected["rounding"] = sign * bill.Number("rounding");
        expected[$"receivable:{bill.Customer}"] = -sign * entry.Amount;
        AddDeposits(expected, bill, settled, reopened);
        foreach (var account in expected.Keys.Union(moves.Keys))
        {
            if (expected.GetValueOrDefault(account) != moves.GetValueOrDefault(account))
                return Wrong($"{moves.GetValueOrDefault(account)} to {account}");
        }
        return null;

        Violation Wrong(string what) => new("postings", $"{bill["number"]} moves {what}");
    }

    private void AddCharge(AuditedCharge charge, long height)
    {
        Charges.Add(charge.Id, charge);
        OpenAgain(charge, height);
    }

    private void OpenAgain(AuditedCharge charge, long height)
    {
        charge.Begin(height);
        _open.Add(charge);
    }
}
