namespace Settle.Bank;

/// <summary>An invoice that is not paid whole, as matching needs it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Customer">The customer's id.</param>
/// <param name="Name">The customer's name, where it is known.</param>
/// <param name="Asset">The asset's code.</param>
/// <param name="Date">Its date.</param>
/// <param name="Amount">Minor units of it all.</param>
/// <param name="Open">Minor units that are not paid yet.</param>
internal sealed record OpenInvoice(string Number, string Customer, string? Name, string Asset,
    DateOnly Date, long Amount, long Open);
