namespace Settle;

/// <summary>Why money did not suffice, as it was when the request was decided.</summary>
public sealed record Shortfall
{
    /// <summary>The account that had to pay.</summary>
    public required string Account { get; init; }

    /// <summary>
    /// What it could spend then: what was available, and the overdraft. For new terms, what it
    /// could spend under them; below zero if they do not allow what it owes.
    /// </summary>
    public required Money Spendable { get; init; }

    /// <summary>What was asked of it in all.</summary>
    public required Money Needed { get; init; }

    /// <summary>Whether the account existed.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>One sentence, without the full stop.</summary>
    public override string ToString() => Needed.IsZero
        ? $"under these terms {Account} could spend {Spendable}, which is below zero"
        : $"{Account} can spend {Spendable}, but {Needed.Digits} is needed"
            + (Exists ? "" : $": there is no account {Account} yet");
}
