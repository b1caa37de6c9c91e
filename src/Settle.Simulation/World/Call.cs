namespace Settle.Simulation;

/// <summary>One delivery of some wishes to a machine, and what came of it.</summary>
internal sealed class Call(IReadOnlyList<Wish> wishes, string machine, long sentAt)
{
    public IReadOnlyList<Wish> Wishes { get; } = wishes;

    public string Machine { get; } = machine;

    /// <summary>The number of the step in which its client sent it.</summary>
    public long SentAt { get; } = sentAt;

    /// <summary>
    /// The number of the step in which the machine answered; null when it never did.
    /// </summary>
    public long? AnsweredAt { get; private set; }

    /// <summary>How many blocks this machine can be held to have seen then.</summary>
    public long HeightBefore { get; init; }

    /// <summary>How many blocks there were when it answered.</summary>
    public long HeightAfter { get; set; }

    /// <summary>One per wish.</summary>
    public IReadOnlyList<Reply>? Replies { get; private set; }

    public void Answer(IReadOnlyList<Reply> replies, long step) =>
        (Replies, AnsweredAt) = (replies, step);
}
