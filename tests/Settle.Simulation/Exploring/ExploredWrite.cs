namespace Settle.Simulation;

/// <summary>
/// A write on its way to all copies, as the node that was asked conducts it. What its writer no
/// longer waits for may still arrive. What is written as a replicator does is taken beside what
/// there is.
/// </summary>
internal sealed class ExploredWrite : ExploredRequest
{
    private readonly ExploredCluster _cluster;
    private readonly string _id;
    private readonly byte[] _body;
    private readonly int _copies;
    private readonly bool _isReplicated;
    private readonly string _revision;
    private readonly List<ClusterNode> _underWay;
    private int _taken;
    private int _refused;

    /// <param name="cluster">Where it goes.</param>
    /// <param name="owner">Who sent it.</param>
    /// <param name="id">The document's id.</param>
    /// <param name="body">Its body and CouchDB's name for that.</param>
    /// <param name="copies">How many have to take it.</param>
    /// <param name="isReplicated">Whether it is written as a replicator does.</param>
    public ExploredWrite(ExploredCluster cluster, Writer owner, string id,
        (string Revision, byte[] Body) body, int copies, bool isReplicated) : base(owner)
    {
        (_cluster, _id, _copies, _isReplicated) = (cluster, id, copies, isReplicated);
        (_revision, _body) = body;
        _underWay = [.. cluster.Nodes];
    }

    public override bool IsOver => !_underWay.Exists(Matters);

    public override IEnumerable<Choice> Choices
    {
        get
        {
            foreach (var node in _underWay.Where(Matters).ToList())
            {
                var what = $"{Owner.Name}: write of {_id} {Short(_revision)}";
                if (!_cluster.IsUp(node))
                {
                    if (IsAwaited)
                        yield return new($"{what} finds {node.Name} dead", false,
                            () => Arrive(node, isThere: false, isHeard: true));
                    continue;
                }
                yield return new($"{what} reaches {node.Name}", false,
                    () => Arrive(node, isThere: true, isHeard: true));
                if (IsAwaited)
                    yield return new($"{what} reaches {node.Name}, and nobody hears", true,
                        () => Arrive(node, isThere: true, isHeard: false));
            }
        }
    }

    protected override ulong State =>
        Folding.Then(Folding.Of(_revision), (ulong)((_taken * 8) + _refused));

    public override ulong StateAt(ClusterNode node) => !_underWay.Contains(node) || !Matters(node)
        ? 0 : Folding.Then(Folding.Of(_revision),
            IsAwaited ? StateAnywhere : _isReplicated ? 2UL : 1);

    public static string Short(string revision) => revision[..8];

    // What nobody waits for and no copy would take does nothing.
    private bool Matters(ClusterNode node) => IsAwaited || (_isReplicated
        ? node.Bodies(_id).All(known => known.Revision != _revision)
        : node.Bodies(_id).Count == 0);

    private void Arrive(ClusterNode node, bool isThere, bool isHeard)
    {
        _underWay.Remove(node);
        var isTaken = isThere && (_isReplicated || node.TryPut(_id, _revision, _body));
        if (isThere && _isReplicated) node.Merge(_id, _revision, _body);
        if (!IsAwaited) return;
        if (isThere && isHeard && isTaken) _taken++;
        if (isThere && isHeard && !isTaken) _refused++;
        if (_taken < _copies && _underWay.Count > 0) return;
        var status = _taken >= _copies ? 201 : _taken > 0 ? 202 : _refused > 0 ? 409 : 500;
        Owner.Observe($"{status} {_isReplicated}");
        Reply(status, CouchTexts.Written(status, _id, _revision));
    }
}
