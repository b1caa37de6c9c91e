namespace Settle.Simulation;

/// <summary>
/// The lines of an invoice a second time: what each comes to, and what credit notes leave of it.
/// </summary>
internal sealed class AuditedLines
{
    private readonly List<AuditedLine> _lines = [];
    private readonly List<(IReadOnlyList<AuditedCredit> Credited, IReadOnlyList<AuditedTax> Taxes,
        bool IsDiscount)> _taken = [];

    /// <param name="bill">The invoice.</param>
    /// <param name="charges">Its charges, in its order.</param>
    /// <param name="treatment">The customer's, as far as it counts for them.</param>
    public AuditedLines(AuditedBill bill, IReadOnlyList<AuditedCharge> charges, string treatment)
    {
        var nets = charges.Select(charge => charge.Amount).ToArray();
        foreach (var group in charges.Select((charge, at) => (charge, at))
            .Where(each => each.charge.IsGross).GroupBy(each => each.charge.Term))
        {
            var share = 1 + (AuditedSums.Decimal(group.Key.Rate) / 100);
            var ofNets = charges.Where(charge => !charge.IsGross && charge.Term == group.Key)
                .Sum(charge => charge.Amount);
            var total = treatment == "standard"
                ? bill.Taxes.Single(tax => tax.Term == group.Key).Net - ofNets
                : (long)AuditedSums.Round(group.Sum(each => each.charge.Amount) / share);
            Distribute(
                nets, [.. group.Select(each => (each.at, each.charge.Amount))], share, total);
        }
        for (var i = 0; i < nets.Length; i++)
        {
            _lines.Add(new AuditedLine(charges[i].Id, treatment == "standard"
                ? charges[i].Term : AuditedCharge.TermOf(treatment), nets[i],
                charges[i].Quantity));
        }
    }

    public string ChargeOf(int line) => _lines[line - 1].Charge;

    /// <summary>Why some lines cannot be credited as asked; empty when they can.</summary>
    public string WhyNot(IReadOnlyList<(int Line, string Quantity)> asked, bool mustBeWhole)
    {
        foreach (var (number, quantity) in asked)
        {
            if (number > _lines.Count) return "line_not_found";
            var line = _lines[number - 1];
            if (mustBeWhole && !line.IsWhole) return "already_credited";
            if (line.IsOver || (quantity.Length > 0
                && AuditedSums.Decimal(quantity) > line.QuantityLeft)) return "exceeds_line";
        }
        return "";
    }

    /// <summary>What a credit note of some lines has to say.</summary>
    public List<AuditedCredit> Of(IReadOnlyList<(int Line, string Quantity)> asked) =>
        [.. asked.Select(each =>
        {
            var line = _lines[each.Line - 1];
            var part = each.Quantity.Length == 0
                ? line.QuantityLeft : AuditedSums.Decimal(each.Quantity);
            return new AuditedCredit(each.Line, part,
                (long)AuditedSums.Round(line.NetLeft * part / line.QuantityLeft));
        })];

    /// <summary>What a credit note of all that is left has to say.</summary>
    public List<AuditedCredit> Rest() => [.. _lines.Select((line, at) =>
        new AuditedCredit(at + 1, line.QuantityLeft, line.NetLeft)).Where(each => each.Net > 0)];

    /// <summary>What lines come to, per tax.</summary>
    public Dictionary<(string Category, string Rate), long> NetsOf(
        IReadOnlyList<AuditedCredit> credited) =>
        credited.GroupBy(each => _lines[each.Line - 1].Term)
            .ToDictionary(group => group.Key, group => group.Sum(each => each.Net));

    /// <summary>Takes what a credit note credits: lines, or a share of each of a tax.</summary>
    public void Take(AuditedBill note) => Take((note.Credited, note.Taxes, false));

    /// <summary>Takes a cash discount's share of each line.</summary>
    public void Take(AuditedDiscount discount) => Take(([], discount.Taxes, true));

    /// <summary>Gives the cash discount's shares back.</summary>
    public void LoseDiscount()
    {
        _taken.RemoveAll(each => each.IsDiscount);
        foreach (var line in _lines)
            (line.NetLeft, line.QuantityLeft) = (line.Net, line.Quantity);
        foreach (var line in _lines) line.NetDiscounted = 0;
        foreach (var each in _taken) Apply(each.Credited, each.Taxes, each.IsDiscount);
    }

    private void Take((IReadOnlyList<AuditedCredit> Credited, IReadOnlyList<AuditedTax> Taxes,
        bool IsDiscount) part)
    {
        _taken.Add(part);
        Apply(part.Credited, part.Taxes, part.IsDiscount);
    }

    private void Apply(IReadOnlyList<AuditedCredit> credited, IReadOnlyList<AuditedTax> taxes,
        bool isDiscount)
    {
        foreach (var (number, quantity, net) in credited)
        {
            _lines[number - 1].QuantityLeft -= quantity;
            _lines[number - 1].NetLeft -= net;
        }
        if (credited.Count > 0) return;
        foreach (var part in taxes)
        {
            var lines = _lines.Where(line => line.Term == part.Term).ToList();
            var total = lines.Sum(line => line.NetLeft);
            if (total == 0) continue;
            var (before, given) = (0L, 0m);
            foreach (var line in lines)
            {
                before += line.NetLeft;
                var share = AuditedSums.Round((decimal)part.Net * before / total) - given;
                given += share;
                line.NetLeft -= (long)share;
                if (isDiscount) line.NetDiscounted += (long)share;
            }
        }
    }

    // Each gets what it has whole; the units that are left go to the largest fractions. A quotient
    // has only so many digits, and two that are equal would differ: a rest is exact.
    private static void Distribute(
        long[] nets, List<(int At, long Gross)> shares, decimal by, long total)
    {
        var rests = new Dictionary<int, decimal>();
        foreach (var (at, gross) in shares)
        {
            nets[at] = (long)decimal.Floor(gross / by);
            rests[at] = gross - (nets[at] * by);
        }
        var left = total - shares.Sum(share => nets[share.At]);
        var order = shares.Select(share => share.At)
            .OrderByDescending(at => rests[at]).ThenBy(at => at).ToList();
        for (var i = 0; left > 0; left--, i = (i + 1) % order.Count) nets[order[i]]++;
        for (var i = order.Count - 1; left < 0; i = i == 0 ? order.Count - 1 : i - 1)
        {
            if (nets[order[i]] == 0) continue;
            nets[order[i]]--;
            left++;
        }
    }
}
