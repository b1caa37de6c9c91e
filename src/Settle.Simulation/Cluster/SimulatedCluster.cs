namespace Settle.Simulation;

/// <summary>
/// A model of Apache CouchDB's cluster of three copies: parallel writes, majority answers, nodes
/// that die, freeze and are cut off, replication between them, and conflicts that stay.
/// docs/correctness.md says what of it was compared with the real one.
/// </summary>
internal sealed class SimulatedCluster
{
    private const int Copies = 3;

    // Later nodes are well: processes that die every second have to get something done.
    private const long TroublesUntil = 10_000_000;

    // A ledger leaves a copy that it could not read alone for a second.
    private const long GrudgeMicroseconds = 1_500_000;

    private readonly Timeline _timeline;
    private readonly FaultRates _faults;
    private readonly int _troubles;
    private readonly bool _isSlowToReplicate;

    /// <param name="timeline">When everything happens.</param>
    /// <param name="faults">What may go wrong.</param>
    /// <param name="isBalanced">Whether every request may go to another node.</param>
    public SimulatedCluster(Timeline timeline, FaultRates faults, bool isBalanced)
    {
        (_timeline, _faults, IsBalanced) = (timeline, faults, isBalanced);
        Nodes = [.. Enumerable.Range(0, Copies).Select(number =>
            new ClusterNode(timeline, $"node{number}"))];
        // Many worlds have quiet nodes, and only writers that race.
        _troubles = timeline.Dice.Below(3) * 250;
        _isSlowToReplicate = timeline.Dice.Chance(500);
        PlanTrouble();
        PlanReplication();
    }

    public IReadOnlyList<ClusterNode> Nodes { get; }

    public bool IsBalanced { get; }

    public Dice Dice => _timeline.Dice;

    /// <summary>Whether all copies hold the same bodies.</summary>
    public bool IsInStep => Nodes.Skip(1).All(node => node.Ids.SequenceEqual(Nodes[0].Ids)
        && node.Ids.All(id => node.Bodies(id).Count == Nodes[0].Bodies(id).Count)
        && node.Documents.HasSame(Nodes[0].Documents));

    /// <summary>
    /// Sends something from a node to another. Who sent it hears when the other is lost, perhaps
    /// although it was done.
    /// </summary>
    public void Send(ClusterNode from, ClusterNode to, Action arrive, Action lost)
    {
        if (to.IsDown || ((to.IsCutOff || from.IsCutOff) && from != to))
        {
            // A dead node refuses; a cut goes unnoticed at first, perhaps until after it is over.
            var delay = to.IsDown ? Delay() : Dice.Between(1_000_000, 15_000_000);
            _timeline.Expect(delay + GrudgeMicroseconds);
            _timeline.After(delay, null, lost);
            return;
        }
        to.WhenLost(lost);
        Send(from, to, arrive);
    }

    /// <summary>Sends something that nobody waits for.</summary>
    public void Send(ClusterNode from, ClusterNode to, Action arrive) => to.After(Delay(), () =>
    {
        if (from == to || !(from.IsCutOff || to.IsCutOff)) arrive();
    });

    public long Delay() => _faults.Happens(Faults.Slow, Dice)
        ? Dice.Between(10_000, 900_000) : Dice.Between(20, 2_000);

    /// <summary>A copy was shown a writer's body; now and then its node dies of it.</summary>
    public void Took(ClusterNode node, string id, bool isTaken)
    {
        if (_timeline.Trace.IsKept)
            Say(node, $"{(isTaken ? "takes" : "has another body of")} {id}");
        if (_faults.AreOn && _troubles > 0 && _timeline.Now < TroublesUntil && Dice.Chance(20))
            Trouble(node, Dice.Below(3));
    }

    /// <summary>Every node is well from here on, and the copies become alike.</summary>
    public void Heal()
    {
        foreach (var node in Nodes) End(node);
        _timeline.Expect(GrudgeMicroseconds);
    }

    /// <summary>What counts of all that is in the copies.</summary>
    public ClusterChain Chain => new(Nodes);

    private void PlanTrouble() => _timeline.After(Dice.Between(0, 1_500_000), null, () =>
    {
        if (!_faults.AreOn || _timeline.Now > TroublesUntil) return;
        var node = Dice.Of(Nodes);
        if (node.IsWell && Dice.Chance(_troubles)) Trouble(node, Dice.Below(3));
        PlanTrouble();
    });

    private void Trouble(ClusterNode node, int kind)
    {
        Say(node, kind switch { 0 => "dies", 1 => "freezes", _ => "is cut off" });
        if (kind == 0) node.Kill();
        else if (kind == 1) node.Freeze();
        else CutOff(node);
        _timeline.After(Dice.Between(100_000, kind == 0 ? 4_000_000 : 25_000_000), null,
            () => End(node));
    }

    private void CutOff(ClusterNode node)
    {
        node.IsCutOff = true;
        _timeline.After(Dice.Between(1_000_000, 15_000_000), null, () =>
        {
            if (node.IsCutOff) node.Mourn();
        });
    }

    private void End(ClusterNode node)
    {
        if (node.IsWell) return;
        Say(node, "is back");
        if (node.IsDown) node.Start();
        if (node.IsFrozen) node.Thaw();
        node.IsCutOff = false;
    }

    private void PlanReplication()
    {
        var pause = _isSlowToReplicate ? Dice.Between(10_000, 5_000_000)
            : Dice.Between(5_000, 300_000);
        _timeline.After(pause, null, () =>
        {
            Replicate(Dice.Of(Nodes), Dice.Of(Nodes));
            PlanReplication();
        });
    }

    private void Replicate(ClusterNode from, ClusterNode to)
    {
        if (from == to || !from.IsWell || !to.IsWell) return;
        foreach (var id in from.Ids)
        {
            foreach (var (revision, body) in from.Bodies(id))
            {
                if (to.Bodies(id).Any(known => known.Revision == revision)) continue;
                Send(from, to, () => to.Merge(id, revision, body));
            }
        }
        foreach (var document in from.Documents.Documents.ToList())
        {
            if (to.Documents.HasAll(document)) continue;
            var copy = document.Copy();
            Send(from, to, () => to.Documents.Merge(copy));
        }
    }

    private void Say(ClusterNode node, string what)
    {
        if (_timeline.Trace.IsKept) _timeline.Trace.Add(_timeline.Now, node.Name, what);
    }
}
