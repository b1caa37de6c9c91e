namespace Settle.Local;

/// <summary>What a ledger is that can say whether it works.</summary>
internal interface IKnowsItsHealth : ILedger
{
    bool IsReadOnly { get; }

    /// <inheritdoc cref="LocalLedger.Fatal"/>
    Exception? Fatal { get; }

    /// <inheritdoc cref="LocalLedger.Obstacle"/>
    SettleException? Obstacle { get; }

    /// <inheritdoc cref="LocalLedger.Peers"/>
    IReadOnlyList<Peer>? Peers { get; }

    /// <inheritdoc cref="LocalLedger.FindObstacleAsync"/>
    Task<SettleException?> FindObstacleAsync(CancellationToken cancellation);
}
