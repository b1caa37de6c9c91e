namespace Settle.Simulation;

/// <summary>An invoice's sums made again: decimals, half a unit away from zero.</summary>
internal static class AuditedSums
{
    public static decimal Round(decimal value) =>
        decimal.Round(value, 0, MidpointRounding.AwayFromZero);

    public static decimal TaxOf(decimal net, string rate) => Round(net * Share(rate));

    /// <summary>What is wrong with an invoice's sums; null for nothing.</summary>
    public static string? Fault(
        AuditedEntry invoice, IReadOnlyList<AuditedCharge> charges, string treatment)
    {
        var bill = invoice.Bill!;
        var isOwn = treatment == "standard";
        var rounding = 0m;
        var nets = bill.Taxes.ToDictionary(tax => tax.Term, tax => (decimal)tax.Net);
        foreach (var group in charges.GroupBy(charge => charge.Term))
        {
            var net = group.Where(charge => !charge.IsGross).Sum(charge => (decimal)charge.Amount);
            var gross = group.Where(charge => charge.IsGross).Sum(charge => (decimal)charge.Amount);
            var term = isOwn ? group.Key : AuditedCharge.TermOf(treatment);
            if (!nets.TryGetValue(term, out var left)) return $"it has no tax of {term}";
            if (!isOwn)
            {
                nets[term] = left - net - Round(gross / (1 + Share(group.Key.Rate)));
                continue;
            }
            nets[term] = 0;
            var ofGross = left - net;
            if (gross == 0 ? ofGross != 0 : IsFar(ofGross, gross, group.Key.Rate))
                return $"{left} is not the net of {net} and of {gross} gross at {group.Key}";
            var missing = Missing(ofGross);
            if (decimal.Abs(missing) > decimal.Abs(Missing(ofGross + 1))
                || decimal.Abs(missing) > decimal.Abs(Missing(ofGross - 1)))
                return $"{gross} gross at {group.Key} comes to {ofGross}, which is not nearest";
            rounding += missing;

            decimal Missing(decimal candidate) => gross + TaxOf(net, group.Key.Rate)
                - candidate - TaxOf(net + candidate, group.Key.Rate);
        }
        if (nets.Values.Any(left => left != 0)) return "its nets are not those of its charges";
        var wrong = bill.Taxes.FirstOrDefault(tax => tax.Tax != TaxOf(tax.Net, tax.Rate));
        if (wrong is not null) return $"the tax of {wrong.Net} at {wrong.Rate} is not {wrong.Tax}";
        return bill.Number("net") != bill.Taxes.Sum(tax => tax.Net) ? "its net is another"
            : bill.Number("tax") != bill.Taxes.Sum(tax => tax.Tax) ? "its tax is another"
            : bill.Number("rounding") != rounding ? $"its rounding is not {rounding}"
            : invoice.Amount != bill.Number("net") + bill.Number("tax") + rounding
                ? "its amount is another" : null;
    }

    /// <summary>What is wrong with a credit note's sums; null for nothing.</summary>
    public static string? CreditFault(AuditedEntry note, AuditedInvoice invoice)
    {
        var bill = note.Bill!;
        if (PartFault(bill.Taxes, invoice) is { } wrong) return wrong;
        var (net, tax) = (bill.Number("net"), bill.Number("tax"));
        var rounding = bill.Number("rounding");
        if (net != bill.Taxes.Sum(part => part.Net) || tax != bill.Taxes.Sum(part => part.Tax)
            || note.Amount != net + tax + rounding)
            return "its sums are not those of its parts";
        var rest = invoice.Left.Values.Sum(left => left.Net + left.Tax) - net - tax;
        if (note.Amount == invoice.Entry.Amount - invoice.Credited - invoice.Discounted)
            return rest != 0 || rounding != invoice.RoundingLeft
                ? $"it is the last one, and leaves {rest} and a rounding" : null;
        if (invoice.Left.Values.Any(left => left.Net > 0) && invoice.Left.Values.All(
            left => bill.Taxes.Sum(part => part.Term == left.Term ? part.Net : 0) == left.Net))
            return "it leaves nothing but a rounding";
        return rounding != 0 && HasExact(invoice, note.Amount)
            ? $"it has a rounding of {rounding}, and there are sums without one" : null;
    }

    /// <summary>What is wrong with a cash discount's parts; null for nothing.</summary>
    public static string? DiscountFault(AuditedDiscount discount, AuditedInvoice invoice) =>
        PartFault(discount.Taxes, invoice)
            ?? (discount.Rounding != 0 && HasExact(invoice, discount.Amount)
                ? $"it has a rounding of {discount.Rounding}, and there are sums without one"
                : null);

    /// <summary>What is wrong with what a deposit invoice has received; null for nothing.</summary>
    public static string? DepositFault(AuditedInvoice deposit)
    {
        AuditedTax[] parts = [.. deposit.Received.Select(part => new AuditedTax(
            part.Key.Category, part.Key.Rate, part.Value.Net, part.Value.Tax))];
        var sum = deposit.ReceivedRounding + parts.Sum(part => part.Net + part.Tax);
        if (sum != long.Max(0, deposit.Paid)) return $"it has received {sum}, not {deposit.Paid}";
        if (PartFault(parts, deposit) is { } wrong) return wrong;
        return deposit.Paid == deposit.LeftInAll
            && deposit.Left.Values.Any(left => left.Tax != parts.FirstOrDefault(
                part => part.Term == left.Term)?.Tax && left.Tax != 0)
            ? "all is paid, and not all of its tax is due" : null;
    }

    /// <summary>What an invoice of some charges comes to.</summary>
    public static decimal AmountOf(IReadOnlyList<AuditedCharge> charges, string treatment)
    {
        var isOwn = treatment == "standard";
        return charges.GroupBy(charge => charge.Term).Sum(group =>
        {
            var net = group.Where(charge => !charge.IsGross).Sum(charge => (decimal)charge.Amount);
            var gross = group.Where(charge => charge.IsGross).Sum(charge => (decimal)charge.Amount);
            return isOwn ? net + TaxOf(net, group.Key.Rate) + gross
                : net + Round(gross / (1 + Share(group.Key.Rate)));
        });
    }

    private static string? PartFault(IReadOnlyList<AuditedTax> taxes, AuditedInvoice invoice)
    {
        foreach (var part in taxes)
        {
            if (!invoice.Left.TryGetValue(part.Term, out var left))
                return $"there is no {part.Term}";
            if (part.Net < 0 || part.Net > left.Net || part.Tax < 0 || part.Tax > left.Tax)
                return $"{part.Net} and {part.Tax} are more than what is left at {part.Term}";
            if (part.Tax != CreditTax(left, part.Net))
                return $"the tax of {part.Net} at {part.Rate} is not {part.Tax}";
        }
        return null;
    }

    /// <summary>
    /// The tax of a part of what is left: that of its net, unless the rest would be more than a
    /// unit from the tax of its own net. All takes all.
    /// </summary>
    public static long CreditTax(AuditedTax left, long net)
    {
        if (net == left.Net) return left.Tax;
        var rest = TaxOf(left.Net - net, left.Rate);
        var tax = decimal.Clamp(TaxOf(net, left.Rate), left.Tax - rest - 1, left.Tax - rest + 1);
        return (long)decimal.Clamp(tax, 0, left.Tax);
    }

    // Some net must be left. With several rates it is enough to look at those that one rate alone
    // can meet.
    private static bool HasExact(AuditedInvoice invoice, long amount)
    {
        foreach (var left in invoice.Left.Values)
        {
            var likely = (long)Round(amount / (1 + Share(left.Rate)));
            for (var net = long.Max(0, likely - 2); net < long.Min(left.Net, likely + 3); net++)
                if (net + CreditTax(left, net) == amount && invoice.Left.Count == 1) return true;
        }
        return false;
    }

    /// <summary>What a unit price comes to.</summary>
    public static decimal LineOf(string quantity, string unitPrice) =>
        Round(Decimal(quantity) * Decimal(unitPrice) * 100);

    private static bool IsFar(decimal net, decimal gross, string rate) =>
        decimal.Abs(net - (gross / (1 + Share(rate)))) > 1.5m;

    private static decimal Share(string rate) => Decimal(rate) / 100;

    public static decimal Decimal(string text) =>
        decimal.Parse(text, CultureInfo.InvariantCulture);
}
