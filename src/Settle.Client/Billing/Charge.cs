namespace Settle;

/// <summary>A decided charge.</summary>
public sealed record Charge
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>The line's total after its discount.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <inheritdoc cref="ChargeRequest.Start"/>
    public DateOnly? Start { get; init; }

    /// <summary>The day it is for, or the last of its days.</summary>
    public required DateOnly Date { get; init; }

    /// <inheritdoc cref="ChargeRequest.Description"/>
    public required string Description { get; init; }

    /// <inheritdoc cref="ChargeRequest.Tax"/>
    public string? Tax { get; init; }

    /// <inheritdoc cref="ChargeRequest.Exemption"/>
    public string? Exemption { get; init; }

    /// <inheritdoc cref="ChargeRequest.ExemptionCode"/>
    public string? ExemptionCode { get; init; }

    /// <inheritdoc cref="ChargeRequest.Prices"/>
    public required PriceKind Prices { get; init; }

    /// <inheritdoc cref="ChargeRequest.Quantity"/>
    public decimal? Quantity { get; init; }

    /// <inheritdoc cref="ChargeRequest.UnitPrice"/>
    public decimal? UnitPrice { get; init; }

    /// <inheritdoc cref="ChargeRequest.Unit"/>
    public string? Unit { get; init; }

    /// <inheritdoc cref="ChargeRequest.Discount"/>
    public Money? Discount { get; init; }

    /// <inheritdoc cref="ChargeRequest.Deposit"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Deposit { get; init; }

    /// <inheritdoc cref="ChargeRequest.CostCentre"/>
    public string? CostCentre { get; init; }

    /// <summary>The subscription that made it; null if none did.</summary>
    public string? Subscription { get; init; }

    /// <summary>The number of the quote that it is a line of; null for none.</summary>
    public string? Quote { get; init; }

    /// <summary>Whether it is only offered: its quote is not accepted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Offered { get; init; }

    /// <summary>The number of the invoice that bills it; null while it is open.</summary>
    public string? Invoice { get; init; }

    /// <inheritdoc cref="Transfer.Status"/>
    public required EntryStatus Status { get; init; }

    /// <inheritdoc cref="Transfer.Reason"/>
    public RefusalCode? Reason { get; init; }

    /// <summary>Whether it was withdrawn: no invoice will bill it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Withdrawn { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
