using Settle.Chain;
using Settle.Chains;

namespace Settle.Simulation;

/// <summary>
/// What one site keeps: its own chain, of whose heights each is created once, and copies of the
/// others', of which there may be several at a height.
/// </summary>
internal sealed class SiteStore(string site) : ICopies
{
    private readonly List<BlockDocument> _own = [];
    private readonly Dictionary<(string Site, long Height), List<BlockDocument>> _copies = [];
    private readonly List<BlockDocument> _order = [];

    public string Site => site;

    /// <summary>The own chain, oldest first.</summary>
    public IReadOnlyList<BlockDocument> Own => _own;

    /// <summary>Everything that is here, in the order in which it came.</summary>
    public IEnumerable<BlockDocument> All => _own.Concat(_order);

    public IReadOnlyList<BlockDocument> At(string of, long height) =>
        of == site ? (height <= _own.Count ? [_own[(int)height - 1]] : [])
        : _copies.TryGetValue((of, height), out var bodies) ? bodies : [];

    /// <summary>Creates the next own block; false where that height is taken.</summary>
    public bool Create(BlockDocument block)
    {
        if (block.Header.Height != _own.Count + 1) return false;
        _own.Add(block);
        return true;
    }

    /// <summary>Keeps a copy; false where it was here before.</summary>
    public bool Copy(BlockDocument block)
    {
        var key = (block.Header.Site, block.Header.Height);
        if (!_copies.TryGetValue(key, out var bodies)) _copies.Add(key, bodies = []);
        if (bodies.Exists(body => body.Header.Hash == block.Header.Hash)) return false;
        bodies.Add(block);
        _order.Add(block);
        return true;
    }

    public bool Has(BlockDocument block) => At(block.Header.Site, block.Header.Height)
        .Any(body => body.Header.Hash == block.Header.Hash);

    /// <summary>A backup: the same as it is now.</summary>
    public SiteStore Clone()
    {
        var clone = new SiteStore(site);
        clone._own.AddRange(_own);
        foreach (var copy in _order) clone.Copy(copy);
        return clone;
    }
}
