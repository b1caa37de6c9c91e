namespace Settle.Simulation;

/// <summary>A charge, and when it was open.</summary>
internal sealed record AuditedCharge(string Id, string Customer, string Asset, long Amount,
    string Date, string Tax, bool IsGross)
{
    /// <summary>The blocks that opened it and billed it; the last is 0 while it is open.</summary>
    public List<(long From, long To)> Open { get; } = [];

    /// <summary>The invoice that bills it; empty for none.</summary>
    public string Invoice { get; set; } = "";

    /// <summary>Category and rate.</summary>
    public (string Category, string Rate) Term => TermOf(Tax);

    public static (string Category, string Rate) TermOf(string tax) => tax switch
    {
        "0" => ("Z", "0"),
        "exempt" => ("E", "0"),
        "reverse_charge" => ("AE", "0"),
        _ => ("S", tax),
    };
}
