namespace Settle.Simulation;

/// <summary>What only entries of billing have, as the auditor reads it: plain JSON.</summary>
internal sealed class AuditedBill
{
    private static readonly string[] Types =
        ["seller", "customer", "charge", "subscription", "invoice", "credit_note", "payment",
            "refund", "chargeback", "withdrawal", "opening", "sepa_order", "reminder",
            "reminder_hold", "quote", "quote_answer"];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    private AuditedBill(JsonElement json)
    {
        foreach (var member in json.EnumerateObject())
        {
            var value = member.Value;
            if (value.ValueKind == JsonValueKind.String) _texts[member.Name] = value.GetString()!;
            else if (value.ValueKind == JsonValueKind.Number)
                _numbers[member.Name] = value.GetInt64();
            else if (value.ValueKind == JsonValueKind.True) _flags.Add(member.Name);
        }
        Charges = List(json, "invoiced_charges", item => item.GetString()!);
        TaxRates = List(json, "tax_rates", item => item.GetString()!);
        FirstNumbers = List(json, "first_numbers", item => item.GetString()!);
        Taxes = List(json, "taxes", Tax);
        Settles = List(json, "settles", item => item.GetString()!);
        Discounted = List(json, "discounted", Part);
        Deposits = List(json, "deposits", Part);
        Reminded = List(json, "reminded", item => (Text(item, "number"),
            item.GetProperty("level").GetInt32(), item.GetProperty("open").GetInt64()));
        Levels = json.TryGetProperty("dunning", out var dunning)
            ? List(dunning, "levels", level => (level.GetProperty("days").GetInt32(),
                level.GetProperty("fee").GetInt64())) : [];
        Allocations = List(json, "allocations",
            part => (Text(part, "number"), part.GetProperty("amount").GetInt64()));
        Items = List(json, "items", item => new AuditedItem(Text(item, "number"),
            item.GetProperty("amount").GetInt64(), Text(item, "party")));
        Reopened = List(json, "reopened", Opened);
        Offered = this["type"] == "quote" ? List(json, "offered", Opened)
            : List(json, "opened", Opened);
        Amended = List(json, "amended", charge => (Text(charge, "id"),
            charge.GetProperty("amount").GetInt64(), Text(charge, "date")));
        Lines = List(json, "lines", line => (line.GetProperty("line").GetInt32(),
            line.TryGetProperty("quantity", out _) ? Text(line, "quantity") : ""));
        Credited = List(json, "credited", line => new AuditedCredit(
            line.GetProperty("line").GetInt32(), AuditedSums.Decimal(Text(line, "quantity")),
            line.GetProperty("net").GetInt64()));
    }

    /// <summary>The name in the profile that the entry names; null where there is none.</summary>
    public string? Name { get; set; }

    /// <summary>Whether an invoice run asked for it, or a quote.</summary>
    public bool IsOfRun => this["type"] is "invoice" or "reminder"
        || (this["type"] == "sepa_order" && this["cancels"].Length == 0)
        || (this["type"] == "charge" && (this["subscription"].Length > 0 || Has("offered")));

    public IReadOnlyList<string> Charges { get; }

    public IReadOnlyList<string> TaxRates { get; }

    public IReadOnlyList<string> FirstNumbers { get; }

    public IReadOnlyList<AuditedTax> Taxes { get; }

    public IReadOnlyList<(string Number, long Amount)> Allocations { get; }

    public IReadOnlyList<AuditedDiscount> Discounted { get; }

    /// <summary>What was received on deposit invoices, or what an invoice deducts.</summary>
    public IReadOnlyList<AuditedDiscount> Deposits { get; }

    /// <summary>The deposit invoices that an invoice is to settle.</summary>
    public IReadOnlyList<string> Settles { get; }

    /// <summary>What a SEPA order collects or pays.</summary>
    public IReadOnlyList<AuditedItem> Items { get; }

    /// <summary>What is overdue on a reminder.</summary>
    public IReadOnlyList<(string Number, int Level, long Open)> Reminded { get; }

    /// <summary>The reminders that a seller sends, each after some days and for a fee.</summary>
    public IReadOnlyList<(int Days, long Fee)> Levels { get; }

    public IReadOnlyList<AuditedReopening> Reopened { get; }

    /// <summary>What a quote offers, or its answer opens.</summary>
    public IReadOnlyList<AuditedReopening> Offered { get; }

    /// <summary>Charges that come to something else than their entries say.</summary>
    public IReadOnlyList<(string Id, long Amount, string Date)> Amended { get; }

    /// <summary>The lines that are to be credited; without a quantity all of it.</summary>
    public IReadOnlyList<(int Line, string Quantity)> Lines { get; }

    public IReadOnlyList<AuditedCredit> Credited { get; }

    public string Customer => this["customer"];

    public string Profile => this["profile"];

    public string Date => this["date"];

    /// <summary>A text by its name; empty for none.</summary>
    public string this[string name] => _texts.GetValueOrDefault(name, "");

    public long Number(string name) => _numbers.GetValueOrDefault(name);

    public bool Has(string flag) => _flags.Contains(flag);

    /// <summary>Null for an entry of something else.</summary>
    public static AuditedBill? Read(JsonElement json) =>
        Array.IndexOf(Types, Text(json, "type")) >= 0 ? new AuditedBill(json) : null;

    /// <summary>Whether it is what a client asked for.</summary>
    public bool IsFor(AuditedEntry entry, Wish wish, string defaultAsset)
    {
        var bill = wish.Bill!;
        return (wish.Kind, this["type"]) switch
        {
            (WishKind.Seller, "seller") => bill.TaxRates.SequenceEqual(TaxRates)
                && bill.FirstNumbers.SequenceEqual(FirstNumbers)
                && bill.Tax == this["default_tax"] && bill.Name == Name
                && bill.CashDiscount == this["cash_discount"] && bill.Levels.SequenceEqual(Levels),
            (WishKind.Customer, "customer") => bill.Customer == Customer && bill.Name == Name
                && bill.Treatment == this["treatment"] && bill.TermsDays == Number("terms_days")
                && bill.CashDiscount == this["cash_discount"]
                && bill.IsNotReminded == Has("not_reminded")
                && entry.Asset == (wish.Asset ?? ""),
            (WishKind.Charge, "charge") => bill.Customer == Customer && IsWhat(entry, wish)
                && IsAsset(entry, wish, defaultAsset) && IsDay(bill.Date)
                && bill.Discount == Number("discount") && this["subscription"].Length == 0
                && bill.IsDeposit == Has("deposit"),
            (WishKind.Subscription, "subscription") => bill.Customer == Customer
                && IsWhat(entry, wish) && Text(bill.Start) == this["start"]
                && Text(bill.End) == this["end"] && bill.Subscription == this["subscription"]
                && bill.Discount == Number("discount") && bill.Every == this["every"]
                && Text(bill.Anchor) == this["anchor"],
            (WishKind.SubscriptionEnd, "subscription") => Customer.Length == 0
                && bill.Subscription == this["subscription"] && Text(bill.End) == this["end"]
                && this["from_day"].Length == 0,
            (WishKind.Reprice, "subscription") => Customer.Length == 0
                && bill.Subscription == this["subscription"] && IsPrice(entry, wish)
                && Text(bill.Start) == this["from_day"] && bill.Discount == Number("discount"),
            (WishKind.CreditNote, "credit_note") => wish.Reference == this["invoice"]
                && bill.Rebill == Has("rebill")
                && Has("whole") == (wish.Amount == 0 && bill.Lines.Count == 0)
                && (wish.Amount == 0 || wish.Amount == entry.Amount)
                && Lines.SequenceEqual(bill.Lines.Select(line => (line.Line,
                    line.Quantity == 0 ? "" : Thousandths(line.Quantity)))),
            (WishKind.Payment, "payment") => wish.Reference == this["invoice"]
                && wish.Amount == entry.Amount && wish.From == entry.From && IsDay(bill.Date)
                && bill.WriteOff == Has("write_off") && IsAsset(entry, wish, defaultAsset)
                && (bill.Customer.Length == 0 || bill.Customer == Customer),
            (WishKind.Refund, "refund") => wish.Reference == this["payment"]
                && bill.Customer == Customer && wish.Amount == entry.Amount && IsDay(bill.Date)
                && IsAsset(entry, wish, defaultAsset),
            (WishKind.Chargeback, "chargeback") => wish.Reference == this["payment"]
                && Has("whole") == (wish.Amount == 0) && bill.Fee == Number("fee")
                && (wish.Amount == 0 || wish.Amount == entry.Amount) && IsDay(bill.Date),
            (WishKind.Opening, "opening") => wish.Reference == this["number"]
                && bill.Customer == Customer && wish.Amount == entry.Amount
                && (bill.Gross == entry.Amount ? 0 : bill.Gross) == Number("gross")
                && Text(bill.Date) == Date
                && Text(bill.Due) == this["due"] && IsAsset(entry, wish, defaultAsset),
            (WishKind.SepaCancel, "sepa_order") => this["cancels"].StartsWith(
                wish.Reference + ":", StringComparison.Ordinal),
            (WishKind.ReminderHold, "reminder_hold") => wish.Reference == this["invoice"]
                && bill.IsReleased == Has("released"),
            (WishKind.Quote, "quote") => bill.Customer == Customer && IsDay(bill.Date)
                && bill.Offers.Count == Number("line_count")
                && (bill.Due == default ? "" : Text(bill.Due)) == this["valid_until"]
                && (entry.Status != "successful" || Offered.Select(line => line.Amount)
                    .SequenceEqual(bill.Offers)),
            (WishKind.QuoteAnswer, "quote_answer") => wish.Reference == this["quote"]
                && IsDay(bill.Date) && bill.IsDeclined == Has("declined")
                && bill.IsLate == Has("late"),
            (WishKind.Withdrawal, "withdrawal") => wish.Reference == this["charge"],
            _ => false,
        };
    }

    public static string Text(DateOnly? day) =>
        day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private bool IsWhat(AuditedEntry entry, Wish wish)
    {
        var bill = wish.Bill!;
        if ((Has("tax_default") ? "" : this["tax"]) != (bill.Tax ?? "")) return false;
        return bill.IsGross == (this["prices"] == "gross") && IsPrice(entry, wish);
    }

    private bool IsPrice(AuditedEntry entry, Wish wish) => wish.Amount > 0
        ? wish.Amount == entry.Amount && this["unit_price"].Length == 0
        : (this["quantity"], this["unit_price"])
            == (Thousandths(wish.Bill!.Quantity), Thousandths(wish.Bill.UnitPrice));

    private bool IsAsset(AuditedEntry entry, Wish wish, string defaultAsset) =>
        Has("asset_default") ? wish.Asset is null
        : Has("asset_named") ? wish.Asset == defaultAsset
        : entry.Asset == (wish.Asset is null || wish.Asset == defaultAsset ? "" : wish.Asset);

    private bool IsDay(DateOnly? day) =>
        day is null ? Has("date_default") : !Has("date_default") && Text(day) == Date;

    private static string Thousandths(long value) =>
        (value / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    private static AuditedReopening Opened(JsonElement charge) => new(Text(charge, "id"),
        charge.GetProperty("amount").GetInt64(), Text(charge, "date"), Text(charge, "tax"),
        charge.TryGetProperty("prices", out _));

    private static AuditedDiscount Part(JsonElement part) => new(Text(part, "number"),
        List(part, "taxes", Tax), part.GetProperty("rounding").GetInt64());

    private static AuditedTax Tax(JsonElement tax) => new(Text(tax, "category"),
        Text(tax, "rate"), tax.GetProperty("net").GetInt64(), tax.GetProperty("tax").GetInt64());

    private static List<T> List<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(read)] : [];

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString()!;
}
