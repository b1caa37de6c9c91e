namespace Settle.Server;

/// <summary>A key as long as it is accepted.</summary>
internal sealed class KeyInForce(ApiKey key) : IDisposable
{
    // So that what was nearly done gets its answer.
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _revoked = new();

    public ApiKey Key => key;

    /// <summary>
    /// Cancelled a second after the key was removed, changed, or can no longer be looked up.
    /// </summary>
    public CancellationToken Revoked => _revoked.Token;

    public void Dispose() => _revoked.Dispose();

    public void Revoke() => _revoked.CancelAfter(LastWord);

    /// <summary>Whether a file of keys still says the same about it.</summary>
    public bool IsSame(ApiKey other) => key.Name == other.Name && key.Role == other.Role
        && key.Sha256.Equals(other.Sha256, StringComparison.OrdinalIgnoreCase)
        && key.Ledgers.SequenceEqual(other.Ledgers);
}
