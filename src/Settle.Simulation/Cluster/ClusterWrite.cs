namespace Settle.Simulation;

/// <summary>
/// One write on its way, as the node that was asked conducts it: each copy in parallel; the answer
/// is 201 when enough copies took it, 202 when some did, and 409 when all who answered held
/// another body. What is written as a replicator does is taken beside what there is.
/// </summary>
internal sealed class ClusterWrite(SimulatedCluster cluster, ClusterNode coordinator, int copies,
    bool isReplicated, Action<int> answer)
{
    // CouchDB waits so long for a copy that says nothing.
    private const long TimeoutMicroseconds = 60_000_000;

    private int _waiting;
    private int _taken;
    private int _refused;
    private bool _isOver;

    public void Send(string id, string revision, byte[] body)
    {
        _waiting = cluster.Nodes.Count;
        foreach (var node in cluster.Nodes)
        {
            var isHeard = false;
            cluster.Send(coordinator, node, () =>
            {
                var isTaken = isReplicated || node.TryPut(id, revision, body);
                if (isReplicated) node.Merge(id, revision, body);
                cluster.Took(node, id, isTaken);
                cluster.Send(node, coordinator, () => Hear(ref isHeard, isTaken));
            }, () => coordinator.After(cluster.Delay(), () => Hear(ref isHeard, null)));
        }
        coordinator.After(TimeoutMicroseconds, End);
    }

    private void Hear(ref bool isHeard, bool? isTaken)
    {
        if (isHeard || _isOver) return;
        isHeard = true;
        _waiting--;
        if (isTaken is true) _taken++;
        if (isTaken is false) _refused++;
        if (_taken >= copies || _waiting == 0) End();
    }

    private void End()
    {
        if (_isOver) return;
        _isOver = true;
        answer(_taken >= copies ? 201 : _taken > 0 ? 202 : _refused > 0 ? 409 : 500);
    }
}
