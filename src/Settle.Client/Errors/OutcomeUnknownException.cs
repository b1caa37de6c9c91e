namespace Settle;

/// <summary>
/// The answer did not come in time: the request may or may not have been decided. Ask with this id;
/// sending the same request again is safe.
/// </summary>
public sealed class OutcomeUnknownException(string id, string message, Exception? inner = null)
    : SettleException("outcome_unknown", message, inner)
{
    /// <summary>The id to ask with.</summary>
    public string Id { get; } = id;
}
