using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Settle.Tests.Server;
using Settle.Wire;
using Xunit;

namespace Settle.Tests.Client;

/// <summary>The same calls on a file and through a server give the same answers and the same errors.</summary>
public sealed partial class ParityTests
{
    private static readonly Dictionary<string, string> Meta = new() { ["invoice"] = "2026/7", ["ü"] = "" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every call of the interface, most of them also where they are refused.</summary>
    private static readonly (string Name, Func<ILedger, Task<object?>> Call)[] Calls =
    [
        ("info of an empty ledger", async l => await l.GetInfoAsync(Stop)),
        ("initialize", async l => await l.InitializeAsync("EUR", cancellationToken: Stop)),
        ("initialize again", async l => await l.InitializeAsync("EUR", cancellationToken: Stop)),
        ("initialize otherwise", async l => await l.InitializeAsync("USD", cancellationToken: Stop)),
        ("declare", async l => await l.DeclareAssetAsync("points", 0, Stop)),
        ("declare otherwise", async l => await l.DeclareAssetAsync("points", 3, Stop)),
        ("declare badly", async l => await l.DeclareAssetAsync("p p", 3, Stop)),
        ("transfer", async l => await l.TransferAsync("@world", "Alex", Money.Of(50.25m), "t-1", Stop)),
        ("transfer again", async l => await l.TransferAsync("@world", "Alex", Money.Of(50.25m), "t-1", Stop)),
        ("transfer otherwise", async l => await l.TransferAsync("@world", "Alex", Money.Of(51), "t-1", Stop)),
        ("transfer points", async l => await l.TransferAsync("@world", "Alex", Money.Of(7, "points"), "t-2", Stop)),
        ("half a point", async l => await l.TransferAsync("@world", "Alex", Money.Of(0.5m, "points"), "t-3", Stop)),
        ("unknown asset", async l => await l.TransferAsync(new TransferRequest
        {
            Id = "t-4", From = "@world", To = "Alex", Amount = Money.OfMinor(1, "nothing", 0),
        }, Stop)),
        ("unknown asset of money", async l => await l.TransferAsync("@world", "Alex", Money.Of(1, "nothing"), "t-5", Stop)),
        ("with everything", async l => await l.TransferAsync(new TransferRequest
        {
            Id = "t-6", From = "@world", To = "Jane", Amount = Minor(100, "EUR"), Memo = "für Jane",
            Timestamp = Time("2026-11-21T20:23:11+01:00"), Meta = Meta,
        }, Stop)),
        ("too much", async l => await l.TransferAsync("Dave", "Alex", Money.Of(1), "t-7", Stop)),
        ("too much again", async l => await l.TransferAsync("Dave", "Alex", Money.Of(1), "t-7", Stop)),
        ("to itself", async l => await l.TransferAsync("Dave", "Dave", Money.Of(1), "t-8", Stop)),
        ("batch", async l => await l.TransferBatchAsync(new TransferRequest[]
        {
            new() { Id = "b-1", From = "Alex", To = "Jane", Amount = Minor(5) },
            new() { Id = "b-2", From = "Dave", To = "Jane", Amount = Minor(5) },
            new() { Id = "t-1", From = "@world", To = "Alex", Amount = Minor(5025) },
            new() { Id = "t-6", From = "Alex", To = "Jane", Amount = Minor(5) },
            new() { Id = "b-3", From = "Alex", To = "Jane", Amount = Minor(5), Memo = "m", Meta = Meta },
        }, Stop)),
        ("empty batch", async l => await l.TransferBatchAsync(Array.Empty<TransferRequest>(), Stop)),
        ("malformed batch", async l => await l.TransferBatchAsync(new TransferRequest[]
        {
            new() { Id = "b-4", From = "Alex", To = "Jane", Amount = Minor(5) },
            new() { Id = "b-5", From = "Alex", To = "Alex", Amount = Minor(5) },
        }, Stop)),
        ("transaction", async l => await l.TransactAsync(new TransactionRequest
        {
            Id = "x-1", Memo = "two", Meta = Meta, Timestamp = Time("2026-11-21"), Postings =
            [
                new Posting { From = "@world", To = "Alex", Amount = Minor(10) },
                new Posting { From = "@world", To = "Alex", Amount = Minor(3, "points") },
            ],
        }, Stop)),
        ("transaction refused", async l => await l.TransactAsync(new TransactionRequest
        {
            Id = "x-2", Postings = [new Posting { From = "Dave", To = "Alex", Amount = Minor(10) }],
        }, Stop)),
        ("transaction malformed", async l => await l.TransactAsync(new TransactionRequest
        {
            Id = "x-3", Postings = [new Posting { From = "Dave", To = "Alex", Amount = Minor(0) }],
        }, Stop)),
        ("hold", async l => await l.HoldAsync(new HoldRequest
        {
            Id = "h-1", From = "Alex", To = "shop", Amount = Minor(100), ExpiresIn = TimeSpan.FromSeconds(86_400), Memo = "room", Meta = Meta,
        }, Stop)),
        ("hold too much", async l => await l.HoldAsync(
            new HoldRequest { Id = "h-2", From = "Dave", To = "shop", Amount = Minor(100) }, Stop)),
        ("capture", async l => await l.CaptureAsync(new CaptureRequest { Id = "c-1", Hold = "h-1", Amount = Minor(60) }, Stop)),
        ("capture again", async l => await l.CaptureAsync(new CaptureRequest { Id = "c-1", Hold = "h-1", Amount = Minor(60) }, Stop)),
        ("capture twice", async l => await l.CaptureAsync(new CaptureRequest { Id = "c-2", Hold = "h-1" }, Stop)),
        ("capture nothing", async l => await l.CaptureAsync(new CaptureRequest { Id = "c-3", Hold = "h-none" }, Stop)),
        ("hold to void", async l => await l.HoldAsync(
            new HoldRequest { Id = "h-3", From = "Alex", To = "shop", Amount = Minor(1) }, Stop)),
        ("void", async l => await l.VoidAsync(new VoidRequest { Id = "v-1", Hold = "h-3" }, Stop)),
        ("void again", async l => await l.VoidAsync(new VoidRequest { Id = "v-1", Hold = "h-3" }, Stop)),
        ("void twice", async l => await l.VoidAsync(new VoidRequest { Id = "v-2", Hold = "h-3" }, Stop)),
        ("revert", async l => await l.RevertAsync(new RevertRequest { Id = "r-1", Reverts = "b-1" }, Stop)),
        ("revert twice", async l => await l.RevertAsync(new RevertRequest { Id = "r-2", Reverts = "b-1" }, Stop)),
        ("revert nothing", async l => await l.RevertAsync(new RevertRequest { Id = "r-3", Reverts = "none" }, Stop)),
        ("revert a transaction", async l => await l.RevertAsync(new RevertRequest { Id = "r-4", Reverts = "x-1" }, Stop)),
        ("open", async l => await l.PutAccountAsync(new AccountRequest
        {
            Account = "Dave", Overdraft = Overdraft.Of(Minor(500)), Ceiling = Ceiling.Of(Minor(1000)), Owners = ["dave", "d"], Meta = Meta,
        }, Stop)),
        ("open without limits", async l => await l.PutAccountAsync(new AccountRequest
        {
            Account = "Dave", Overdraft = Overdraft.Unlimited, Ceiling = Ceiling.None,
        }, Stop)),
        ("above the ceiling", async l => await l.PutAccountAsync(
            new AccountRequest { Account = "Max", Asset = "points", Ceiling = Ceiling.Of(Minor(1)) }, Stop)),
        ("limit exceeded", async l => await l.TransferAsync("@world", "Max", Money.Of(2, "points"), "t-9", Stop)),
        ("close", async l => await l.PutAccountAsync(new AccountRequest { Account = "Max", Closed = true }, Stop)),
        ("closed", async l => await l.TransferAsync("@world", "Max", Money.Of(1, "points"), "t-10", Stop)),
        ("limit the world", async l => await l.PutAccountAsync(
            new AccountRequest { Account = "@world", Overdraft = Overdraft.Of(Minor(1)) }, Stop)),
        ("info", async l => await l.GetInfoAsync(Stop)),
        ("get transfer", async l => await l.GetTransferAsync("t-6", Stop)),
        ("get rejected", async l => await l.GetTransferAsync("t-7", Stop)),
        ("get capture", async l => await l.GetTransferAsync("c-1", Stop)),
        ("get no transfer", async l => await l.GetTransferAsync("none", Stop)),
        ("get hold", async l => await l.GetHoldAsync("h-1", Stop)),
        ("holds", async l => await l.ListHoldsAsync(new HoldQuery(), Stop)),
        ("a hold to list", async l => await l.HoldAsync(
            new HoldRequest { Id = "h-4", From = "Alex", To = "shop", Amount = Minor(1), ExpiresIn = TimeSpan.FromDays(2) }, Stop)),
        ("another", async l => await l.HoldAsync(
            new HoldRequest { Id = "h-5", From = "Alex", To = "shop", Amount = Minor(1) }, Stop)),
        ("open holds", async l => await l.ListHoldsAsync(new HoldQuery { Account = "Alex" }, Stop)),
        ("more holds", async l => await l.ListHoldsAsync(new HoldQuery
        {
            After = (await l.ListHoldsAsync(new HoldQuery { Limit = 1 }, Stop)).Next,
        }, Stop)),
        ("holds that end", async l => await l.ListHoldsAsync(
            new HoldQuery { Account = "shop", EndsBefore = DateTimeOffset.MaxValue }, Stop)),
        ("holds that ended", async l => await l.ListHoldsAsync(
            new HoldQuery { EndsBefore = DateTimeOffset.UnixEpoch }, Stop)),
        ("holds of nobody", async l => await l.ListHoldsAsync(new HoldQuery { Account = "nobody" }, Stop)),
        ("get no hold", async l => await l.GetHoldAsync("none", Stop)),
        ("get account", async l => await l.GetAccountAsync("Alex", cancellationToken: Stop)),
        ("get account then", async l => await l.GetAccountAsync("Alex", AsOf.AtHeight(3), Stop)),
        ("get account before", async l => await l.GetAccountAsync("Alex", AsOf.AtHeight(1), Stop)),
        ("get account long ago", async l => await l.GetAccountAsync("Alex", AsOf.AtTime(DateTimeOffset.UnixEpoch), Stop)),
        ("get account in future", async l => await l.GetAccountAsync("Alex", AsOf.AtTime(DateTimeOffset.MaxValue), Stop)),
        ("get no account", async l => await l.GetAccountAsync("nobody", cancellationToken: Stop)),
        ("accounts", async l => await l.ListAccountsAsync(new PageQuery { Limit = 2 }, Stop)),
        ("more accounts", async l => await l.ListAccountsAsync(new PageQuery
        {
            After = (await l.ListAccountsAsync(new PageQuery { Limit = 2 }, Stop)).Next,
        }, Stop)),
        ("no limit", async l => await l.ListAccountsAsync(new PageQuery { Limit = 0 }, Stop)),
        ("damaged cursor", async l => await l.ListAccountsAsync(new PageQuery { After = "x" }, Stop)),
        ("accounts by prefix", async l => await l.ListAccountsAsync(new AccountQuery { Prefix = "A" }, Stop)),
        ("accounts by words", async l => await l.ListAccountsAsync(new AccountQuery { Words = "LE a" }, Stop)),
        ("accounts by no words", async l => await l.ListAccountsAsync(new AccountQuery { Words = " " }, Stop)),
        ("newest accounts", async l => await l.ListAccountsAsync(new AccountQuery { Sort = AccountSort.Newest, Limit = 3 }, Stop)),
        ("points", async l => await l.GetPointsAsync("Alex", new PointQuery
        {
            From = new DateOnly(2026, 11, 1), To = new DateOnly(2026, 11, 5),
        }, Stop)),
        ("points by month", async l => await l.GetPointsAsync("Alex", new PointQuery
        {
            By = PointInterval.Month, From = new DateOnly(2026, 1, 31), Asset = "points", To = new DateOnly(2036, 1, 1),
        }, Stop)),
        ("points of nobody", async l => await l.GetPointsAsync("nobody", new PointQuery(), Stop)),
        ("points of nothing", async l => await l.GetPointsAsync("Alex", new PointQuery { Asset = "nothing" }, Stop)),
        ("points backwards", async l => await l.GetPointsAsync("Alex", new PointQuery
        {
            From = new DateOnly(2026, 11, 6), To = new DateOnly(2026, 11, 5),
        }, Stop)),
        ("too many points", async l => await l.GetPointsAsync("Alex", new PointQuery
        {
            From = new DateOnly(2024, 11, 6), To = new DateOnly(2026, 11, 5),
        }, Stop)),
        ("trial balance", async l => await l.Reports.GetTrialBalanceAsync(cancellationToken: Stop)),
        ("trial balance then", async l => await l.Reports.GetTrialBalanceAsync(new DateOnly(2026, 11, 21), "points", Stop)),
        ("trial balance of nothing", async l => await l.Reports.GetTrialBalanceAsync(asset: "nothing", cancellationToken: Stop)),
        ("no profit", async l => await l.Reports.GetProfitAndLossAsync(new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), cancellationToken: Stop)),
        ("profit backwards", async l => await l.Reports.GetProfitAndLossAsync(new DateOnly(2026, 1, 2), new DateOnly(2026, 1, 1), cancellationToken: Stop)),
        ("no tax", async l => await l.Reports.GetVatAsync(new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), cancellationToken: Stop)),
        ("too much tax", async l => await l.Reports.GetVatAsync(DateOnly.MinValue, new DateOnly(2026, 12, 31), cancellationToken: Stop)),
        ("search", async l => await l.SearchAsync(new SearchQuery { Text = "alex" }, Stop)),
        ("search an id", async l => await l.SearchAsync(new SearchQuery { Text = "t-6", Limit = 1 }, Stop)),
        ("search a memo", async l => await l.SearchAsync(new SearchQuery { Text = "JANE für" }, Stop)),
        ("search nothing", async l => await l.SearchAsync(new SearchQuery { Text = "" }, Stop)),
        ("search too much", async l => await l.SearchAsync(new SearchQuery { Text = new string('a', 129) }, Stop)),
        ("search without end", async l => await l.SearchAsync(new SearchQuery { Text = "a", Limit = 101 }, Stop)),
        ("entries", async l => await l.ListEntriesAsync("Alex", new EntryQuery(), Stop)),
        ("entries then", async l => await l.ListEntriesAsync("Alex", new EntryQuery { To = DateTimeOffset.UnixEpoch }, Stop)),
        ("entries since", async l => await l.ListEntriesAsync("Alex", new EntryQuery { From = DateTimeOffset.UnixEpoch, Limit = 2 }, Stop)),
        ("entries of nobody", async l => await l.ListEntriesAsync("nobody", new EntryQuery(), Stop)),
        ("transfers", async l => await l.ListTransfersAsync(new TransferQuery(), Stop)),
        ("rejected ones", async l => await l.ListTransfersAsync(new TransferQuery { Status = EntryStatus.Rejected, Limit = 1 }, Stop)),
        ("of Jane, long ago", async l => await l.ListTransfersAsync(
            new TransferQuery { Account = "Jane", To = DateTimeOffset.UnixEpoch }, Stop)),
        ("of Jane since", async l => await l.ListTransfersAsync(
            new TransferQuery { Account = "Jane", From = DateTimeOffset.UnixEpoch }, Stop)),
        ("balances", async l => await l.ListBalancesAsync(cancellationToken: Stop)),
        ("balances then", async l => await l.ListBalancesAsync(AsOf.AtHeight(4), Stop)),
    ];

    [Fact]
    public async Task A_file_and_a_server_answer_alike()
    {
        using var directory = new TemporaryDirectory();
        await using var local = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        await using var server = await RunningServer.StartAsync();
        await using var remote = server.Client();
        var different = new List<string>();
        foreach (var (name, call) in Calls)
        {
            var (here, there) = (await AnswerAsync(local, call), await AnswerAsync(remote, call));
            if (here != there) different.Add($"{name}\n  file   {here}\n  server {there}");
        }
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Fact]
    public async Task The_chain_comes_through_a_server_byte_for_byte()
    {
        await using var server = await RunningServer.StartAsync();
        await using var remote = server.Client();
        for (var i = 0; i < 25; i++)
            await remote.TransferAsync("@world", $"Žofie {i}", Money.Of(1), $"t-{i}", Stop);
        await using var local = await Settle.Ledger.OpenAsync(
            Path.Combine(server.Directory, "bank.db"), cancellationToken: Stop);
        foreach (var (from, limit) in new[] { (1L, 1000), (1L, 3), (20L, 3), (25L, 1000), (1000L, 10) })
        {
            var expected = await local.ReadBlocksAsync(from, limit, Stop);
            var actual = await remote.ReadBlocksAsync(from, limit, Stop);
            Assert.Equal(expected.Select(Text), actual.Select(Text));
        }
        Assert.Equal(Text((await local.GetEntryAsync("t-7", Stop))!), Text((await remote.GetEntryAsync("t-7", Stop))!));
        Assert.Null(await remote.GetEntryAsync("none", Stop));
        Assert.Equal(await FirstAsync(local, 20), await FirstAsync(remote, 20));
    }

    internal static async Task<string> AnswerAsync(ILedger ledger, Func<ILedger, Task<object?>> call)
    {
        try
        {
            var answer = await call(ledger);
            if (answer is null) return "null";
            var text = answer is Verdict[] verdicts
                ? string.Join(' ', verdicts.Select(verdict => verdict.ToString()))
                : JsonSerializer.Serialize(answer, WireJson.Compact.GetTypeInfo(TypeOf(answer))!);
            // What depends on the clock and on the process that wrote the block; cursors name the
            // first block.
            return Cursor.Replace(Volatile.Replace(text, "\"$1\":..."), next => Chain.Replace(
                Encoding.UTF8.GetString(Base64Url.DecodeFromChars(next.Groups[1].ValueSpan)), ""));
        }
        catch (SettleException e)
        {
            var more = e switch
            {
                IdReusedException reused => $" {reused.Id} {reused.Block} {reused.Field}",
                RejectedException rejected => $" {rejected.Id} {rejected.Block} {rejected.Replayed}",
                InvalidRequestException invalid => $" {invalid.Field}",
                _ => "",
            };
            return MadeId.Replace($"{e.GetType().Name} {e.Code}{more}: {e.Message}", "...");
        }
    }

    private static Type TypeOf(object answer) =>
        answer is IReadOnlyList<Balance> ? typeof(IReadOnlyList<Balance>) : answer.GetType();

    private static async Task<List<string>> FirstAsync(ILedger ledger, int count)
    {
        var entries = new List<string>();
        await foreach (var entry in ledger.FollowAsync(new EntryPosition(2, 0), Stop))
        {
            entries.Add(Text(entry));
            if (entries.Count == count) break;
        }
        return entries;
    }

    private static string Text(Block block) => $"{block.Height} {Encoding.UTF8.GetString(block.Body.Span)}";

    private static string Text(ChainEntry entry) =>
        $"{entry.Position} {entry.Time:O} {Encoding.UTF8.GetString(entry.Body.Span)}";

    [GeneratedRegex("\"(hash|time|expires)\":\"[^\"]*\"")]
    private static partial Regex Volatile { get; }

    [GeneratedRegex("\"next\":\"([^\"]*)\"")]
    private static partial Regex Cursor { get; }

    [GeneratedRegex(",\"c\":\"[0-9a-f]{8}\"")]
    private static partial Regex Chain { get; }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex MadeId { get; }
}
