using Settle.Local;
using Settle.Settling;

namespace Settle.Import;

/// <summary>Imports straight into this process's settling loop, without an object per
/// transfer.</summary>
internal sealed class LocalLedgerTarget(LocalLedger ledger) : IImportTarget
{
    // One is read, one is decided, one is written.
    public int BatchesInFlight => 3;

    public ValueTask SettleAsync(Job job, CancellationToken cancellation) =>
        ledger.Submitter.SettleAsync(job);
}
