namespace Settle.Tests.Simulation;

/// <summary>A step of a published algorithm.</summary>
/// <param name="Who">A client, a run, the manager.</param>
/// <param name="What">What they do, and what they see.</param>
internal sealed record PublishedStep(string Who, string What);
