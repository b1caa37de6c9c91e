namespace Settle;

/// <summary>
/// A person's word that a bank will not carry out an order, or a part of it: then it may
/// be in another one.
/// </summary>
public sealed record SepaCancelRequest
{
    /// <inheritdoc cref="TransferRequest.Id"/>
    public string? Id { get; init; }

    /// <summary>
    /// The numbers of invoices, or the ids of refunds; null for all of the order that are not paid.
    /// </summary>
    public IReadOnlyList<string>? Items { get; init; }
}
