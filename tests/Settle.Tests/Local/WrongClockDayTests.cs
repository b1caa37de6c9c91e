using Settle.Import;
using Settle.Local;
using Settle.Stores.Memory;
using Settle.Tests.Journals;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>
/// What was recorded by a wrong clock has one day everywhere once the clock was set right: in balances on a day, lists,
/// exports, journals and imports of exports.
/// </summary>
public sealed class WrongClockDayTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["Alex", "Dave", "@world"];

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Listed_entries_up_to_a_day_sum_to_the_balance_on_it_in_lists_and_exports(int seed)
    {
        await using var store = new MemoryStore();
        var clock = await LiveAsync(store, seed);
        await using var ledger = await OpenAsync(store, clock);
        var csv = CsvRows(await ExportAsync(ledger, LedgerExport.CsvAsync));
        var lines = (await ExportAsync(ledger, LedgerExport.JsonLinesAsync)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToList();
        var transfers = await ledger.AllTransfersAsync(new TransferQuery(), Stop).ToListAsync(Stop);
        for (var day = DateOnly.FromDateTime(Start.UtcDateTime).AddDays(-12); day < new DateOnly(2026, 12, 20); day = day.AddDays(3))
        {
            var dated = await ledger.AllTransfersAsync(new TransferQuery { OnTo = day }, Stop).ToListAsync(Stop);
            var exported = CsvRows(await ExportAsync(ledger, (l, o, a, b, p, s) =>
                LedgerExport.CsvAsync(l, o, null, null, day, null, s)));
            foreach (var name in Names)
            {
                var balance = await OnAsync(ledger, name, day);
                var entries = await EntriesAsync(ledger, name, new EntryQuery());
                Assert.Equal(balance, entries.Where(entry => entry.Date <= day).Sum(entry => (long)entry.Amount.Units));
                Assert.Equal(balance, (await EntriesAsync(ledger, name, new EntryQuery { OnTo = day })).Sum(entry => (long)entry.Amount.Units));
                Assert.Equal(balance, dated.Where(each => each.Reason is null).Sum(each => Change(name, each.From, each.To, (long)each.Amount.Units)));
                Assert.Equal(balance, csv.Where(row => row.Day <= day).Sum(row => Change(name, row.From, row.To, row.Amount)));
                Assert.Equal(balance, exported.Sum(row => Change(name, row.From, row.To, row.Amount)));
                Assert.Equal(balance, lines.Where(line => DateOnly.Parse(line.GetProperty("date").GetString()!) <= day)
                    .Sum(line => line.GetProperty("entry").TryGetProperty("amount", out var amount)
                        ? Change(name, Text(line, "from"), Text(line, "to"), amount.GetInt64()) : 0));
            }
        }
        Assert.NotEmpty(transfers);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Journals_say_the_balance_on_a_day_too(int seed)
    {
        await using var store = new MemoryStore();
        var clock = await LiveAsync(store, seed);
        await using var ledger = await OpenAsync(store, clock);
        var journal = _folder.File("h.journal");
        await File.WriteAllTextAsync(journal, await ExportAsync(ledger, LedgerExport.HledgerAsync), Stop);
        for (var day = new DateOnly(2026, 10, 30); day < new DateOnly(2026, 12, 10); day = day.AddDays(5))
        {
            foreach (var name in Names)
            {
                var said = await ExternalProgram.Hledger.RunAsync("balance", "-f", journal, "-e", $"{day.AddDays(1):yyyy-MM-dd}",
                    "--empty", "--no-total", "--flat", "--layout", "bare", "-O", "csv", $"^{(name == "@world" ? "@world|%40world" : name)}$");
                var last = said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split(',');
                var shown = last[0].Contains("account") ? 0 : (long)(decimal.Parse(last[^1].Trim('"'), System.Globalization.CultureInfo.InvariantCulture) * 100);
                Assert.Equal(await OnAsync(ledger, name, day), shown);
            }
        }
    }

    [Fact]
    public async Task An_export_of_a_corrected_chain_is_known_to_it_and_has_the_same_days_elsewhere()
    {
        await using var store = new MemoryStore();
        var clock = await LiveAsync(store, 7);
        await using var ledger = await OpenAsync(store, clock);
        var file = _folder.File("export.csv");
        await File.WriteAllTextAsync(file, await ExportAsync(ledger, LedgerExport.CsvAsync), Stop);
        var again = await ImportAsync(ledger, file);
        Assert.False(again.HasChanges, $"{again.Rows} rows, {again.Known} known");
        await using var other = await OpenAsync(new MemoryStore(), clock);
        foreach (var name in Names[..2])
            await other.PutAccountAsync(new AccountRequest { Account = name, Overdraft = Overdraft.Unlimited }, Stop);
        await ImportAsync(other, file);
        for (var day = new DateOnly(2026, 10, 25); day < new DateOnly(2026, 12, 10); day = day.AddDays(4))
            foreach (var name in Names) Assert.Equal(await OnAsync(ledger, name, day), await OnAsync(other, name, day));
    }

    [Fact]
    public async Task A_list_by_time_sees_corrected_blocks_at_the_moment_of_the_correction()
    {
        await using var store = new MemoryStore();
        await PayAsync(store, Start, "t-1");
        await PayAsync(store, Start.AddYears(9), "t-2");
        await PayAsync(store, Start.AddHours(1), "t-3");
        await PayAsync(store, Start.AddHours(2), "t-4");
        await using var ledger = await OpenAsync(store, new ManualClock { Now = Start.AddHours(3) });
        Assert.Equal((3, Start.AddHours(1)), (await ledger.GetInfoAsync(Stop)).ClockCorrections!.Single() is var it ? (it.Height, it.Time) : default);
        var query = new TransferQuery { From = Start.AddMinutes(1), To = Start.AddMinutes(90) };
        Assert.Equal(["t-3", "t-2"], (await ledger.ListTransfersAsync(query, Stop)).Items.Select(each => each.Id));
        query = new TransferQuery { From = Start.AddMinutes(90) };
        Assert.Equal(["t-4"], (await ledger.ListTransfersAsync(query, Stop)).Items.Select(each => each.Id));
        Assert.Null((await (await OpenAsync(new MemoryStore(), new ManualClock())).GetInfoAsync(Stop)).ClockCorrections);
    }

    // A chain of some weeks whose clock is wrong now and then, by hours or years, and set right later.
    private static async Task<ManualClock> LiveAsync(MemoryStore store, int seed)
    {
        var (random, clock) = (new Random(seed), new ManualClock { Now = Start });
        for (var stretch = 0; stretch < 6; stretch++)
        {
            var isWrong = stretch % 2 == 1;
            var right = clock.Now;
            if (isWrong) clock.Now += random.Next(3) switch
            {
                0 => TimeSpan.FromHours(1 + random.Next(40)),
                1 => TimeSpan.FromDays(1 + random.Next(60)),
                _ => TimeSpan.FromDays(365 * 5),
            };
            await using (var ledger = await OpenAsync(store, clock))
            {
                foreach (var name in stretch == 0 ? Names[..2] : [])
                    await ledger.PutAccountAsync(new AccountRequest { Account = name, Overdraft = Overdraft.Unlimited }, Stop);
                for (var i = 0; i < 25; i++)
                {
                    var step = TimeSpan.FromHours(random.Next(6));
                    (clock.Now, right) = (clock.Now + step, right + step);
                    await TransferAsync(ledger, random, clock.Now, $"t-{stretch}-{i}");
                }
            }
            clock.Now = right;
        }
        await using (var last = await OpenAsync(store, clock)) await TransferAsync(last, random, clock.Now, "t-last");
        return clock;
    }

    private static async Task TransferAsync(LocalLedger ledger, Random random, DateTimeOffset now, string id)
    {
        var (from, to) = (random.Next(3), random.Next(2));
        // The very day of a wrong clock, too: such an entry keeps it.
        DateTimeOffset? own = random.Next(4) switch
        {
            0 => now, 1 => now.AddDays(random.Next(-8, 3)), _ => null,
        };
        await ledger.TransferAsync(new TransferRequest
        {
            Id = id, From = Names[from], To = Names[to == from ? 2 : to], Amount = Minor(1 + random.Next(500)), Timestamp = own,
        }, Stop);
    }

    private static async Task<ImportSummary> ImportAsync(LocalLedger ledger, string file)
    {
        using var transfers = await ImportFile.OpenAsync(file, Stop);
        return await new CsvImport(ledger, null, null).RunAsync(null, transfers, null, Stop);
    }

    private static Task<LocalLedger> OpenAsync(MemoryStore store, TimeProvider clock) => LocalLedger.OpenAsync(
        "bank", store, null, new LedgerOptions { Clock = clock, AcceptClock = true }, Stop);

    private static async Task PayAsync(MemoryStore store, DateTimeOffset time, string id)
    {
        await using var ledger = await OpenAsync(store, new ManualClock { Now = time });
        await ledger.TransferAsync("@world", "Alex", Minor(1), id, Stop);
    }

    private static Money Minor(long units) => Money.OfMinor(units, "USD");

    private static long Change(string name, string? from, string? to, long amount) =>
        (to == name ? amount : 0) - (from == name ? amount : 0);

    private static string? Text(System.Text.Json.JsonElement line, string member) =>
        line.GetProperty("entry").TryGetProperty(member, out var text) ? text.GetString() : null;

    private static async Task<long> OnAsync(LocalLedger ledger, string name, DateOnly day) =>
        (long)((await ledger.GetAccountAsync(name, AsOf.OnDate(day), Stop))?.Balances.SingleOrDefault()?.Balance.Units ?? 0);

    private static async Task<List<AccountEntry>> EntriesAsync(LocalLedger ledger, string name, EntryQuery query)
    {
        var all = new List<AccountEntry>();
        string? after = null;
        do
        {
            var page = await ledger.ListEntriesAsync(name, query with { After = after, Limit = 17 }, Stop);
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }

    private static async Task<string> ExportAsync(LocalLedger ledger,
        Func<ILedger, Stream, DateOnly?, DateOnly?, IProgress<WorkProgress>?, CancellationToken, Task<long>> export)
    {
        using var output = new MemoryStream();
        await export(ledger, output, null, null, null, Stop);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static Task<string> ExportAsync(LocalLedger ledger,
        Func<ILedger, Stream, Stream?, DateOnly?, DateOnly?, IProgress<WorkProgress>?, CancellationToken, Task<long>> export) =>
        ExportAsync(ledger, (l, o, from, to, progress, stop) => export(l, o, null, from, to, progress, stop));

    private static List<(DateOnly Day, string From, string To, long Amount)> CsvRows(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).Select(cells =>
            (DateOnly.Parse(cells[1][..10]), cells[2], cells[3],
                (long)(decimal.Parse(cells[4], System.Globalization.CultureInfo.InvariantCulture) * 100)))];
}
