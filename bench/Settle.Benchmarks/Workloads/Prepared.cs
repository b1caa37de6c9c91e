using Settle.Local;
using Settle.Settling;

namespace Settle.Benchmarks.Workloads;

/// <summary>Ledgers made ready for a measurement.</summary>
internal static class Prepared
{
    /// <summary>Opens accounts that may overdraw, so that every transfer of the measurement succeeds.</summary>
    public static async Task OpenAccountsAsync(LocalLedger ledger, int accounts, string tag = "")
    {
        const int batch = 8192;
        var job = new Job(batch, batch * 64);
        for (var first = 0; first < accounts; first += batch)
        {
            job.Clear();
            for (var i = first; i < int.Min(accounts, first + batch); i++)
            {
                LedgerRequests.Read(job.Batch, new AccountRequest
                {
                    Account = TransferSource.AccountName(i), Overdraft = Overdraft.Unlimited,
                }, $"open-{i}{tag}", ledger.State.Assets);
            }
            await ledger.Submitter.SettleAsync(job).ConfigureAwait(false);
        }
    }

    public static long WorkingSetMegabytes()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64 >> 20;
    }
}
