namespace Settle;

/// <summary>
/// An open invoice from another program, as it was brought in. What has become of it since is in
/// the list of invoices, where its kind is <see cref="InvoiceType.Opening"/>.
/// </summary>
public sealed record OpeningInvoice
{
    /// <summary>The id it was decided under.</summary>
    public required string Id { get; init; }

    /// <inheritdoc cref="OpeningInvoiceRequest.Number"/>
    public required string Number { get; init; }

    /// <summary>The customer's id.</summary>
    public required string Customer { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The day it is due.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>What it came to, tax included.</summary>
    public required Money Amount { get; init; }

    /// <summary>What was open of it when it was brought in.</summary>
    public required Money Open { get; init; }

    /// <inheritdoc cref="Transfer.Block"/>
    public required long Block { get; init; }

    /// <inheritdoc cref="Transfer.Replayed"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Replayed { get; init; }
}
