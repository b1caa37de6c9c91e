namespace Settle.Settling;

/// <summary>Some consecutive requests of a job.</summary>
internal readonly record struct JobPart(Job Job, int First, int Count);
