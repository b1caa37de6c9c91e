using Xunit;

namespace Settle.Tests.Local;

/// <summary>Reads lists page by page to their end; no page is longer than it may be, and only the last is shorter.</summary>
internal static class Paged
{
    public static Task<List<AccountEntry>> EntriesAsync(ILedger ledger, string account, int limit) =>
        AllAsync(after => ledger.ListEntriesAsync(account, new EntryQuery { Limit = limit, After = after }), limit);

    public static Task<List<Transfer>> TransfersAsync(ILedger ledger, TransferQuery query) =>
        AllAsync(after => ledger.ListTransfersAsync(query with { After = after }), query.Limit);

    public static Task<List<Hold>> HoldsAsync(ILedger ledger, HoldQuery query) =>
        AllAsync(after => ledger.ListHoldsAsync(query with { After = after }), query.Limit);

    public static Task<List<Payment>> PaymentsAsync(ILedger ledger, PaymentQuery query) =>
        AllAsync(after => ledger.Billing.ListPaymentsAsync(query with { After = after }), query.Limit);

    public static Task<List<InvoiceRunSummary>> RunsAsync(ILedger ledger, int limit) =>
        AllAsync(after => ledger.Billing.ListInvoiceRunsAsync(
            new PageQuery { Limit = limit, After = after }), limit);

    /// <summary>As texts: records compare their lists by reference.</summary>
    public static async Task<List<string>> AccountsAsync(ILedger ledger, int limit)
    {
        var accounts = await AllAsync(
            after => ledger.ListAccountsAsync(new PageQuery { Limit = limit, After = after }), limit);
        return [.. accounts.Select(account => $"{account.Name} {account.Closed} {string.Join(';', account.Balances)}")];
    }

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<Page<T>>> read, int limit)
    {
        var all = new List<T>();
        string? after = null;
        do
        {
            var page = await read(after);
            after = page.Next;
            if (after is null) Assert.InRange(page.Items.Count, 0, limit);
            else Assert.Equal(limit, page.Items.Count);
            all.AddRange(page.Items);
        }
        while (after is not null);
        return all;
    }
}
