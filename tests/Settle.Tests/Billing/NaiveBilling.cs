namespace Settle.Tests.Invoicing;

/// <summary>
/// Billing a second time, as simply as it can be said: decimals, lists and loops, no chain.
/// </summary>
internal sealed class NaiveBilling
{
    private readonly List<(ChargeRequest Request, string Tax)> _open = [];

    public Dictionary<string, NaiveInvoice> Invoices { get; } = [];

    public Dictionary<string, decimal> Credit { get; } = [];

    public int CreditNotes { get; private set; }

    public IEnumerable<string> Open => _open.Select(charge => charge.Request.Id!);

    public void Charge(ChargeRequest request) => _open.Add((request, request.Tax ?? "19"));

    /// <summary>One invoice per customer, in the order in which customers were first charged.</summary>
    public List<NaiveInvoice> Run(DateOnly through, IEnumerable<string> customers)
    {
        var made = new List<NaiveInvoice>();
        foreach (var customer in customers)
        {
            var picked = _open.Where(charge => charge.Request.Customer == customer
                && charge.Request.Date <= through).OrderBy(charge => charge.Request.Date).ToList();
            if (picked.Count == 0) continue;
            _open.RemoveAll(picked.Contains);
            var invoice = new NaiveInvoice
            {
                Number = $"2026-{Invoices.Count + 1:D6}", Customer = customer,
                Charges = [.. picked.Select(charge => charge.Request)], Taxes = Taxes(picked),
            };
            invoice.Amount = picked.GroupBy(charge => charge.Tax).Sum(Agreed);
            Pay(invoice, decimal.Min(Credit.GetValueOrDefault(customer), invoice.Amount));
            Invoices.Add(invoice.Number, invoice);
            made.Add(invoice);
        }
        return made;
    }

    public void Rebill(NaiveInvoice invoice)
    {
        foreach (var charge in invoice.Charges) Charge(charge);
        invoice.IsRebilled = true;
    }

    public void CreditNote(NaiveInvoice invoice, decimal amount)
    {
        CreditNotes++;
        invoice.Credited += amount;
        var surplus = decimal.Max(0, -invoice.Open);
        invoice.Paid -= surplus;
        Credit[invoice.Customer] = Credit.GetValueOrDefault(invoice.Customer) + surplus;
    }

    public void Pay(string customer, decimal amount)
    {
        foreach (var invoice in Invoices.Values.Where(invoice => invoice.Customer == customer))
        {
            var part = decimal.Min(amount, invoice.Open);
            invoice.Paid += part;
            amount -= part;
        }
        Credit[customer] = Credit.GetValueOrDefault(customer) + amount;
    }

    private void Pay(NaiveInvoice invoice, decimal amount)
    {
        invoice.Paid += amount;
        Credit[invoice.Customer] = Credit.GetValueOrDefault(invoice.Customer) - amount;
    }

    // What was agreed: gross amounts as they are, net ones with the tax of their sum.
    private static decimal Agreed(IGrouping<string, (ChargeRequest Request, string Tax)> group)
    {
        var net = group.Where(charge => charge.Request.Prices != PriceKind.Gross).Sum(charge => (long)charge.Request.Amount!.Value.Units);
        return net + Round(net * Rate(group.Key))
            + group.Where(charge => charge.Request.Prices == PriceKind.Gross).Sum(charge => (long)charge.Request.Amount!.Value.Units);
    }

    // Where all prices are net, the tax needs no thought.
    private static Dictionary<string, decimal?> Taxes(List<(ChargeRequest Request, string Tax)> charges) =>
        charges.GroupBy(charge => charge.Tax).ToDictionary(group => group.Key, group =>
            group.Any(charge => charge.Request.Prices == PriceKind.Gross) ? (decimal?)null
                : Round(group.Sum(charge => (long)charge.Request.Amount!.Value.Units) * Rate(group.Key)));

    private static decimal Rate(string tax) =>
        decimal.TryParse(tax, System.Globalization.CultureInfo.InvariantCulture, out var rate) ? rate / 100 : 0;

    public static decimal Round(decimal value) => decimal.Round(value, MidpointRounding.AwayFromZero);
}
