using System.Text.Json.Serialization;

namespace Settle.Billing;

/// <summary>An effect of an invoice on the world, such as its mail.</summary>
internal sealed record OutboxItem
{
    /// <summary>Nobody has begun.</summary>
    public const string Waiting = "waiting";

    /// <summary>
    /// Somebody has begun and has not said how it ended. A person decides whether it happened.
    /// </summary>
    public const string Claimed = "claimed";

    /// <summary>It did not work for now; it is tried again by itself.</summary>
    public const string Deferred = "deferred";

    /// <summary>It did not work; a person decides whether to try again.</summary>
    public const string Failed = "failed";

    /// <summary>
    /// What was noted of it cannot be read. A person decides whether it happened.
    /// </summary>
    public const string Unreadable = "unreadable";

    /// <summary>It happened.</summary>
    public const string Done = "done";

    /// <summary>The number of the invoice or credit note.</summary>
    public required string Number { get; init; }

    /// <summary>What it is: <c>mail</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>
    /// <c>waiting</c>, <c>claimed</c>, <c>deferred</c>, <c>failed</c>, <c>unreadable</c> or
    /// <c>done</c>.
    /// </summary>
    public required string State { get; init; }

    /// <summary>Which try it is about, from 1 on.</summary>
    public required int Attempt { get; init; }

    /// <summary>Who has it, or had it.</summary>
    public string? By { get; init; }

    /// <summary>When it was claimed, or ended.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What was said about it.</summary>
    public string? Note { get; init; }

    /// <summary>When something deferred may be tried again.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Whether it waits for a person's decision.</summary>
    [JsonIgnore]
    public bool IsStuck => State is Claimed or Failed or Unreadable;

    /// <summary>How many tries in a row were deferred just before this one.</summary>
    [JsonIgnore]
    public int Deferrals { get; init; }
}
