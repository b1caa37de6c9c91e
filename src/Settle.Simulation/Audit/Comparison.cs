using Settle.Local;

namespace Settle.Simulation;

/// <summary>A ledger's index and balances against the auditor's books.</summary>
internal sealed class Comparison(Auditor auditor, LocalLedger ledger)
{
    /// <param name="withHistory">Whether the past is compared too.</param>
    public async Task<Violation?> CompareAsync(bool withHistory)
    {
        var info = await ledger.GetInfoAsync().ConfigureAwait(false);
        if (info.Height != auditor.Height)
            return new("state", $"the ledger is at {info.Height} of {auditor.Height} blocks");
        return await CompareBalancesAsync().ConfigureAwait(false)
            ?? await CompareIdsAsync().ConfigureAwait(false)
            ?? await new BillingComparison(auditor, ledger).CompareAsync().ConfigureAwait(false)
            ?? (withHistory ? await new HistoryComparison(auditor, ledger).CompareAsync()
                .ConfigureAwait(false) : null);
    }

    private async Task<Violation?> CompareBalancesAsync()
    {
        var shown = await ledger.ListBalancesAsync().ConfigureAwait(false);
        foreach (var ((account, asset), balance) in auditor.Books.Balances)
        {
            var code = asset.Length == 0 ? auditor.DefaultAsset : asset;
            var found = shown.FirstOrDefault(b => b.Account == account && b.Asset == code);
            if ((found?.Amount.Units ?? 0) != balance)
                return new("state", $"{account} has {found?.Amount} {code}, not {balance}");
        }
        return null;
    }

    private async Task<Violation?> CompareIdsAsync()
    {
        foreach (var (id, entry) in auditor.Books.Decided)
        {
            var found = await ledger.GetEntryAsync(id).ConfigureAwait(false);
            if (found?.Position.Height != entry.Height)
            {
                return new("index", $"{id} is in block {entry.Height}, and is found in "
                    + $"{found?.Position.Height}");
            }
        }
        return null;
    }
}
