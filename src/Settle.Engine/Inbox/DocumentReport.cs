using Settle.Inbox;

namespace Settle;

/// <summary>How many documents were settled, by outcome.</summary>
/// <param name="Successful">Documents that say <c>successful</c> now.</param>
/// <param name="Rejected">Documents that the ledger refused.</param>
/// <param name="Malformed">Documents with a malformed field; they used up no id.</param>
public sealed record DocumentReport(long Successful, long Rejected, long Malformed)
{
    /// <summary>
    /// Documents that were decided, but that still say <c>pending</c>, because the database takes
    /// no change to them: they are too large, or a rule forbids it.
    /// </summary>
    public IReadOnlyList<string> WithoutOutcome { get; init; } = [];

    internal long Decided => Successful + Rejected + Malformed;

    internal DocumentReport With(DocumentOutcome outcome) =>
        outcome.Field is not null ? this with { Malformed = Malformed + 1 }
        : outcome.Reason is not null ? this with { Rejected = Rejected + 1 }
        : this with { Successful = Successful + 1 };
}
