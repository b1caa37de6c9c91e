using Settle.Local;

namespace Settle.Simulation;

/// <summary>What a ledger says of the past, against the auditor's books.</summary>
internal sealed class HistoryComparison(Auditor auditor, LocalLedger ledger)
{
    private const int PageRows = 5;

    public async Task<Violation?> CompareAsync()
    {
        foreach (var (account, rows) in auditor.Books.Rows)
            if (await CompareEntriesAsync(account, rows).ConfigureAwait(false) is { } fault)
                return fault;
        foreach (var height in (long[])[auditor.Height / 3, auditor.Height * 2 / 3])
            if (await CompareBalancesAsync(height).ConfigureAwait(false) is { } fault) return fault;
        return null;
    }

    // Newest first, a page at a time. Of one entry the rows come in any order.
    private async Task<Violation?> CompareEntriesAsync(string account, List<AuditedRow> rows)
    {
        var shown = new List<AuditedRow>();
        for (string? after = null; ;)
        {
            var page = await ledger.ListEntriesAsync(
                account, new EntryQuery { Limit = PageRows, After = after }).ConfigureAwait(false);
            shown.AddRange(page.Items.Select(entry => new AuditedRow(entry.Id, entry.Block,
                entry.Asset == auditor.DefaultAsset ? "" : entry.Asset, entry.Balance.Units)));
            if ((after = page.Next) is null) break;
        }
        shown.Reverse();
        for (var i = 0; i < int.Max(rows.Count, shown.Count); i++)
        {
            var (told, known) = (shown.ElementAtOrDefault(i), rows.ElementAtOrDefault(i));
            if (told != known && (told?.Id != known?.Id || rows.All(row => row != told)))
                return new("history", $"entry {i} of {account} is {told}, not {known}");
        }
        return null;
    }

    private async Task<Violation?> CompareBalancesAsync(long height)
    {
        var shown = await ledger.ListBalancesAsync(AsOf.AtHeight(height)).ConfigureAwait(false);
        foreach (var ((account, asset), (balance, available, known)) in auditor.After(height))
        {
            var code = asset.Length == 0 ? auditor.DefaultAsset : asset;
            var found = shown.FirstOrDefault(b => b.Account == account && b.Asset == code);
            if ((found?.Amount.Units ?? 0) != balance
                || (found?.Available.Units ?? 0) != available)
            {
                return new("past", $"{account} had {found?.Amount} ({found?.Available} available) "
                    + $"{code} after block {height}, not {balance} ({available})");
            }
            var told = await TermsAsync(account, code, height).ConfigureAwait(false);
            var terms = HasNoFloor(account)
                ? known with { Overdraft = told?.Overdraft ?? 0 } : known;
            if (told != terms)
                return new("past", $"{account} had {told} after block {height}, not {terms}");
        }
        return null;
    }

    private static bool HasNoFloor(string account) =>
        account == "@world" || BillingBooks.MayOwe(account);

    private async Task<AuditedTerms?> TermsAsync(string account, string asset, long height)
    {
        var shown = await ledger.GetAccountAsync(account, AsOf.AtHeight(height))
            .ConfigureAwait(false);
        return shown?.Balances.FirstOrDefault(each => each.Asset == asset) is { } balance
            ? AuditedTerms.Of(shown, balance) : null;
    }
}
