namespace Settle;

/// <summary>That a customer is not reminded of an invoice, or is again.</summary>
public sealed record ReminderHold
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The number of the invoice.</summary>
    public required string Invoice { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Whether the customer is reminded of it again.</summary>
    public required bool Released { get; init; }

    /// <inheritdoc cref="ReminderHoldRequest.Reason"/>
    public string? Reason { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
