namespace Settle;

/// <summary>What is known of an account beside its balances.</summary>
internal struct AccountState
{
    /// <summary>The first of its positions; -1 for none.</summary>
    public int FirstPosition;

    /// <summary>The index of its notes (owners and meta), or -1.</summary>
    public int Notes;

    public bool IsClosed;

    /// <summary>Whether it was opened by name, so that it exists even without a movement.</summary>
    public bool IsOpened;
}
