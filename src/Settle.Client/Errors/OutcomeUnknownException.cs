namespace Settle;

/// <summary>
/// The answer did not come in time: the request may or may not have been decided. Sending the same
/// request again, with this id, is safe.
/// </summary>
public sealed class OutcomeUnknownException(string id, string message, Exception? inner = null)
    : SettleException("outcome_unknown", message, inner)
{
    /// <summary>The id of the request; for a batch, the first.</summary>
    public string Id { get; } = id;

    /// <summary>
    /// All ids of the batch, in order. Each may have been decided or not. Send the whole batch
    /// again with these ids: those that were decided return their recorded verdict.
    /// </summary>
    public IReadOnlyList<string> Ids { get; init; } = [id];
}
