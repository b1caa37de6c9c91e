using Settle.Stores;
using Settle.Stores.Sqlite;
using Settle.Tests.Cli;
using Settle.Tests.Invoicing;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Mirroring;

/// <summary>A ledger's chain in two places.</summary>
[Collection<SharedCouch>]
public sealed class MirrorTests(CouchFixture couch) : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_chain_goes_to_a_database_and_back_with_equal_hashes()
    {
        using var place = couch.NewDatabase();
        var (bank, back) = (_folder.File("bank.db"), _folder.File("back.db"));
        await FillAsync(bank, 0, 30);
        var there = await MirrorAsync(bank, place.Location);
        Assert.Equal((30, 30), ((int)there.Copied, (int)there.Height));
        Assert.Equal(there with { Copied = 30 }, await MirrorAsync(place.Location, back));
        Assert.True((await LedgerVerification.VerifyAsync(back)).IsClean);
        Assert.True((await LedgerVerification.VerifyAsync(place.Location,
            new LedgerOptions { CacheFolder = place.Cache })).IsClean);
        await using var original = await Ledger.OpenAsync(bank);
        await using var copy = await Ledger.OpenAsync(back);
        Assert.Equal(await original.ListBalancesAsync(), await copy.ListBalancesAsync());
        var (a, b) = (await original.ReadBlocksAsync(1, 100), await copy.ReadBlocksAsync(1, 100));
        Assert.All(a.Zip(b), pair => Assert.True(pair.First.Body.Span.SequenceEqual(pair.Second.Body.Span)));
        using var user = place.AsAdmin();
        Assert.Equal("USD", user.Get("_design/settle")["settle"]!["asset"]!.GetValue<string>());
    }

    [Fact]
    public async Task Stopped_at_every_block_it_goes_on_where_it_was()
    {
        using var place = couch.NewDatabase();
        var bank = _folder.File("bank.db");
        await FillAsync(bank, 0, 12);
        for (var stop = 1; stop <= 12; stop++)
        {
            using var cancellation = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LedgerMirror.CopyAsync(
                bank, place.Location, null, new Stopping(cancellation), cancellation.Token));
        }
        Assert.Equal(0, (await MirrorAsync(bank, place.Location)).Copied);
        await FillAsync(bank, 12, 3);
        Assert.Equal(3, (await MirrorAsync(bank, place.Location)).Copied);
        Assert.Equal(0, (await MirrorAsync(bank, place.Location)).Copied);
    }

    [Fact]
    public async Task Another_chain_is_refused_and_left_as_it_is()
    {
        using var place = couch.NewDatabase();
        var (bank, other) = (_folder.File("bank.db"), _folder.File("other.db"));
        await FillAsync(bank, 0, 5);
        await FillAsync(other, 0, 5);
        await MirrorAsync(bank, place.Location);
        await Assert.ThrowsAsync<ChainsDifferException>(() => MirrorAsync(other, place.Location));
        // One that has gone on by itself is another one, too.
        await FillAsync(bank, 5, 1);
        await using (var ledger = await place.OpenAsync())
            await ledger.TransferAsync(Pay(77));
        var run = await CommandRun.OnAsync(bank, "mirror", bank, place.Location);
        Assert.Equal(1, run.Status);
        Assert.Contains("chains_differ", run.Error, StringComparison.Ordinal);
        Assert.True((await LedgerVerification.VerifyAsync(place.Location,
            new LedgerOptions { CacheFolder = place.Cache })).IsClean);
        await using (var ledger = await place.OpenAsync())
            await ledger.TransferAsync(Pay(78));
        Assert.Contains("block 6 is the first that differs", (await Assert.ThrowsAsync<ChainsDifferException>(
            () => MirrorAsync(bank, place.Location))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_a_database_does_not_take_is_left_out_and_named()
    {
        using var place = couch.NewDatabase();
        var bank = _folder.File("bank.db");
        await FillAsync(bank, 0, 2);
        await using (var store = await SqliteStore.OpenAsync(bank))
        await using (var beside = ((IStore)store).OpenSideDocuments(isReadOnly: false))
        {
            await beside.CreateAsync([new Document("outbox:mail:1:1", "{\"t"u8.ToArray()),
                new Document("outbox:mail:2:1", "{\"type\":\"outbox\"}"u8.ToArray())], CancellationToken.None);
        }
        var run = await CommandRun.DoneAsync(bank, "mirror", bank, place.Location);
        Assert.Contains("warning: documents beside the chain that cannot be read were left out, as a database does not "
            + "take them: outbox:mail:1:1", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 blocks and 1 document copied", run.Output, StringComparison.Ordinal);
        Assert.Contains("were kept as they are: outbox:mail:2:1", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error, (await CommandRun.DoneAsync(bank, "mirror", bank, place.Location)).Error);
    }

    [Fact]
    public async Task The_command_says_what_it_copied()
    {
        var (bank, copy) = (_folder.File("bank.db"), _folder.File("copy.db"));
        await FillAsync(bank, 0, 4);
        var run = await CommandRun.DoneAsync(bank, "mirror", bank, copy, "--json");
        Assert.Equal(4, run.Json.GetProperty("copied").GetInt32());
        await using var store = await SqliteStore.OpenAsync(copy);
        Assert.NotNull(await store.GetAsync("block:main:000000000004", CancellationToken.None));
        Assert.Equal(2, (await CommandRun.OnAsync(bank, "mirror", bank, "http://localhost:1/x")).Status);
        Assert.Equal(3, (await CommandRun.OnAsync(bank, "mirror", _folder.File("no.db"), copy)).Status);
    }

    [Fact]
    public async Task A_copy_prints_its_invoices_and_what_was_erased_stays_erased()
    {
        using var place = couch.NewDatabase();
        var (bank, back) = (_folder.File("bank.db"), _folder.File("back.db"));
        var options = new LedgerOptions { CacheFolder = place.Cache, SettlesDocuments = false };
        byte[] paper;
        await using (var ledger = await Ledger.OpenAsync(bank))
        {
            await MonthEnd.PrepareAsync(ledger, 3, 2);
            await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
                { Id = "r1", Through = MonthEnd.Through, Date = new DateOnly(2026, 11, 1) });
            paper = InvoicePaper.Pdf((await ledger.Billing.GetInvoiceAsync("2026-000002"))!);
        }
        // A seller, three customers, three invoices, and what the run was asked for.
        Assert.Equal(8, (await MirrorAsync(bank, place.Location)).Documents);
        Assert.Equal(8, (await MirrorAsync(place.Location, back)).Documents);
        Assert.Equal(0, (await MirrorAsync(place.Location, back)).Documents);
        foreach (var copy in new[] { place.Location, back })
        {
            await using var ledger = await Ledger.OpenAsync(copy, options);
            Assert.Equal(paper, InvoicePaper.Pdf((await ledger.Billing.GetInvoiceAsync("2026-000002"))!));
            Assert.Equal("Customer 1", (await ledger.Billing.GetCustomerAsync("c1"))!.Party!.Name);
        }

        await using (var ledger = await Ledger.OpenAsync(bank)) await ledger.Billing.EraseCustomerAsync("c1");
        await MirrorAsync(bank, place.Location);
        await MirrorAsync(place.Location, back);
        // One that was erased in the copy does not come back from the original.
        await using (var ledger = await Ledger.OpenAsync(place.Location, options))
            await ledger.Billing.EraseCustomerAsync("c2");
        await MirrorAsync(bank, place.Location);
        foreach (var (copy, erased) in new[] { (place.Location, "c1 c2"), (back, "c1") })
        {
            await using var ledger = await Ledger.OpenAsync(copy, options);
            var gone = (await ledger.Billing.ListCustomersAsync(new PageQuery())).Items
                .Where(customer => customer.Erased).Select(customer => customer.Id);
            Assert.Equal(erased, string.Join(' ', gone));
            Assert.Equal(paper, InvoicePaper.Pdf((await ledger.Billing.GetInvoiceAsync("2026-000002"))!));
        }
    }

    [Fact]
    public async Task A_database_is_saved_in_a_file_and_only_new_blocks_again()
    {
        using var place = couch.NewDatabase();
        var saved = _folder.File("saved.db");
        await using var ledger = await place.OpenAsync();
        for (var number = 0; number < 20; number++) await ledger.TransferAsync(Pay(number));
        Assert.Equal(20, (await LedgerBackup.SaveAsync(place.Location, saved)).Copied);
        for (var number = 20; number < 25; number++) await ledger.TransferAsync(Pay(number));
        var report = await LedgerBackup.SaveAsync(place.Location, saved);
        Assert.Equal((5, 25, true), (report.Copied, report.Height, report.HasDocuments));
        Assert.Equal((await ledger.GetInfoAsync()).Hash, report.Hash);
        await using var copy = await Ledger.OpenAsync(saved);
        Assert.Equal(await ledger.ListBalancesAsync(), await copy.ListBalancesAsync());
    }

    [Fact]
    public async Task A_copy_of_the_blocks_alone_waits_for_its_papers()
    {
        var (bank, copy) = (_folder.File("bank.db"), _folder.File("copy.db"));
        await using (var ledger = await Ledger.OpenAsync(bank))
        {
            await MonthEnd.PrepareAsync(ledger, 2, 1);
            await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
                { Id = "r1", Through = MonthEnd.Through, Date = new DateOnly(2026, 11, 1) });
        }
        await using (var from = await SqliteStore.OpenAsync(bank, SqliteAccess.ReadOnly))
        await using (var to = await SqliteStore.OpenAsync(copy))
        {
            foreach (var block in await from.ReadAsync("block:", "block:~", 1000, CancellationToken.None))
                await to.CreateAsync(block.Id, block.Body, CancellationToken.None);
        }
        await using (var ledger = await Ledger.OpenAsync(copy))
            Assert.Equal("?", (await ledger.Billing.GetInvoiceAsync("2026-000001"))!.Buyer.Name);
        await MirrorAsync(bank, copy);
        await using var whole = await Ledger.OpenAsync(copy);
        Assert.Equal("Customer 0", (await whole.Billing.GetInvoiceAsync("2026-000001"))!.Buyer.Name);
    }

    private static Task<MirrorReport> MirrorAsync(string from, string to) =>
        LedgerMirror.CopyAsync(from, to);

    // A block each.
    private static async Task FillAsync(string path, int first, int count)
    {
        await using var ledger = await Ledger.OpenAsync(path);
        for (var number = first; number < first + count; number++)
            await ledger.TransferAsync(Pay(number));
    }

    private static TransferRequest Pay(int number) =>
        new() { Id = $"t-{number}", From = "@world", To = $"a{number % 3}", Amount = Minor(5) };

    private sealed class Stopping(CancellationTokenSource cancellation) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => cancellation.Cancel();
    }
}
