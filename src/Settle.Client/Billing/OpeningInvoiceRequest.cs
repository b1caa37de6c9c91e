namespace Settle;

/// <summary>
/// A request to bring in an open invoice from another program, for a business that moves.
/// </summary>
public sealed record OpeningInvoiceRequest
{
    /// <summary>
    /// The id of this request; null for <c>opening:</c> and the number, so that repeating it is
    /// harmless.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>
    /// The number that it has, which its payers name: at most 64 bytes. No series may give it: one
    /// that looks like the seller's numbers is below the first number of its series.
    /// </summary>
    public required string Number { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>Its date, from which on it is owed.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The day it is due: its date or later.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>What it came to, tax included: more than zero.</summary>
    public required Money Amount { get; init; }

    /// <summary>What is open of it: more than zero, at most its amount; null for all.</summary>
    public Money? Open { get; init; }

    /// <summary>The asset's code; null for that of the amounts, else the customer's.</summary>
    public string? Asset { get; init; }

    internal static string IdOf(OpeningInvoiceRequest request) =>
        request.Id ?? "opening:" + request.Number;
}
