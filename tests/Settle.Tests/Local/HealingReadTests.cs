using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Settle.Tests.Settling;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>
/// While a damaged index is made anew the state begins again at height 0. Reads wait for it: none is answered
/// from a part of the past.
/// </summary>
public sealed class HealingReadTests : IDisposable
{
    private const int RowsMax = 64;

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualClock _clock = new();

    private string Folder => _directory.File("index");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Reads_that_meet_a_healing_index_miss_nothing(int seed)
    {
        await using var store = new MemoryStore();
        await using (var ledger = await MemoryLedger.OpenAsync(store, Folder, RowsMax, _clock))
            await new RandomLife(seed, _clock).LiveAsync(ledger, 300);
        await using var plain = await MemoryLedger.OpenAsync(store, _clock);
        var past = await PlainFold.OfAsync(plain);
        var reads = Reads(past).ToList();
        var expected = await AnswersAsync(reads, plain);
        Assert.Equal(expected, await WhileHealingAsync(store, past.Entries[0].Id, ledger => AnswersAsync(reads, ledger)));
    }

    [Fact]
    public async Task Amounts_keep_their_asset_while_the_index_heals()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await MemoryLedger.OpenAsync(store, Folder, RowsMax, _clock))
        {
            await ledger.InitializeAsync("JPY");
            await ledger.DeclareAssetAsync("points", 4);
            await ledger.TransferBatchAsync(Enumerable.Range(0, 100).Select(i => new TransferRequest
                { Id = $"t-{i}", From = "@world", To = "Alex", Amount = Minor(1) }).ToArray());
        }
        var told = await WhileHealingAsync(store, "t-1", ledger => Task.WhenAll(
            ledger.TransferAsync("@world", "Jane", Money.Of(50)),
            ledger.TransferAsync("@world", "Jane", Money.Of(2, "points")),
            ledger.GetTransferAsync("t-5")!));
        Assert.Equal([("JPY", 50L), ("points", 20_000L), ("JPY", 1L)],
            told.Select(transfer => (transfer!.Asset, (long)transfer.Amount.Units)));
    }

    /// <summary>Asks when the index is known to be damaged and nothing of it has been made anew yet.</summary>
    private async Task<T> WhileHealingAsync<T>(MemoryStore inner, string id, Func<LocalLedger, Task<T>> ask)
    {
        var store = new UnreliableStore(inner);
        await using var ledger = await MemoryLedger.OpenAsync(store, Folder, RowsMax, _clock);
        foreach (var file in Directory.GetFiles(Folder, "*.run"))
        {
            using var open = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            open.Position = 100;
            open.Write("damage"u8);
        }
        var gate = new TaskCompletionSource();
        var healing = new TaskCompletionSource();
        store.OnRead = () =>
        {
            // The news is looked for before that, too.
            if (!ledger.State.IsHealing) return default;
            healing.TrySetResult();
            return new(gate.Task);
        };
        var first = ledger.GetEntryAsync(id);
        await healing.Task;
        var asked = ask(ledger);
        gate.SetResult();
        Assert.NotNull(await first);
        return await asked;
    }

    private static IEnumerable<Func<ILedger, Task<IEnumerable<string>>>> Reads(PlainFold past)
    {
        foreach (var account in (string?[])[null, "Alex", "@world"])
        {
            foreach (var to in (DateTimeOffset?[])[null, past.Times.Last()])
            {
                yield return async ledger => (await ledger.ListTransfersAsync(
                    new TransferQuery { Account = account, To = to })).Items.Select(LedgerAnswers.Text);
            }
        }
        yield return async ledger =>
            (await ledger.ListEntriesAsync("Alex", new EntryQuery())).Items.Select(entry => $"{entry}");
        yield return async ledger => await Paged.AccountsAsync(ledger, 1000);
        var tip = past.Entries[^1].Height;
        foreach (var at in (AsOf[])[AsOf.Now, AsOf.AtHeight(tip / 2), AsOf.AtHeight(tip),
            AsOf.AtTime(past.Times.ElementAt(past.Times.Count() / 2)), AsOf.AtTime(past.Times.Last())])
        {
            yield return async ledger => (await ledger.ListBalancesAsync(at)).Select(PlainFold.Line);
            yield return async ledger =>
                [string.Join(';', (await ledger.GetAccountAsync("Alex", at))!.Balances)];
        }
        yield return async ledger =>
        {
            var info = await ledger.GetInfoAsync();
            return [$"{info.Asset} {info.Height} {info.Hash} {info.Accounts} {info.Entries} {info.Assets.Count}"];
        };
        foreach (var entry in past.Entries.TakeLast(150))
        {
            yield return async ledger =>
                [$"{await ledger.GetHoldAsync(entry.Id)}", $"{(await ledger.GetTransferAsync(entry.Id)) is null}"];
        }
    }

    private static async Task<List<string>> AnswersAsync(
        List<Func<ILedger, Task<IEnumerable<string>>>> reads, ILedger ledger)
    {
        var answers = await Task.WhenAll(reads.Select(read => read(ledger)));
        return [.. answers.Select((answer, number) => $"{number}: {string.Join('\n', answer)}")];
    }
}
