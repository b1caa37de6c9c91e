namespace Settle.Billing;

/// <summary>An overdue invoice on a reminder.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Level">How often its customer has been reminded of it by now; 0 for a fee.</param>
/// <param name="Open">Minor units that are open.</param>
internal readonly record struct RemindedInvoice(string Number, int Level, long Open);
