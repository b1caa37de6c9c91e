namespace Settle;

/// <summary>A customer that a run could not invoice.</summary>
public sealed record ParkedCustomer
{
    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>The asset of the invoice that was not made.</summary>
    public required string Asset { get; init; }

    /// <summary>A stable code: a refusal's, or a rule's, such as <c>BR-CO-26</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong and what to do, for people.</summary>
    public required string Reason { get; init; }
}
