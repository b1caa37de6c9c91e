namespace Settle;

/// <summary>
/// The ledger has the money, but not at the site that was asked; it has been asked for. Nothing is
/// recorded: send the same id again.
/// </summary>
public sealed class InsufficientHereException(string id, HereShortfall? shortfall = null)
    : RejectedException(RefusalCode.InsufficientHere, id, block: 0, replayed: false,
        shortfall is null ? null : $"{shortfall}; send the same id again (id {id})")
{
    /// <summary>What is where; null if the server does not say.</summary>
    public HereShortfall? Shortfall { get; } = shortfall;
}
