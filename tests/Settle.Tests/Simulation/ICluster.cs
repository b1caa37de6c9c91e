namespace Settle.Tests.Simulation;

/// <summary>A cluster of three nodes that can be asked: the model, or a real one.</summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>Writes a body that names its writer; the answer's status.</summary>
    Task<int> PutAsync(int node, string id, string writer, int copies);

    /// <summary>Writes a body as a replicator does, with its revision; the answer's status.</summary>
    Task<int> MergeAsync(int node, string id, string writer, string revision);

    /// <summary>Reads a document as any client does.</summary>
    Task<(int Status, string Text)> GetAsync(int node, string id);

    /// <summary>Reads one copy by itself.</summary>
    Task<(int Status, string Text)> CopyAsync(int node, string id);

    /// <summary>Does two things at once.</summary>
    Task<int[]> BothAsync(Func<Task<int>> first, Func<Task<int>> second);
}
