namespace Settle.Simulation;

/// <content>Cash discounts: offered, taken and lost.</content>
internal sealed partial class BillingBooks
{
    private string OfferTo(AuditedBill customer)
    {
        var own = customer["cash_discount"];
        return own == "none" ? "" : own.Length > 0 ? own : _seller!["cash_discount"];
    }

    /// <summary>What may be deducted of an invoice on a day.</summary>
    private static long Allowed(AuditedInvoice invoice, string day)
    {
        var offer = invoice.Bill["cash_discount"];
        if (offer.Length == 0 || invoice.Discount is not null || invoice.WrittenOff > 0) return 0;
        var days = AuditedSubscription.Day(day)!.Value.DayNumber
            - AuditedSubscription.Day(invoice.Bill.Date)!.Value.DayNumber;
        foreach (var step in offer.Split(','))
        {
            var words = step.Split('/');
            if (days > int.Parse(words[1], CultureInfo.InvariantCulture)) continue;
            return long.Min(invoice.Open, (long)AuditedSums.Round((invoice.Entry.Amount
                - invoice.Credited - invoice.Deducted) * AuditedSums.Decimal(words[0]) / 100));
        }
        return 0;
    }

    /// <summary>Which invoices a payment pays less a discount, and how much less.</summary>
    private Dictionary<AuditedInvoice, long> Deductions(AuditedEntry entry, AuditedBill bill)
    {
        var found = new Dictionary<AuditedInvoice, long>();
        if (bill.Has("write_off")) return found;
        if (bill["invoice"].Length > 0)
        {
            var invoice = Invoices[bill["invoice"]];
            var missing = invoice.Open - entry.Amount;
            if (missing > 0 && missing <= Allowed(invoice, bill.Date)) found[invoice] = missing;
            return found;
        }
        var open = OpenInvoices(bill.Customer, entry.Asset).ToList();
        for (var count = open.Count; count > 0; count--)
        {
            var paid = open.Take(count).ToList();
            if (paid.Sum(invoice => invoice.Open) == entry.Amount) return [];
            if (found.Count > 0 || paid.Sum(invoice => invoice.Open
                - Allowed(invoice, bill.Date)) != entry.Amount) continue;
            foreach (var invoice in paid.Where(each => Allowed(each, bill.Date) > 0))
                found[invoice] = Allowed(invoice, bill.Date);
        }
        return found;
    }

    private static Violation? TakeDiscounts(
        AuditedEntry entry, AuditedBill bill, Dictionary<AuditedInvoice, long> expected)
    {
        if (!expected.Select(each => (each.Key.Bill["number"], each.Value))
            .SequenceEqual(bill.Discounted.Select(part => (part.Number, part.Amount))))
            return new("payment", $"{entry.Id} deducts other discounts than it may");
        foreach (var (part, invoice) in bill.Discounted.Zip(expected.Keys))
        {
            if (AuditedSums.DiscountFault(part, invoice) is { } wrong)
                return new("payment", $"the discount on {part.Number}: {wrong}");
            invoice.Discount = part;
            Correct(invoice, part, 1);
            invoice.Lines.Take(part);
        }
        return MoveDiscounts(entry, bill, 1);
    }

    // An invoice that is open again has none.
    private Violation? LoseDiscounts(
        AuditedEntry entry, AuditedBill bill, List<(string Number, long Amount)> reopened)
    {
        var lost = reopened.Select(each => Invoices[each.Number])
            .Where(invoice => invoice.Discount is not null).ToList();
        if (lost.Count != bill.Discounted.Count || lost.Zip(bill.Discounted).Any(
            pair => !pair.First.Discount!.IsSame(pair.Second)))
            return new("payment", $"{entry.Id} loses other discounts than were taken");
        foreach (var invoice in lost)
        {
            Correct(invoice, invoice.Discount!, -1);
            invoice.Discount = null;
            invoice.Lines.LoseDiscount();
        }
        return MoveDiscounts(entry, bill, -1);
    }

    private static void Correct(AuditedInvoice invoice, AuditedDiscount part, int sign)
    {
        foreach (var tax in part.Taxes)
        {
            var left = invoice.Left[tax.Term];
            invoice.Left[tax.Term] = left with
            {
                Net = left.Net - (sign * tax.Net), Tax = left.Tax - (sign * tax.Tax),
            };
        }
        invoice.RoundingLeft -= sign * part.Rounding;
    }

    // All postings but the first, which is the money's.
    private static Violation? MoveDiscounts(AuditedEntry entry, AuditedBill bill, int sign)
    {
        var moves = new Dictionary<string, long>();
        foreach (var posting in entry.Postings.Skip(1))
        {
            Move(posting.From, -posting.Amount);
            Move(posting.To, posting.Amount);
        }
        foreach (var part in bill.Discounted)
        {
            Move($"receivable:{bill.Customer}", -sign * part.Amount);
            Move("revenue", sign * part.Taxes.Sum(tax => tax.Net));
            Move("rounding", sign * part.Rounding);
            foreach (var tax in part.Taxes)
                Move($"tax:{tax.Category}:{tax.Rate}", sign * tax.Tax);
        }
        foreach (var tax in bill.Deposits.SelectMany(part => part.Taxes))
        {
            Move($"deposit-tax:{tax.Category}:{tax.Rate}", tax.Tax);
            Move($"tax:{tax.Category}:{tax.Rate}", -tax.Tax);
        }
        return moves.Values.All(left => left == 0) ? null
            : new("postings", $"{entry.Id} moves other money than its discounts");

        void Move(string account, long amount) =>
            moves[account] = moves.GetValueOrDefault(account) + amount;
    }
}
