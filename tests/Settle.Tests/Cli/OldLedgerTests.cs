using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>
/// A ledger file that Settle 0.1 wrote, with an entry of every kind. Its bytes are never made anew.
/// </summary>
public sealed class OldLedgerTests : IDisposable
{
    private static readonly string Original =
        Path.Combine(Repository.Root, "tests/Settle.Tests/Chain/Golden/ledger-of-0.1.sqlite");

    private readonly TemporaryDirectory _folder = new();

    public OldLedgerTests() => File.Copy(Original, Old);

    private string Old => _folder.File("old.db");

    // Today may be long after the day on which the file was made.
    private const string AnyDay = "--accept-clock";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_verified_without_a_fault()
    {
        var run = await CommandRun.DoneAsync(Old, "verify");

        Assert.Equal("no fault in 26 blocks, 27 entries, 11 accounts", run.Output.Trim());
    }

    [Fact]
    public async Task Its_balances_are_those_that_0_1_said()
    {
        var balances = (await CommandRun.DoneAsync(Old, "balance", "--json")).Json
            .EnumerateArray().Select(each => (each.GetProperty("account").GetString(),
                each.GetProperty("asset").GetString(), each.GetProperty("balance").GetInt64(),
                each.GetProperty("available").GetInt64()));

        Assert.Equal(
        [
            ("@world", "EUR", -4165, -4165), ("@world", "points", -200, -200),
            ("Alex", "EUR", 500, 400), ("Alex", "points", 200, 200),
            ("Dave", "EUR", -5000, -5000), ("Jane", "EUR", 2500, 2500), ("hotel", "EUR", 0, 0),
            ("receivable:dave", "EUR", -14280, -14280), ("receivable:erin", "EUR", 0, 0),
            ("revenue", "EUR", 15500, 15500), ("shop", "EUR", 2000, 2000),
            ("tax:S:19", "EUR", 2945, 2945), ("tax:S:7", "EUR", 0, 0),
        ], balances);
    }

    [Fact]
    public async Task An_id_that_0_1_decided_is_decided()
    {
        var run = await CommandRun.DoneAsync(
            Old, "transfer", "Alex", "Jane", "25", "--id", "taxi", "--json");

        Assert.True(run.Json.GetProperty("replayed").GetBoolean());
        Assert.Equal(4, run.Json.GetProperty("block").GetInt64());
    }

    [Fact]
    public async Task A_hold_that_0_1_left_open_is_captured()
    {
        await CommandRun.DoneAsync(Old, "capture", "waiting", AnyDay);

        var hotel = await CommandRun.DoneAsync(Old, "balance", "hotel", "--json");
        Assert.Equal(100, hotel.Json[0].GetProperty("balance").GetInt64());
    }

    [Fact]
    public async Task Its_customers_are_billed_on_and_numbers_have_no_gap()
    {
        await CommandRun.DoneAsync(
            Old, "invoice", "--through", "2026-11", "--date", "2026-12-01", "--id", "november",
            AnyDay);

        var invoices = (await CommandRun.DoneAsync(Old, "invoices", "--json")).Json
            .EnumerateArray().Select(each => (each.GetProperty("number").GetString(),
                each.GetProperty("amount").GetInt64(), each.GetProperty("open").GetInt64()));
        Assert.Equal(
        [
            ("2026-000001", 18445, 14280), ("2026-000002", 856, 0), ("C2026-000001", 856, 0),
            ("2026-000003", 14280, 14280), ("2026-000004", 357, 357),
        ], invoices);
        Assert.Contains(
            "no fault", (await CommandRun.DoneAsync(Old, "verify")).Output, StringComparison.Ordinal);
    }
}
