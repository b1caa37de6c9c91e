namespace Settle;

/// <summary>What an entry about sites says beside what every <see cref="Request"/> has.</summary>
internal struct SiteTerms
{
    /// <summary>The site that it is about.</summary>
    public Slice Name;

    /// <summary>Site: what the names of the accounts begin with whose home it is.</summary>
    public Slice Prefix;

    /// <summary>Site: where it answers.</summary>
    public Slice Url;

    /// <summary>Join: the hash of the founder's first block.</summary>
    public Slice Ledger;

    /// <summary>End: the hash of the last block that counts; set by the decision.</summary>
    public Slice Hash;

    /// <summary>Fork: canonical JSON array of the hashes of two blocks at one height.</summary>
    public Slice Hashes;

    /// <summary>End: the last height that counts; set by the decision. Fork: where it split.
    /// </summary>
    public long Height;

    /// <summary>
    /// Grant that a person asked for: how much the other site should have, minor units.
    /// </summary>
    public long Level;

    /// <summary>
    /// Grant: whether it is kept at <see cref="Level"/> from now on; at 0 it is not any more.
    /// </summary>
    public bool IsStanding;
}
