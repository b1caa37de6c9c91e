namespace Settle.Tests.Paper;

/// <summary>Makes invoices for tests, with sums as the ledger makes them.</summary>
internal sealed class Bill
{
    private readonly List<InvoiceLine> _lines = [];
    private readonly Dictionary<(string, decimal), long> _gross = [];
    private string _asset = "EUR";
    private int _scale = 2;

    public static Party Seller { get; } = new()
    {
        Name = "Bankhaus Sitzfleisch GmbH",
        Street = "Lindenallee 12",
        PostalCode = "50667",
        City = "Köln",
        Country = "DE",
        VatId = "DE123456788",
        TaxNumber = "215/5432/1234",
        RegistrationId = "HRB 98765",
        Email = "billing@sitzfleisch.example",
        Phone = "+49 221 9876543",
        Contact = "Jana Weiß",
        Iban = "DE89370400440532013000",
        Bic = "COBADEFFXXX",
        Bank = "Commerzbank Köln",
        Language = "de",
    };

    public static Party Buyer { get; } = new()
    {
        Name = "Müller & Söhne KG",
        Street = "Hafenstraße 3",
        Street2 = "Hinterhaus, 2. Stock",
        PostalCode = "20457",
        City = "Hamburg",
        Country = "DE",
        VatId = "DE136695976",
        Email = "einkauf@mueller.example",
        Language = "de",
    };

    public InvoiceType Kind { get; init; } = InvoiceType.Invoice;

    public string Number { get; init; } = "2026-000123";

    public Party From { get; init; } = Seller;

    public Party To { get; init; } = Buyer;

    public string? Note { get; init; }

    public Bill In(string asset, int scale)
    {
        (_asset, _scale) = (asset, scale);
        return this;
    }

    /// <summary>A line whose price is agreed without tax.</summary>
    public Bill Line(string what, decimal quantity, decimal price, string tax = "19",
        string unit = "C62", long discount = 0, int day = 3, long before = 0)
    {
        var (category, rate) = Tax(tax);
        var net = Minor(quantity * price) - discount - before;
        _lines.Add(new InvoiceLine
        {
            Charge = $"c-{_lines.Count + 1}",
            Description = what,
            Date = new DateOnly(2026, 10, day),
            Quantity = quantity,
            Unit = unit,
            UnitPrice = price,
            Discount = Of(discount),
            CreditedBefore = before == 0 ? null : Of(before),
            Net = Of(net),
            Category = category,
            Rate = rate,
        });
        return this;
    }

    /// <summary>A line whose price is agreed with its tax.</summary>
    public Bill Gross(string what, decimal quantity, decimal price, string tax = "19")
    {
        var (category, rate) = Tax(tax);
        var gross = Minor(quantity * price);
        _gross[(category, rate)] = _gross.GetValueOrDefault((category, rate)) + gross;
        Line(what, quantity, Math.Round(price / (1 + (rate / 100)), 6), tax);
        _lines[^1] = _lines[^1] with
        {
            Net = Of(Round(gross / (1 + (rate / 100)))),
            Prices = PriceKind.Gross,
        };
        return this;
    }

    public Invoice Make()
    {
        SpreadGross();
        var taxes = _lines.GroupBy(line => (line.Category, line.Rate)).Select(group =>
        {
            var net = group.Sum(line => (long)line.Net.Units);
            return new InvoiceTax
            {
                Category = group.Key.Category,
                Rate = group.Key.Rate,
                Net = Of(net),
                Tax = Of(Round(net * group.Key.Rate / 100)),
            };
        }).ToList();
        var rounding = _gross.Sum(gross => gross.Value
            - _lines.Where(line => Of(line) == gross.Key && line.Prices == PriceKind.Gross).Sum(line => (long)line.Net.Units)
            - Round(gross.Key.Item2 / 100 * _lines.Where(line => Of(line) == gross.Key)
                .Sum(line => (long)line.Net.Units))
            + Round(gross.Key.Item2 / 100 * _lines.Where(line => Of(line) == gross.Key
                && line.Prices == PriceKind.Net).Sum(line => (long)line.Net.Units)));
        var (net, tax) = (_lines.Sum(line => (long)line.Net.Units), taxes.Sum(each => (long)each.Tax.Units));
        return new Invoice
        {
            Kind = Kind,
            Number = Number,
            Id = $"run-1:c-42:{_asset}",
            Date = new DateOnly(2026, 10, 31),
            Due = new DateOnly(2026, 11, 14),
            Through = new DateOnly(2026, 10, 31),
            Scale = _scale,
            Customer = "c-42",
            Seller = From,
            Buyer = To,
            Lines = _lines,
            Taxes = taxes,
            Net = Of(net),
            Tax = Of(tax),
            Rounding = rounding == 0 ? null : Of(rounding),
            Amount = Of(net + tax + rounding),
            Paid = Of(0),
            Open = Of(net + tax + rounding),
            Status = InvoiceStatus.Open,
            InvoicedCharges = [.. _lines.Select(line => line.Charge!)],
            Corrects = Kind == InvoiceType.CreditNote ? "2026-000100" : null,
            CorrectsDate = Kind == InvoiceType.CreditNote ? new DateOnly(2026, 9, 30) : null,
            Note = Note,
            Block = 17,
        };
    }

    private Money Of(long minor) => Money.OfMinor(minor, _asset, _scale);

    private static (string Category, decimal Rate) Of(InvoiceLine line) =>
        (line.Category, line.Rate);

    private static (string Category, decimal Rate) Tax(string tax) => tax switch
    {
        "exempt" => ("E", 0),
        "reverse_charge" => ("AE", 0),
        "intra_community" => ("K", 0),
        "export" => ("G", 0),
        "out_of_scope" => ("O", 0),
        "0" => ("Z", 0),
        _ => ("S", decimal.Parse(tax, System.Globalization.CultureInfo.InvariantCulture)),
    };

    // The lines of a rate come to the net of their sum; the first takes what is over.
    private void SpreadGross()
    {
        foreach (var ((category, rate), gross) in _gross)
        {
            var at = _lines.FindIndex(line => Of(line) == (category, rate) && line.Prices == PriceKind.Gross);
            var rest = Round(gross / (1 + (rate / 100)))
                - _lines.Where(line => Of(line) == (category, rate) && line.Prices == PriceKind.Gross)
                    .Sum(line => (long)line.Net.Units);
            _lines[at] = _lines[at] with { Net = _lines[at].Net + Of(rest) };
        }
    }

    private long Minor(decimal major)
    {
        for (var i = 0; i < _scale; i++) major *= 10;
        return Round(major);
    }

    private static long Round(decimal amount) =>
        (long)Math.Round(amount, MidpointRounding.AwayFromZero);
}
