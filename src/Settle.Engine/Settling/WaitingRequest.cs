namespace Settle.Settling;

/// <summary>One request of a job.</summary>
internal readonly record struct WaitingRequest(Job Job, int Index)
{
    public ref Request Request => ref Job.Batch[Index];
}
