using Settle.Local;
using Settle.Stores;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>
/// A clock that is far ahead leaves no block in silence; and if one was left, a person's word goes on
/// from there, with holds that end when they should.
/// </summary>
public sealed class WrongClockTests
{
    private static readonly DateTimeOffset Today = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Wrong = Today.AddYears(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_jump_far_beyond_the_newest_block_is_not_made_in_silence()
    {
        await using var store = new MemoryStore();
        await PayAsync(store, Today, "t-1");
        await PayAsync(store, Today.AddDays(99), "t-2");
        var error = await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync(store, Wrong, "t-3"));
        Assert.Contains("2036-11-29", error.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-clock", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync(store, Today.AddDays(200), "t-3"));
        await PayAsync(store, Today.AddDays(199), "t-3");
        await using var verified = await OpenAsync(store, Today.AddDays(199));
        Assert.Equal(3, (await verified.GetInfoAsync(Stop)).Height);
    }

    [Theory]
    [InlineData(0.9, 0)]
    [InlineData(1.1, 1)]
    [InlineData(99, 1)]
    public async Task A_gap_of_days_is_believed_and_said_with_the_first_block(double days, int told)
    {
        await using var store = new MemoryStore();
        await PayAsync(store, Today, "t-1");
        var warnings = new List<string>();
        await using var ledger = await LocalLedger.OpenAsync("bank", store, null, new LedgerOptions
        {
            Clock = At(Today.AddDays(days)), Warn = warnings.Add,
        }, Stop);
        await PayAsync(ledger, "t-1");
        Assert.Empty(warnings);
        await PayAsync(ledger, "t-2");
        await PayAsync(ledger, "t-3");
        Assert.Equal(told, warnings.Count);
        if (told == 0) return;
        Assert.Contains($"{days} days after the newest block", warnings[0], StringComparison.Ordinal);
        Assert.Contains("--accept-clock", warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jump_that_a_person_gave_their_word_for_is_recorded()
    {
        await using var store = new MemoryStore();
        await PayAsync(store, Today, "t-1");
        await using (var ledger = await OpenAsync(store, Wrong, acceptsClock: true))
        {
            await PayAsync(ledger, "t-2");
            await PayAsync(ledger, "t-3");
        }
        await PayAsync(store, Wrong.AddDays(1), "t-4");
        var report = await LedgerVerification.VerifyAsync(store, null, Stop);
        Assert.True(report.IsClean);
        Assert.Equal((2, true, null), Assert.Single(report.Recoveries) is var it
            ? (it.Height, it.Clock, it.LostHeight) : default);
    }

    [Fact]
    public async Task A_process_that_runs_as_long_as_the_jump_needs_no_word()
    {
        await using var store = new MemoryStore();
        await PayAsync(store, Today, "t-1");
        var clock = new LivedClock(Today);
        await using var ledger = await OpenAsync(store, clock);
        clock.Live(TimeSpan.FromDays(400));
        await PayAsync(ledger, "t-2");
        clock.Jump(TimeSpan.FromDays(400));
        await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync(ledger, "t-3"));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_for_a_moment_gives_no_block_its_time()
    {
        var looks = 0;
        for (var wrongLook = 1; wrongLook <= looks + 1; wrongLook++)
        {
            await using var store = new MemoryStore();
            await PayAsync(store, Today, "t-1");
            var clock = new FlickeringClock(Today, wrongLook);
            await using (var ledger = await OpenAsync(store, clock))
                await Record.ExceptionAsync(() => PayAsync(ledger, "t-2"));
            looks = clock.Looks;
            await PayAsync(store, Today, "t-3");
        }
        Assert.True(looks > 1);
    }

    [Fact]
    public async Task A_chain_from_the_future_is_continued_by_a_persons_word_with_the_right_time()
    {
        await using var store = new MemoryStore();
        await PayAsync(store, Today, "t-1");
        await using (var wrong = await OpenAsync(store, Wrong, acceptsClock: true))
            await PayAsync(wrong, "t-2");
        await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync(store, Today.AddHours(1), "t-3"));

        await using (var ledger = await OpenAsync(store, Today.AddHours(1), acceptsClock: true))
        {
            await PayAsync(ledger, "t-3");
            await PayAsync(ledger, "t-4");
        }
        await PayAsync(store, Today.AddHours(2), "t-5");
        var report = await LedgerVerification.VerifyAsync(store, null, Stop);
        Assert.True(report.IsClean);
        Assert.Equal([2, 3], report.Recoveries.Select(recovery => recovery.Height));
        Assert.Equal(Today.AddHours(1), report.Recoveries[1].Time);
        await using var read = await OpenAsync(store, Today.AddHours(2));
        Assert.Equal(1, await BalanceAsync(read, Today));
        Assert.Equal(4, await BalanceAsync(read, Today.AddHours(1)));
        Assert.Equal(5, await BalanceAsync(read, Today.AddHours(2)));
    }

    [Fact]
    public async Task Holds_end_when_they_should_in_spite_of_a_wrong_clock()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store, Today))
        {
            await PayAsync(ledger, "t-1", 10_000);
            await HoldAsync(ledger, "open", "Alex", TimeSpan.FromDays(7));
            await HoldAsync(ledger, "short", "Alex", TimeSpan.FromMinutes(5));
        }
        await using (var wrong = await OpenAsync(store, Wrong, acceptsClock: true))
        {
            await HoldAsync(wrong, "wrong", "Alex", TimeSpan.FromDays(1));
            Assert.Equal(HoldState.Expired, (await wrong.GetHoldAsync("open", Stop))!.State);
        }
        var clock = new ManualClock { Now = Today.AddHours(1) };
        await using var right = await OpenAsync(store, clock, acceptsClock: true);
        await PayAsync(right, "t-2");
        await HoldAsync(right, "new", "Alex", TimeSpan.FromHours(1));
        await AssertStatesAsync(right, HoldState.Open, HoldState.Expired, HoldState.Open, HoldState.Open);
        clock.Now = Today.AddHours(3);
        await PayAsync(right, "t-3");
        await AssertStatesAsync(right, HoldState.Open, HoldState.Expired, HoldState.Open, HoldState.Expired);
        clock.Now = Today.AddHours(26);
        await PayAsync(right, "t-4");
        await AssertStatesAsync(right, HoldState.Open, HoldState.Expired, HoldState.Expired, HoldState.Expired);
        clock.Now = Today.AddDays(8);
        await PayAsync(right, "t-5");
        await AssertStatesAsync(right, HoldState.Expired, HoldState.Expired, HoldState.Expired, HoldState.Expired);
        Assert.True((await LedgerVerification.VerifyAsync(store, null, Stop)).IsClean);
    }

    [Fact]
    public async Task What_a_wrong_clock_let_go_and_somebody_spent_stays_spent()
    {
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store, Today))
        {
            await PayAsync(ledger, "t-1", 100);
            await HoldAsync(ledger, "open", "Alex", TimeSpan.FromDays(7));
        }
        await using (var wrong = await OpenAsync(store, Wrong, acceptsClock: true))
            await wrong.TransferAsync("Alex", "Dave", Money.OfMinor(60, "USD"), "spent", Stop);
        await using var right = await OpenAsync(store, Today.AddHours(1), acceptsClock: true);
        await PayAsync(right, "t-2");
        Assert.Equal(HoldState.Expired, (await right.GetHoldAsync("open", Stop))!.State);
        Assert.True((await LedgerVerification.VerifyAsync(store, null, Stop)).IsClean);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(99)]
    [InlineData(101)]
    public async Task A_hold_that_ended_by_a_step_of_the_clock_is_open_again_when_it_is_set_right(int days)
    {
        await using var store = new MemoryStore();
        await using (var ledger = await OpenAsync(store, Today))
        {
            await PayAsync(ledger, "t-1", 10_000);
            await HoldAsync(ledger, "open", "Alex", TimeSpan.FromDays(7));
            await HoldAsync(ledger, "short", "Alex", TimeSpan.FromMinutes(5));
            await HoldAsync(ledger, "wrong", "Alex", TimeSpan.FromDays(days) + TimeSpan.FromHours(2));
        }
        var clock = new ManualClock { Now = Today.AddDays(days) };
        await using (var wrong = await OpenAsync(store, clock, acceptsClock: true))
        {
            await PayAsync(wrong, "t-2");
            // The wrong clock goes on, and ends what it had not ended at once.
            clock.Now += TimeSpan.FromHours(3);
            await PayAsync(wrong, "t-3");
            await AssertStatesAsync(wrong, HoldState.Expired, HoldState.Expired, HoldState.Expired);
        }
        clock.Now = Today.AddHours(1);
        await using (var right = await OpenAsync(store, clock, acceptsClock: true))
        {
            await PayAsync(right, "t-4");
            await AssertStatesAsync(right, HoldState.Open, HoldState.Expired, HoldState.Open);
        }
        await using var again = await OpenAsync(store, clock);
        await AssertStatesAsync(again, HoldState.Open, HoldState.Expired, HoldState.Open);
        clock.Now = Today.AddDays(7);
        await PayAsync(again, "t-5");
        await AssertStatesAsync(again, HoldState.Expired, HoldState.Expired, HoldState.Open);
        Assert.True((await LedgerVerification.VerifyAsync(store, null, Stop)).IsClean);
    }

    [Fact]
    public async Task What_ended_in_doubt_survives_a_checkpoint_and_a_lost_race()
    {
        using var directory = new TemporaryDirectory();
        var bank = directory.File("bank.db");
        var clock = new ManualClock { Now = Today };
        await using (var ledger = await OpenAsync(bank, clock))
        {
            await PayAsync(ledger, "t-1", 10_000);
            await HoldAsync(ledger, "open", "Alex", TimeSpan.FromDays(7));
        }
        clock.Now = Today.AddDays(30);
        await using (var one = await OpenAsync(bank, clock))
        await using (var other = await OpenAsync(bank, clock))
        {
            for (var i = 0; i < 20; i++)
                await Task.WhenAll(PayAsync(one, $"one-{i}"), PayAsync(other, $"other-{i}"));
        }
        clock.Now = Today.AddHours(1);
        await using var right = await OpenAsync(bank, clock, acceptsClock: true);
        await PayAsync(right, "t-2");
        Assert.Equal(HoldState.Open, (await right.GetHoldAsync("open", Stop))!.State);
        Assert.True((await LedgerVerification.VerifyAsync(bank, cancellationToken: Stop)).IsClean);
    }

    [Fact]
    public async Task A_clock_that_is_set_forward_under_a_running_process_is_not_believed_at_once()
    {
        await using var store = new MemoryStore();
        var clock = new LivedClock(Today);
        await using var ledger = await OpenAsync(store, clock);
        await PayAsync(ledger, "t-1");
        clock.Jump(TimeSpan.FromDays(8));
        var error = await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync(ledger, "t-2"));
        Assert.Contains("set forward by 8 days", error.Message, StringComparison.Ordinal);
        Assert.IsType<ClockSkewException>(await ledger.FindObstacleAsync(Stop));

        clock.Jump(TimeSpan.FromDays(-8));
        await PayAsync(ledger, "t-2");

        // A machine that was paused stays where it is.
        clock.Jump(TimeSpan.FromDays(60));
        await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync(ledger, "t-3"));
        clock.Live(TimeSpan.FromMinutes(10));
        await PayAsync(ledger, "t-3");
        await PayAsync(ledger, "t-4");
    }

    [Fact]
    public async Task A_machine_that_sleeps_for_months_is_believed()
    {
        await using var store = new MemoryStore();
        await PayAsync(store, Today, "t-0");
        var clock = new LivedClock(Today);
        await using var ledger = await OpenAsync(store, clock);
        await PayAsync(ledger, "t-1");
        clock.Live(TimeSpan.FromDays(300));
        await PayAsync(ledger, "t-2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_differs_from_the_stores_begins_no_ledger(int days)
    {
        await using var store = new ClockedStore(TimeSpan.FromDays(days), isOfAnotherMachine: false);
        var error = await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync(store, Today, "t-1"));
        Assert.Contains($"says {Today.AddDays(-days):u}", error.Message, StringComparison.Ordinal);
        await using var accepted = await OpenAsync(store, At(Today), acceptsClock: true);
        await PayAsync(accepted, "t-1");
        await PayAsync(accepted, "t-2");
    }

    [Fact]
    public async Task A_clock_of_another_machine_confirms_a_jump()
    {
        await using var alone = new ClockedStore(TimeSpan.Zero, isOfAnotherMachine: false);
        await PayAsync(alone, Today, "t-1");
        await Assert.ThrowsAsync<ClockSkewException>(() => PayAsync(alone, Wrong, "t-2"));
        await using var witnessed = new ClockedStore(TimeSpan.Zero, isOfAnotherMachine: true);
        await PayAsync(witnessed, Today, "t-1");
        await PayAsync(witnessed, Wrong, "t-2");
    }

    [Fact]
    public async Task A_server_whose_clock_cannot_be_right_is_not_ready()
    {
        using var directory = new TemporaryDirectory();
        var bank = directory.File("bank.db");
        await using (var ledger = await LocalLedger.OpenAsync(bank, new LedgerOptions { Clock = At(Today) }, Stop))
            await PayAsync(ledger, "t-1");
        foreach (var wrong in (DateTimeOffset[])[Wrong, Today.AddYears(-10)])
        {
            await using var server = await RunningServer.StartAsync(
                options => options with { Clock = At(wrong) }, directory.Path);
            using var ready = await server.Http.GetAsync("/health/ready", Stop);
            Assert.Equal(503, (int)ready.StatusCode);
            Assert.Equal("clock_skew", (await RunningServer.BodyAsync(ready)).GetProperty("code").GetString());
            var metrics = await server.Http.GetStringAsync("/metrics", Stop);
            Assert.Contains("settle_ready 0\n", metrics, StringComparison.Ordinal);
            Assert.Contains("settle_block_age_seconds{settle_ledger=\"bank\"}", metrics, StringComparison.Ordinal);
        }
        await using var right = await RunningServer.StartAsync(
            options => options with { Clock = At(Today.AddMinutes(1)) }, directory.Path);
        using var isReady = await right.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(200, (int)isReady.StatusCode);
    }

    [Fact]
    public async Task A_ledger_of_a_server_that_was_idle_for_long_needs_no_word_beside_one_that_was_not()
    {
        using var directory = new TemporaryDirectory();
        foreach (var (name, day) in new[] { ("idle", Today.AddYears(-1)), ("busy", Today) })
        {
            await using var ledger = await LocalLedger.OpenAsync(
                directory.File($"{name}.db"), new LedgerOptions { Clock = At(day) }, Stop);
            await PayAsync(ledger, "t-1");
        }
        await using var server = await RunningServer.StartAsync(options => options with
        {
            Clock = At(Today.AddMinutes(1)), Ledgers = [directory.Path + "/"],
        });
        using var ready = await server.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(200, (int)ready.StatusCode);
        using var done = await server.PostAsync("/v1/ledgers/idle/transfers",
            """{"id":"t-2","from":"@world","to":"Alex","amount":1}""");
        Assert.Equal(201, (int)done.StatusCode);
    }

    private static ManualClock At(DateTimeOffset time) => new() { Now = time };

    private static Task<LocalLedger> OpenAsync(
        IStore store, DateTimeOffset time, bool acceptsClock = false) =>
        OpenAsync(store, At(time), acceptsClock);

    private static Task<LocalLedger> OpenAsync(
        IStore store, TimeProvider clock, bool acceptsClock = false) =>
        LocalLedger.OpenAsync("bank", store, null,
            new LedgerOptions { Clock = clock, AcceptClock = acceptsClock }, Stop);

    private static Task<LocalLedger> OpenAsync(
        string file, TimeProvider clock, bool acceptsClock = false) => LocalLedger.OpenAsync(
            file, new LedgerOptions { Clock = clock, AcceptClock = acceptsClock }, Stop);

    private static async Task PayAsync(IStore store, DateTimeOffset time, string id)
    {
        await using var ledger = await OpenAsync(store, time);
        await PayAsync(ledger, id);
    }

    private static Task<Transfer> PayAsync(LocalLedger ledger, string id, long units = 1) =>
        ledger.TransferAsync("@world", "Alex", Money.OfMinor(units, "USD"), id, Stop);

    private static Task<Hold> HoldAsync(LocalLedger ledger, string id, string from, TimeSpan time) =>
        ledger.HoldAsync(new HoldRequest
        {
            Id = id, From = from, To = "Shop", Amount = Money.OfMinor(100, "USD"), ExpiresIn = time,
        }, Stop);

    private static async Task<Int128> BalanceAsync(LocalLedger ledger, DateTimeOffset time) =>
        (await ledger.GetAccountAsync("Alex", AsOf.AtTime(time), Stop))!.Balances[0].Balance.Units;

    private static async Task AssertStatesAsync(LocalLedger ledger, params HoldState[] states)
    {
        string[] ids = ["open", "short", "wrong", "new"];
        var found = new List<HoldState>();
        foreach (var id in ids[..states.Length]) found.Add((await ledger.GetHoldAsync(id, Stop))!.State!.Value);
        Assert.Equal(states, found);
    }
}
