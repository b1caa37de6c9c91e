namespace Settle.Simulation;

/// <summary>What a transfer of the algorithm of 2014 is.</summary>
internal enum PostsStatus
{
    /// <summary>It was not inserted yet.</summary>
    Absent,

    Pending,
    Successful,
    Rejected,
}
