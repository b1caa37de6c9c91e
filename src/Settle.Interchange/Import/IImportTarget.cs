using Settle.Settling;

namespace Settle.Import;

/// <summary>Where imported transfers are decided.</summary>
internal interface IImportTarget
{
    /// <summary>
    /// How many batches may be under way at once. More than one only where they are decided in the
    /// order in which they were handed over: the order of the file decides who has money when.
    /// </summary>
    int BatchesInFlight { get; }

    /// <summary>Decides the job's requests; its verdicts are valid when the task
    /// completes.</summary>
    ValueTask SettleAsync(Job job, CancellationToken cancellation);
}
