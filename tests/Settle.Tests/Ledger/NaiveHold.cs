namespace Settle.Tests.Rules;

/// <summary>A hold of a <see cref="NaiveLedger"/>.</summary>
/// <param name="From">Who pays.</param>
/// <param name="To">Who will be paid.</param>
/// <param name="Asset">In what.</param>
/// <param name="Amount">How much is reserved.</param>
/// <param name="ExpiresAt">Microseconds; null for never.</param>
/// <param name="End"><c>captured</c>, <c>voided</c>, or empty.</param>
internal sealed record NaiveHold(
    string From, string To, string Asset, long Amount, long? ExpiresAt, string End);
