namespace Settle.Simulation;

/// <summary>A charge, and when it was open.</summary>
internal sealed record AuditedCharge(
    string Id, string Customer, string Asset, string Tax, bool IsGross)
{
    /// <summary>Minor units: what it comes to now.</summary>
    public required long Amount { get; set; }

    public required string Date { get; set; }

    /// <summary>Whether amount and date are not those of its entry.</summary>
    public bool IsAmended { get; set; }

    /// <summary>Whether it asks for money before the work.</summary>
    public bool IsDeposit { get; init; }

    /// <summary>Which one charges it each period; empty for none.</summary>
    public string Subscription { get; init; } = "";

    public decimal Quantity { get; set; } = 1;

    /// <summary>
    /// The blocks that opened it and ended that, and the day that it had; the last block is 0 while
    /// it is open. While no day of it counts it is not open.
    /// </summary>
    public List<(long From, long To, string Date)> Open { get; } = [];

    /// <summary>The invoice that bills it; empty for none.</summary>
    public string Invoice { get; set; } = "";

    /// <summary>Category and rate.</summary>
    public (string Category, string Rate) Term => TermOf(Tax);

    public bool IsOther => Tax == "out_of_scope";

    /// <summary>Whether no day of it counts any more.</summary>
    public bool IsNothing => IsAmended && Amount == 0 && Subscription.Length > 0;

    public void Begin(long height)
    {
        if (!IsNothing) Open.Add((height, 0, Date));
    }

    public void End(long height)
    {
        if (Open is [.., { To: 0 } last]) Open[^1] = last with { To = height };
    }

    public static (string Category, string Rate) TermOf(string tax) => tax switch
    {
        "0" => ("Z", "0"),
        "exempt" => ("E", "0"),
        "reverse_charge" => ("AE", "0"),
        "out_of_scope" => ("O", "0"),
        _ => ("S", tax),
    };
}
