namespace Settle.Tests.Paper;

/// <summary>One invoice of every kind there is.</summary>
internal static class Examples
{
    public static Party Authority { get; } = Bill.Buyer with
    {
        Name = "Stadt Köln, Amt für Ordnung",
        LeitwegId = "04011000-12345-03",
        VatId = null,
    };

    public static Party Austrian { get; } = new()
    {
        Name = "Alpenblick Café GmbH",
        Street = "Getreidegasse 9",
        PostalCode = "5020",
        City = "Salzburg",
        Country = "AT",
        VatId = "ATU12345675",
        Language = "de",
    };

    public static Party American { get; } = new()
    {
        Name = "Prairie Software Inc.",
        Street = "1200 Main Street",
        Street2 = "Suite 400",
        PostalCode = "66101",
        City = "Kansas City, KS",
        Country = "US",
        Language = "en",
    };

    /// <summary>What each is, and the invoice.</summary>
    public static IReadOnlyDictionary<string, Invoice> All { get; } = Make();

    private static Invoice Discounted(Invoice invoice) => invoice with
    {
        CashDiscounts =
        [
            new CashDiscountOffer(3, 7, invoice.Date.AddDays(7), Money.OfMinor(996, "EUR", 2), Money.OfMinor(32205, "EUR", 2)),
            new CashDiscountOffer(2.5m, 10, invoice.Date.AddDays(10), Money.OfMinor(830, "EUR", 2), Money.OfMinor(32371, "EUR", 2)),
        ],
    };

    private static Dictionary<string, Invoice> Make()
    {
        var invoices = new Dictionary<string, Invoice>
        {
            ["plain"] = Plain(new Bill()),
            ["discount"] = new Bill().Line("Desk, October", 1, 249m, discount: 2490)
                .Line("Locker", 2, 9.95m, discount: 1).Make(),
            ["part credited before"] = new Bill().Line("Locker", 2, 9.95m, discount: 100, before: 62).Make(),
            ["mixed rates"] = Mixed(new Bill()),
            ["exempt"] = new Bill().Line("Course", 1, 480m, "exempt").Make(),
            ["zero"] = new Bill().Line("Solar panel", 4, 210.10m, "0").Make(),
            ["zero and standard"] = new Bill().Line("Solar panel", 4, 210.10m, "0")
                .Line("Fitting", 3.5m, 68m, unit: "HUR").Make(),
            ["exempt and standard"] = new Bill().Line("Course", 1, 480m, "exempt")
                .Line("Book", 1, 29.90m, "7").Make(),
            ["reverse charge"] = new Bill { To = Austrian }
                .Line("Consulting", 12.25m, 110m, "reverse_charge", "HUR").Make(),
            ["intra-community"] = new Bill { To = Austrian }
                .Line("Office chair", 12, 189.90m, "intra_community").Make(),
            ["export"] = new Bill { To = American }
                .Line("Office chair", 12, 189.90m, "export").Make(),
            ["out of scope"] = new Bill { To = American }
                .Line("Deposit", 1, 500m, "out_of_scope").Make(),
            ["out of scope without a register"] = new Bill
            {
                From = Bill.Seller with { RegistrationId = null },
            }.Line("Deposit", 1, 500m, "out_of_scope").Make(),
            ["small seller"] = new Bill
            {
                From = Bill.Seller with { VatId = null },
            }.Line("Repair", 1, 75m, "exempt").Make(),
            ["gross"] = new Bill().Gross("Day ticket", 3, 19.99m).Gross("Coffee", 7, 2.80m, "7")
                .Gross("Locker key", 1, 0.05m).Make(),
            ["gross that no net gives"] = new Bill().Gross("Badge", 1, 0.03m).Make(),
            ["gross and net"] = new Bill().Gross("Day ticket", 1, 19.99m).Line("Print", 11, 0.015m)
                .Make(),
            ["fine prices"] = new Bill().Line("Requests", 1234567, 0.000125m)
                .Line("Energy", 812.345678m, 0.287654m, unit: "KWH").Make(),
            ["dollars"] = new Bill { To = American }.In("USD", 2)
                .Line("Meeting room", 1, 10m, "export").Make(),
            ["yen"] = new Bill().In("JPY", 0).Line("Desk", 3, 3333m, "10").Make(),
            ["dinars"] = new Bill().In("KWD", 3).Line("Desk", 3, 12.340m, "5").Make(),
            ["authority"] = Mixed(new Bill { To = Authority, Note = "Bestellung 4711" }),
            ["authority without mail"] = Plain(new Bill { To = Authority with { Email = null } }),
            ["authority, reverse charge"] = new Bill
            {
                To = Authority with { VatId = "DE222222222" },
            }.Line("Scrap", 2, 1000m, "reverse_charge").Make(),
            ["authority, out of scope"] = new Bill { To = Authority }
                .Line("Fine", 1, 30m, "out_of_scope").Make(),
            ["rounding torture"] = Torture("19", 0.005m),
            ["rounding torture, two rates"] = Torture("7", 0.005m, "19"),
            ["torture of 0.335"] = Torture("8.1", 0.335m),
            ["paid before"] = Plain(new Bill()) with { Prepaid = Money.OfMinor(10_000, "EUR", 2) },
            ["all paid before"] = PaidBefore(Plain(new Bill())),
            ["authority, all paid before"] = PaidBefore(Plain(new Bill { To = Authority })),
            ["unit of long ago"] = new Bill().Line(" ", 2, 10m, unit: "PCE").Make(),
            ["nothing to pay"] = new Bill().Line("Trial month", 1, 0m).Make(),
            ["strange letters"] = new Bill
            {
                To = Bill.Buyer with { Name = "Łódź & <Σίσυφος> \"Жук\" Ő ¿?", City = "Škofja Loka" },
                Note = "First line\nSecond line & more",
            }.Line("Tea <hot> & \"sweet\"\nEarl Grey, 100 g", 3, 4.2m).Make(),
        };
        AddLaws(invoices);
        foreach (var (name, invoice) in invoices.ToList())
            invoices.Add($"credit note, {name}", Credit(invoice));
        return invoices;
    }

    private static Party Debited(Party buyer) => buyer with
    {
        Iban = "DE75512108001245126199", Mandate = "M-2026/17", MandateDate = new DateOnly(2026, 1, 2),
    };

    private static Invoice Plain(Bill bill) => bill.Line("Fixed desk, October", 1, 249m, unit: "MON", day: 1)
        .Line("Meeting room “Spree”", 3, 10m, unit: "HUR", day: 12).Make();

    private static Invoice Mixed(Bill bill) => bill
        .Line("Fixed desk, October", 1, 249m, unit: "MON", day: 1)
        .Line("Meeting room “Spree”", 3, 10m, unit: "HUR", day: 12)
        .Line("Books of the library", 2, 24.95m, "7", day: 14)
        .Line("Prints", 137, 0.08m, discount: 96, day: 28).Make();

    private static Invoice Torture(string tax, decimal price, string? other = null)
    {
        var bill = new Bill();
        for (var i = 0; i < 999; i++)
            bill.Line($"Call {i + 1}", 1, price, other is not null && i % 3 == 0 ? other : tax);
        return bill.Make();
    }

    private static void AddLaws(Dictionary<string, Invoice> invoices)
    {
        invoices["cash discount"] = Discounted(Plain(new Bill()));
        invoices["authority, cash discount"] = Discounted(Plain(new Bill { To = Authority }));
        invoices["authority, cash discount, paid before"] = Discounted(
            Mixed(new Bill { To = Authority }) with { Prepaid = Money.OfMinor(1000, "EUR", 2) });
        invoices["small business"] = SmallBusiness();
        invoices["abroad, with a tax number only"] = new Bill
        {
            From = Bill.Seller with { Country = "US", VatId = null, RegistrationId = null },
        }.Line("Repair", 1, 75m, "out_of_scope").Make();
        invoices["dollars with tax"] = Converted(new Bill { To = American }.In("USD", 2)
            .Line("Meeting room", 3, 100m).Make());
        invoices["half a month"] = HalfMonth(new Bill().Line("Desk", 1, 124m, day: 31)
            .Line("Coffee", 2, 2m, day: 5).Make());
        foreach (var (name, buyer) in new[] { ("debit", Bill.Buyer), ("authority, debit", Authority) })
        {
            invoices[name] = Plain(new Bill
            {
                From = Bill.Seller with { CreditorId = "DE98ZZZ09999999999" }, To = Debited(buyer),
            });
        }
    }

    private static Invoice SmallBusiness()
    {
        var invoice = new Bill
        {
            From = Bill.Seller with { VatId = null, RegistrationId = null, SmallBusiness = true },
        }.Line("Repair", 1, 75m, "exempt").Make();
        return invoice with
        {
            Taxes = [invoice.Taxes[0] with
            {
                Reason = "Es gilt die Steuerbefreiung für Kleinunternehmer (§ 19 UStG)",
            }],
        };
    }

    // In German, to see its commas.
    private static Invoice Converted(Invoice invoice) => invoice with
    {
        Buyer = invoice.Buyer with { Language = "de" },
        TaxInCurrency = Money.OfMinor(52_47, "EUR", 2),
        ExchangeRate = new ExchangeRate
        {
            Base = "EUR", Quote = "USD", Rate = 1.0863m, Date = new DateOnly(2026, 10, 30),
        },
    };

    private static Invoice HalfMonth(Invoice invoice) => invoice with
    {
        Lines = [invoice.Lines[0] with
        {
            Start = new DateOnly(2026, 10, 16), ChargedDays = 16, MonthDays = 31,
        }, invoice.Lines[1]],
    };

    private static Invoice PaidBefore(Invoice invoice) => invoice with { Prepaid = invoice.Amount };

    private static Invoice Credit(Invoice invoice) => invoice with
    {
        Prepaid = null,
        Kind = InvoiceType.CreditNote,
        Number = "C2026-000007",
        Corrects = invoice.Number,
        CorrectsDate = invoice.Date,
        Date = new DateOnly(2026, 11, 20),
        Due = new DateOnly(2026, 11, 20),
        InvoicedCharges = [],
        Note = "Cancelled as agreed",
        Open = Minor(0),
    };
}
