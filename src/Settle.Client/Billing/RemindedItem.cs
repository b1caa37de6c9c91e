namespace Settle;

/// <summary>Something overdue on a reminder.</summary>
/// <param name="Number">The number of the invoice, or of an earlier reminder with a fee.</param>
/// <param name="Date">Its date.</param>
/// <param name="Due">The day it was due.</param>
/// <param name="Level">How often the customer has been reminded of it by now; 0 for a fee, and for
/// what is overdue but not yet long enough.</param>
/// <param name="Open">What was open of it.</param>
public sealed record RemindedItem(
    string Number, DateOnly Date, DateOnly Due, int Level, Money Open);
