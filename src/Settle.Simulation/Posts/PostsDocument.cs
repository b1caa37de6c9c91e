namespace Settle.Simulation;

/// <summary>A transfer document of the algorithm of 2014.</summary>
internal sealed record PostsDocument(string Id, string From, string To, long Amount,
    long Timestamp, string Status);
