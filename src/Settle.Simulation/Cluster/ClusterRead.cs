namespace Settle.Simulation;

/// <summary>
/// One read of a document by a majority, as the node that was asked conducts it: two equal answers
/// are enough. Where they differ, the greatest revision is shown, and the copies are told.
/// </summary>
internal sealed class ClusterRead(SimulatedCluster cluster, ClusterNode coordinator, string id,
    Action<(string Revision, byte[] Body)?, bool> answer)
{
    private const int Majority = 2;

    private readonly List<(string Revision, byte[] Body)?> _answers = [];
    private int _waiting;
    private bool _isOver;

    public void Send()
    {
        _waiting = cluster.Nodes.Count;
        foreach (var node in cluster.Nodes)
        {
            var isHeard = false;
            cluster.Send(coordinator, node, () =>
            {
                var found = node.Winner(id);
                cluster.Send(node, coordinator, () => Hear(ref isHeard, true, found));
            }, () => coordinator.After(cluster.Delay(), () => Hear(ref isHeard, false, null)));
        }
    }

    private void Hear(ref bool isHeard, bool isAnswer, (string Revision, byte[] Body)? found)
    {
        if (isHeard || _isOver) return;
        isHeard = true;
        _waiting--;
        if (isAnswer) _answers.Add(found);
        var isMet = _answers.Count(each => each?.Revision == found?.Revision) >= Majority;
        if (!isMet && _waiting > 0) return;
        _isOver = true;
        if (_answers.Select(each => each?.Revision).Distinct().Count() > 1) Repair();
        answer(_answers.Max(Comparer<(string Revision, byte[] Body)?>.Create((a, b) =>
            string.CompareOrdinal(a?.Revision, b?.Revision))), _answers.Count > 0);
    }

    private void Repair()
    {
        foreach (var found in _answers)
        {
            if (found is not { } known) continue;
            foreach (var node in cluster.Nodes)
            {
                cluster.Send(
                    coordinator, node, () => node.Merge(id, known.Revision, known.Body), () => { });
            }
        }
    }
}
