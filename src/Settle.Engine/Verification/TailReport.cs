namespace Settle;

/// <summary>What a look at the newest blocks of a chain found.</summary>
/// <param name="From">The block that was noted.</param>
/// <param name="Height">The newest block.</param>
/// <param name="Hash">Its hash, which covers every block before it too.</param>
/// <param name="Faults">Every fault, in the order of the chain; empty if there is none.</param>
public sealed record TailReport(
    long From, long Height, string Hash, IReadOnlyList<VerificationFault> Faults)
{
    /// <summary>Whether no fault was found.</summary>
    public bool IsClean => Faults.Count == 0;
}
