namespace Settle.Chains;

/// <summary>What is known of a chain beside its book, to be given back.</summary>
internal readonly record struct SiteChainState(
    int Height, int Ids, bool HasRetired, bool IsTaken, long LastWritten);
