namespace Settle;

/// <summary>Something that a posting batch could not take.</summary>
/// <param name="Number">An invoice's or credit note's number, or the id of a payment.</param>
/// <param name="Why">Why, for people.</param>
public sealed record LeftOut(string Number, string Why);
