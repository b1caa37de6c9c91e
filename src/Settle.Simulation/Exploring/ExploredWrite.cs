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
            foreach (var node in _cluster.Different(_underWay).Where(Matters))
            {
                if (!_cluster.IsUp(node))
                {
                    if (IsAwaited)
                        yield return new(() => $"{Text} finds {node.Name} dead", Mishap.None,
                            () => Arrive(node, isThere: false, isHeard: true));
                    continue;
                }
                yield return new(() => $"{Text} reaches {node.Name}", Mishap.None,
                    () => Arrive(node, isThere: true, isHeard: true));
                if (IsAwaited)
                    yield return new(() => $"{Text} reaches {node.Name}, and nobody hears",
                        Mishap.AnswerLost, () => Arrive(node, isThere: true, isHeard: false));
            }
        }
    }

    private string Text => $"{Owner.Name}: write of {_id} {Short(_revision)}";

    // A copy that holds a body never takes another one from a writer.
    public override Choice? Quick => IsAwaited && Owner.HasSentAll
        && _underWay.Find(node => _isReplicated ? Knows(node) : node.Bodies(_id).Count > 0)
            is { } full
        ? new(() => $"{Text} reaches {full.Name}", Mishap.None,
            () => Arrive(full, isThere: true, isHeard: true)) : null;

    protected override ulong State =>
        Folding.Then(Folding.Of(_revision), (ulong)((_taken * 8) + _refused));

    public override ulong StateAt(ClusterNode node) => !_underWay.Contains(node) || !Matters(node)
        ? 0 : Folding.Then(Folding.Of(_revision),
            IsAwaited ? StateAnywhere : _isReplicated ? 2UL : 1);

    /// <summary>Whether it brings a document to copies that hold others of it, too.</summary>
    public bool Brings(string id) => _isReplicated && _id == id && !IsOver;

    public string Revision => _revision;

    public static string Short(string revision) => revision[..8];

    // What nobody waits for and no copy would take does nothing.
    private bool Matters(ClusterNode node) =>
        IsAwaited || (_isReplicated ? !Knows(node) : node.Bodies(_id).Count == 0);

    private bool Knows(ClusterNode node) =>
        node.Bodies(_id).Any(known => known.Revision == _revision);

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
        Owner.Process.Observe($"{status} {_isReplicated}");
        Reply(status, CouchTexts.Written(status, _id, _revision));
    }
}
