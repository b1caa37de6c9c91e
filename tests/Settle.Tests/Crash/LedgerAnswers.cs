using System.Text.Json;
using Settle.TestHost;

namespace Settle.Tests.Crash;

/// <summary>All that a ledger of numbered transfers says when asked in every way, as text.</summary>
internal static class LedgerAnswers
{
    public static async Task<string[]> AskAsync(ILedger ledger, int count)
    {
        var answers = new List<string>();
        void Add(object? answer) => answers.Add(JsonSerializer.Serialize(answer));

        var info = await ledger.GetInfoAsync();
        Add(new { info.Height, info.Hash, info.Accounts, info.Entries });
        foreach (var at in new[] { AsOf.Now, AsOf.AtHeight(info.Height / 2), AsOf.AtHeight(1) })
            Add((await ledger.ListBalancesAsync(at)).Select(balance =>
                $"{balance.Account} {balance.Asset} {balance.Amount} {balance.Available}"));
        for (var account = 0; account < NumberedTransfers.Accounts; account += 20)
            await foreach (var entry in EntriesAsync(ledger, $"account{account}"))
                answers.Add($"{account}: {entry.Id} {entry.Amount} {entry.Balance} {entry.Block}");
        await foreach (var transfer in TransfersAsync(ledger, "account3"))
            answers.Add($"{transfer.Id} {transfer.From} {transfer.To} {transfer.Reason}");
        for (var number = 0; number < count + 5; number += 997)
            Add(await ledger.GetTransferAsync(NumberedTransfers.For(number).Id!));
        foreach (var first in new[] { 0, count / 2, count - 1000 })
            answers.AddRange((await ledger.TransferBatchAsync(NumberedTransfers.Range(first, 1000)))
                .Select(verdict => $"{verdict}"));
        return [.. answers];
    }

    private static async IAsyncEnumerable<AccountEntry> EntriesAsync(ILedger ledger, string account)
    {
        string? after = null;
        do
        {
            var page = await ledger.ListEntriesAsync(account, new EntryQuery { Limit = 300, After = after });
            foreach (var entry in page.Items)
                yield return entry;
            after = page.Next;
        }
        while (after is not null);
    }

    private static async IAsyncEnumerable<Transfer> TransfersAsync(ILedger ledger, string account)
    {
        string? after = null;
        do
        {
            var page = await ledger.ListTransfersAsync(
                new TransferQuery { Account = account, Limit = 300, After = after });
            foreach (var transfer in page.Items)
                yield return transfer;
            after = page.Next;
        }
        while (after is not null);
    }
}
