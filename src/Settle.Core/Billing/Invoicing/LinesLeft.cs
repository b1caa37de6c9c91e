namespace Settle.Billing;

/// <summary>
/// What is left of each line of an invoice after all its credit notes (B16). One that credits lines
/// says which; one that credits an amount takes its share of every line of a tax. Pure.
/// </summary>
internal sealed class LinesLeft
{
    private readonly Line[] _lines;

    private LinesLeft(RecalledEntry invoice, List<BilledCharge> charges)
    {
        Charges = charges;
        var taxes = BillingJson.ReadTaxes(
            invoice.Batch.Bytes(invoice.Batch.Billing(invoice.Entry).Taxes));
        InvoiceItem[] items = [.. charges.Select(charge => charge.Item)];
        var (sums, treatment) = InvoiceMaker.Remake(items, taxes);
        _lines = [.. charges.Select((charge, i) => new Line(
            treatment is { } category ? new TaxTerm(category, 0) : items[i].Tax,
            sums.Nets[i], charge.Quantity))];
    }

    /// <summary>The charges of the lines.</summary>
    public List<BilledCharge> Charges { get; }

    /// <summary>What is left of an invoice.</summary>
    public static LinesLeft Of(IHistory history, BillingBook billing, in InvoiceRow invoice)
    {
        var entry = Find(invoice);
        var ids = BillingJson.ReadTexts(
            entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Charges));
        var left = new LinesLeft(entry, BilledCharge.Of(entry, ids.Select(
            id => history.FindEntry(id) ?? throw new BrokenInvariantException(
                $"charge {Encoding.UTF8.GetString(id)}, which was billed, is not found")),
            billing.Assets[billing.Accounts[invoice.Account].Asset].Scale));
        var notes = new Stack<(int Number, RecalledEntry Note)>();
        for (var at = invoice.LastCredit; at >= 0; at = billing.Invoices[at].LastCredit)
            notes.Push((at, Find(billing.Invoices[at])));
        // A cash discount takes its share of every line, between the notes before and after it.
        var discountedAt = invoice.DiscountedAt;
        foreach (var (_, note) in notes.Where(each => each.Number < discountedAt)) left.Take(note);
        foreach (var part in CashDiscounts.Of(billing, invoice).Taxes)
            left.Take(part, isDiscount: true);
        foreach (var (_, note) in notes.Where(each => each.Number >= discountedAt)) left.Take(note);
        return left;

        RecalledEntry Find(in InvoiceRow row)
        {
            var number = billing.NumberOf(row);
            return history.FindInvoice(Encoding.UTF8.GetBytes(number))
                ?? throw new BrokenInvariantException($"{number} is not found");
        }
    }

    /// <summary>Takes what a credit note credits.</summary>
    private void Take(RecalledEntry note)
    {
        ref readonly var terms = ref note.Batch.Billing(note.Entry);
        var credited = BillingJson.ReadCredited(note.Batch.Bytes(terms.Credited));
        foreach (var (number, quantity, net) in credited) Take(number, quantity, net);
        if (credited.Count > 0) return;
        foreach (var part in BillingJson.ReadTaxes(note.Batch.Bytes(terms.Taxes))) Take(part);
    }

    /// <summary>Takes some lines, or as much of them as is asked for.</summary>
    /// <param name="asked">Which.</param>
    /// <param name="mustBeWhole">Whether nothing of them may have been credited before.</param>
    /// <param name="taken">What is credited; incomplete after a refusal.</param>
    public RefusalCode Take(
        List<AskedLine> asked, bool mustBeWhole, List<CreditedLine> taken)
    {
        foreach (var (number, quantity) in asked)
        {
            if (number > _lines.Length) return RefusalCode.LineNotFound;
            ref readonly var line = ref _lines[number - 1];
            if (mustBeWhole && !line.IsWhole) return RefusalCode.AlreadyCredited;
            if (line.IsOver || quantity > line.QuantityLeft) return RefusalCode.ExceedsLine;
            var part = quantity == 0 ? line.QuantityLeft : quantity;
            // The last of its quantity takes all that is left of a line.
            var net = (long)Rounded.Divide((Int128)line.NetLeft * part, line.QuantityLeft);
            taken.Add(new CreditedLine(number, part, net));
            Take(number, part, net);
        }
        return RefusalCode.None;
    }

    /// <summary>All lines of which there is something left to credit.</summary>
    public List<CreditedLine> All()
    {
        var all = new List<CreditedLine>();
        for (var i = 0; i < _lines.Length; i++)
        {
            ref readonly var line = ref _lines[i];
            if (line.NetLeft > 0)
                all.Add(new CreditedLine(i + 1, line.QuantityLeft, line.NetLeft));
        }
        return all;
    }

    /// <summary>What some of the lines come to, per tax.</summary>
    public Dictionary<TaxTerm, long> NetsOf(List<CreditedLine> credited)
    {
        var nets = new Dictionary<TaxTerm, long>();
        foreach (var (number, _, net) in credited)
        {
            var term = _lines[number - 1].Term;
            nets[term] = nets.GetValueOrDefault(term) + net;
        }
        return nets;
    }

    private void Take(int number, long quantity, long net)
    {
        ref var line = ref _lines[number - 1];
        line.QuantityLeft -= quantity;
        line.NetLeft -= net;
    }

    // By the running sum: each share is rounded, and they add up.
    private void Take(TaxSum part, bool isDiscount = false)
    {
        Int128 total = 0, before = 0, given = 0;
        foreach (ref readonly var line in _lines.AsSpan())
            if (line.Term == part.Term) total += line.NetLeft;
        if (total == 0) return;
        foreach (ref var line in _lines.AsSpan())
        {
            if (line.Term != part.Term) continue;
            before += line.NetLeft;
            var share = Rounded.Divide(part.Net * before, total) - given;
            given += share;
            line.NetLeft -= (long)share;
            if (isDiscount) line.NetDiscounted = (long)share;
        }
    }

    private record struct Line(TaxTerm Term, long Net, long Quantity)
    {
        public long NetLeft { get; set; } = Net;

        /// <summary>Millionths.</summary>
        public long QuantityLeft { get; set; } = Quantity;

        /// <summary>What a cash discount has taken of its net: nothing was credited by it.
        /// </summary>
        public long NetDiscounted { get; set; }

        public readonly bool IsWhole =>
            (NetLeft + NetDiscounted, QuantityLeft) == (Net, Quantity);

        public readonly bool IsOver => QuantityLeft == 0 || (NetLeft == 0 && Net != 0);
    }
}
