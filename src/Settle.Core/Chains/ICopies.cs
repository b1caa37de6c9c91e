namespace Settle.Chains;

/// <summary>The blocks of other sites that are durable in this site's own store (S7).</summary>
internal interface ICopies
{
    /// <summary>The blocks of a site at a height: none, one, or two and more where it forked.
    /// </summary>
    IReadOnlyList<BlockDocument> At(string site, long height);
}
