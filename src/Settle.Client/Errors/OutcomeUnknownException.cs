namespace Settle;

/// <summary>
/// The answer did not come in time: the request may or may not have been decided. Ask with this id;
/// sending the same request again is safe.
/// </summary>
public sealed class OutcomeUnknownException(string id, string message, Exception? inner = null)
    : SettleException("outcome_unknown", message, inner)
{
    /// <summary>The id to ask with; of a batch, its first.</summary>
    public string Id { get; } = id;

    /// <summary>
    /// Every id that it is about, in the batch's order. Each may have been decided or not: send the
    /// whole batch again with these ids, and what was decided gives its recorded verdict.
    /// </summary>
    public IReadOnlyList<string> Ids { get; init; } = [id];
}
