namespace Settle.Tests.Stores.CouchDb;

/// <summary>What happens to a node of a cluster.</summary>
internal enum NodeFault
{
    /// <summary>Its process ends as in a power cut.</summary>
    Killed,

    /// <summary>It keeps its connections and says nothing.</summary>
    Frozen,

    /// <summary>It runs, and nobody can reach it: neither clients nor the other nodes.</summary>
    CutOff,
}
