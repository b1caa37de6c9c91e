namespace Settle.Benchmarks;

/// <summary>What to measure.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>Names of workloads; empty for all but <c>history</c> and those on CouchDB.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    /// <summary>Transfers in each batched workload; the others make fewer.</summary>
    public int Transfers { get; init; } = 1_000_000;

    /// <summary>Transfers of history for the <c>history</c> workload.</summary>
    public int History { get; init; } = 10_000_000;

    /// <summary>
    /// The server for the workloads on CouchDB, <c>http://user:password@host:5984</c>; null for none.
    /// </summary>
    public Uri? CouchDb { get; init; }

    /// <summary>Where the files go; null for a temporary folder, which is removed.</summary>
    public string? Folder { get; init; }
}
