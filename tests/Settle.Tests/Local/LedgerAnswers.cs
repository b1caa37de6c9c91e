using System.Text;
using Settle.Local;

namespace Settle.Tests.Local;

/// <summary>All that a ledger answers about its past, as a text, so that two can be compared.</summary>
internal static class LedgerAnswers
{
    public static async Task<string> OfAsync(LocalLedger ledger, int pageSize = 1000)
    {
        var text = new StringBuilder();
        var info = await ledger.GetInfoAsync();
        text.AppendLine($"{info.Asset} {info.Height} {info.Hash} {info.Accounts} {info.Entries}");
        foreach (var asset in info.Assets) text.AppendLine($"{asset}");
        foreach (var balance in await ledger.ListBalancesAsync()) text.AppendLine($"{balance}");
        foreach (var at in new[] { 1, info.Height / 3, info.Height - 1 })
        {
            text.AppendLine($"at {at}");
            foreach (var balance in await ledger.ListBalancesAsync(AsOf.AtHeight(at))) text.AppendLine($"{balance}");
        }
        foreach (var account in (await ledger.ListAccountsAsync(new PageQuery { Limit = 1000 })).Items)
        {
            text.AppendLine($"entries of {account.Name}");
            await foreach (var entry in EntriesAsync(ledger, account.Name, pageSize)) text.AppendLine($"{entry}");
            text.AppendLine($"transfers of {account.Name}");
            await foreach (var transfer in TransfersAsync(ledger, new TransferQuery
                { Account = account.Name, Limit = pageSize })) text.AppendLine(Text(transfer));
        }
        await foreach (var entry in EveryEntryAsync(ledger, info))
            text.AppendLine(await AboutAsync(ledger, entry));
        return text.ToString();
    }

    public static async IAsyncEnumerable<Transfer> TransfersAsync(LocalLedger ledger, TransferQuery query)
    {
        while (true)
        {
            var page = await ledger.ListTransfersAsync(query);
            foreach (var transfer in page.Items) yield return transfer;
            if (page.Next is null) yield break;
            query = new TransferQuery { Limit = query.Limit, After = page.Next };
        }
    }

    public static async IAsyncEnumerable<AccountEntry> EntriesAsync(LocalLedger ledger, string account, int limit)
    {
        string? after = null;
        do
        {
            var page = await ledger.ListEntriesAsync(account, new EntryQuery { Limit = limit, After = after });
            foreach (var entry in page.Items) yield return entry;
            after = page.Next;
        }
        while (after is not null);
    }

    public static async IAsyncEnumerable<ChainEntry> EveryEntryAsync(LocalLedger ledger, LedgerInfo info)
    {
        var left = info.Entries;
        if (left == 0) yield break;
        await foreach (var entry in ledger.FollowAsync())
        {
            if (Settle.Wire.ChainEvent.TypeOf(entry.Body.Span) == "expiry") continue;
            yield return entry;
            if (--left == 0) yield break;
        }
    }

    // A record's text shows the type of its meta, not what is in it.
    public static string Text(Transfer transfer) => (transfer with { Meta = null })
        + string.Join(';', transfer.Meta?.Select(pair => $"{pair.Key}={pair.Value}") ?? []);

    private static async Task<string> AboutAsync(LocalLedger ledger, ChainEntry entry)
    {
        using var json = System.Text.Json.JsonDocument.Parse(entry.Body);
        var id = json.RootElement.GetProperty("id").GetString()!;
        var found = await ledger.GetEntryAsync(id);
        var transfer = await ledger.GetTransferAsync(id);
        var hold = await ledger.GetHoldAsync(id);
        var body = found is null ? "nothing" : Encoding.UTF8.GetString(found.Body.Span);
        return $"{entry.Position} {found?.Position} {body} "
            + $"{(transfer is null ? "" : Text(transfer))} {hold?.State}";
    }
}
