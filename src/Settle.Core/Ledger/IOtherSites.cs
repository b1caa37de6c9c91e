namespace Settle;

/// <summary>
/// What a site has read of the others' chains, for its own decisions: a function of the chains up
/// to what its block has seen.
/// </summary>
internal interface IOtherSites
{
    /// <summary>Whether the ledger has more sites than one.</summary>
    bool HasSites { get; }

    /// <summary>This site.</summary>
    string Own { get; }

    /// <summary>How far the others were read.</summary>
    SeenVector Seen { get; }

    /// <summary>The site that decides what has this id.</summary>
    string SiteOf(ReadOnlySpan<byte> id);

    /// <summary>The site that sets an account's terms.</summary>
    string HomeOf(ReadOnlySpan<byte> account);

    /// <summary>What an account's home knows; null while nothing was read of it.</summary>
    Book? HomeBook(ReadOnlySpan<byte> account);

    /// <summary>Whether an account exists at any site.</summary>
    bool Exists(ReadOnlySpan<byte> account);

    /// <summary>Whether a site's last block has been read.</summary>
    bool HasRetired(string site);

    /// <summary>Minor units of a position that lie at other sites or are under way.</summary>
    Int128 BalanceElsewhere(int position);

    /// <summary>
    /// Minor units of a position that may come here from other sites; null for any amount.
    /// </summary>
    Int128? MayArrive(int position);

    /// <summary>
    /// An active site that has not said yet that it follows suspended ones no further; null for
    /// none.
    /// </summary>
    string? Unconfirmed(string lost);
}
