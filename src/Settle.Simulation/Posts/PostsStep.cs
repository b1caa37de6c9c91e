namespace Settle.Simulation;

/// <summary>What a client of the algorithm of 2014 does next.</summary>
internal enum PostsStep
{
    /// <summary>It takes a timestamp, and inserts its transfer if that is one step.</summary>
    Begin,

    /// <summary>It inserts its transfer with a timestamp that it has.</summary>
    Insert,

    /// <summary>It asks for the oldest pending transfer up to its own.</summary>
    ReadOldest,

    /// <summary>It asks what the payer of that has.</summary>
    ReadAvailable,

    /// <summary>It writes the verdict, unless somebody else has written one.</summary>
    Write,

    /// <summary>It is done, or it died.</summary>
    End,
}
