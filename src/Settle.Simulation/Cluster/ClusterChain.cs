namespace Settle.Simulation;

/// <summary>The chain that some copies hold together.</summary>
internal sealed class ClusterChain(IReadOnlyList<ClusterNode> nodes)
{
    /// <summary>
    /// The blocks that count, oldest first. The newest one is the one with the greatest revision,
    /// and each names the one before it.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks => Winners().Select(block => block.Body);

    /// <summary>
    /// A block that CouchDB shows another body of, when every copy knows all of them; null for
    /// none.
    /// </summary>
    public string? ShownAmiss => Winners()
        .Where(block => block.Revision != BodiesOf(block.Id)[0].Revision)
        .Select(block => $"CouchDB shows another body of {block.Id} than the chain's")
        .FirstOrDefault();

    private Stack<(string Id, string Revision, ReadOnlyMemory<byte> Body)> Winners()
    {
        var chain = new Stack<(string, string, ReadOnlyMemory<byte>)>();
        string? wanted = null;
        foreach (var id in nodes.SelectMany(node => node.Ids).Distinct()
            .OrderDescending(StringComparer.Ordinal))
        {
            var bodies = BodiesOf(id);
            var at = wanted is null ? 0 : int.Max(0, bodies.FindIndex(
                each => BlockReading.Read(each.Body).Hash == wanted));
            chain.Push((id, bodies[at].Revision, bodies[at].Body));
            wanted = BlockReading.Read(bodies[at].Body).Prev;
        }
        return chain;
    }

    // The one that CouchDB shows comes first.
    private List<(string Revision, byte[] Body)> BodiesOf(string id) =>
        [.. nodes.SelectMany(node => node.Bodies(id))
            .OrderByDescending(each => each.Revision, StringComparer.Ordinal)];
}
