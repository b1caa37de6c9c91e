namespace Settle.Simulation;

/// <summary>What a wish of billing says beyond the others.</summary>
internal sealed record Bill
{
    public string Customer { get; init; } = "";

    public string Subscription { get; init; } = "";

    /// <summary>The name of the seller or customer, which no block may hold.</summary>
    public string Name { get; init; } = "";

    public string Treatment { get; init; } = "standard";

    public int TermsDays { get; init; }

    /// <summary>Whether a customer gets no reminders.</summary>
    public bool IsNotReminded { get; init; }

    /// <summary>The reminders that a seller sends; empty for the usual ones.</summary>
    public IReadOnlyList<(int Days, long Fee)> Levels { get; init; } = [];

    /// <summary>Cash discounts: 50/5,30/40; empty for none of one's own.</summary>
    public string CashDiscount { get; init; } = "";

    public IReadOnlyList<string> TaxRates { get; init; } = [];

    /// <summary>The numbers that series are to begin with.</summary>
    public IReadOnlyList<string> FirstNumbers { get; init; } = [];

    /// <summary>A charge's tax, or the seller's default; null for none.</summary>
    public string? Tax { get; init; }

    public bool IsGross { get; init; }

    /// <summary>Whether a charge asks for money before the work.</summary>
    public bool IsDeposit { get; init; }

    /// <summary>The deposit invoices that a run is to settle.</summary>
    public IReadOnlyList<string> Settles { get; init; } = [];

    /// <summary>The amounts of the lines of a quote.</summary>
    public IReadOnlyList<long> Offers { get; init; } = [];

    /// <summary>Whether a quote is declined, and whether it may be accepted late.</summary>
    public bool IsDeclined { get; init; }

    public bool IsLate { get; init; }

    /// <summary>Whether an invoice may be reminded of again.</summary>
    public bool IsReleased { get; init; }

    /// <summary>Thousandths; 0 where there is an amount.</summary>
    public long Quantity { get; init; }

    /// <summary>Thousandths of the major unit.</summary>
    public long UnitPrice { get; init; }

    public long Discount { get; init; }

    /// <summary>Null for today.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>
    /// The day that an invoice from another program is due; the last one of a quote.
    /// </summary>
    public DateOnly Due { get; init; }

    /// <summary>What such an invoice came to; 0 where all of it is open.</summary>
    public long Gross { get; init; }

    public DateOnly Through { get; init; }

    /// <summary>How long a subscription's periods are; empty for a month.</summary>
    public string Every { get; init; } = "";

    public DateOnly? Anchor { get; init; }

    public DateOnly Start { get; init; }

    public DateOnly? End { get; init; }

    /// <summary>Whether what is credited is to be billed again.</summary>
    public bool Rebill { get; init; }

    public bool WriteOff { get; init; }

    /// <summary>What the bank asks for a charge-back.</summary>
    public long Fee { get; init; }

    /// <summary>
    /// The lines to credit, each with thousandths of a quantity, or 0 for all that is left.
    /// </summary>
    public IReadOnlyList<(int Line, long Quantity)> Lines { get; init; } = [];

    public bool IsDryRun { get; init; }

    public override string ToString() => string.Join(' ', new (string Name, object? Value)[]
    {
        ("", Customer), ("", Subscription), ("", Name), ("tax", Tax), ("with tax", IsGross),
        ("deposit", IsDeposit), ("settles", string.Join('/', Settles)), ("released", IsReleased),
        ("offers", string.Join('/', Offers)), ("declined", IsDeclined), ("late", IsLate),
        ("quantity", Quantity), ("price", UnitPrice), ("discount", Discount),
        ("on", AuditedBill.Text(Date)), ("every", Every),
        ("anchor", AuditedBill.Text(Anchor)), ("from", Day(Start)),
        ("to", AuditedBill.Text(End)), ("due", Day(Due)), ("gross", Gross),
        ("through", Day(Through)), ("rebill", Rebill), ("write off", WriteOff),
        ("fee", Fee),
        ("lines", string.Join('/', Lines.Select(line => $"{line.Line}={line.Quantity}"))),
        ("dry run", IsDryRun), ("", Treatment == "standard" ? "" : Treatment),
        ("days", TermsDays), ("cash discount", CashDiscount),
        ("no reminders", IsNotReminded), ("reminders", string.Join('/', Levels)),
        ("", string.Join('/', TaxRates)),
        ("first", string.Join('/', FirstNumbers)),
    }
    .Where(part => part.Value is not (null or false or "" or 0L or 0))
    .Select(part => part.Value is true ? part.Name : $"{part.Name} {part.Value}".TrimStart()));

    private static string Day(DateOnly day) => day == default ? "" : AuditedBill.Text(day);
}
