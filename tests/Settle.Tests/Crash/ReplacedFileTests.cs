using System.Diagnostics;
using System.Text.Json;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>
/// A path is not a file. What people do to the file of a running server must not make two ledgers
/// of one, and what was acknowledged stays.
/// </summary>
public sealed class ReplacedFileTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private RunningServer? _server;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Folder => _directory.File("data");

    private string Bank => Path.Combine(Folder, "bank.db");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere an open file cannot be replaced");
        Directory.CreateDirectory(Folder);
        _server = await RunningServer.StartAsync(directory: Folder);
        await AssertSettlesAsync("t-1");
    }

    private static async Task FillAsync(string path, string prefix, int count)
    {
        await using var ledger = await Ledger.OpenAsync(path, cancellationToken: Stop);
        for (var number = 0; number < count; number++)
            await ledger.TransferAsync("@world", "Alex", Money.Of(1), $"{prefix}-fill-{number}", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_copy_that_is_moved_over_an_open_ledger_stops_it()
    {
        File.Copy(Bank, Bank + ".copy");
        await AssertSettlesAsync("t-2");
        File.Move(Bank + ".copy", Bank, overwrite: true);
        await AssertStopsAsync("replaced");
    }

    [Fact]
    public async Task A_copy_that_is_written_into_an_open_ledger_stops_it()
    {
        await RestartAsync();
        var copy = await File.ReadAllBytesAsync(Bank, Stop);
        for (var number = 2; number < 20; number++)
            await AssertSettlesAsync($"t-{number}", new string('m', 1000));
        await RestartAsync();
        Assert.True(new FileInfo(Bank).Length > copy.Length);
        await using (var file = new FileStream(Bank, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await file.WriteAsync(copy, Stop);
            file.SetLength(copy.Length);
        }
        // What was in memory decides whether SQLite stumbles first, or the look at what the file holds.
        await AssertStopsAsync("replaced|overwritten|damaged");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_longer_file_that_is_written_into_an_open_ledger_stops_it_before_anybody_reads(
        bool isForeign)
    {
        // Nobody looks at what is in a file's log but SQLite.
        const int Many = 400;
        if (isForeign) await FillAsync(Path.Combine(_directory.Path, "other.db"), "o", 2 * Many);
        await RestartAsync();
        var copy = isForeign ? Path.Combine(_directory.Path, "other.db") : Bank + ".copy";
        if (!isForeign) File.Copy(Bank, copy);
        await _server!.DisposeAsync();
        await FillAsync(Bank, "t", Many);
        _server = await RunningServer.StartAsync(directory: Folder);
        await AssertSettlesAsync("t-2");
        var content = await File.ReadAllBytesAsync(copy, Stop);
        var length = long.Max(content.Length, new FileInfo(Bank).Length);
        await using (var file = new FileStream(Bank, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            await file.WriteAsync(content, Stop);
            // No shorter than it was: its length says nothing.
            file.SetLength(length);
        }
        using (var read = await _server.Http.GetAsync("/v1/ledgers/bank/blocks/5", Stop))
            Assert.Equal(503, (int)read.StatusCode);
        using (var ready = await _server.Http.GetAsync("/health/ready", Stop))
            Assert.Equal(503, (int)ready.StatusCode);
        using var refused = await _server.PostAsync("/v1/ledgers/bank/transfers",
            """{"id":"t-9","from":"@world","to":"Alex","amount":1}""");
        Assert.Equal(503, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Another_new_ledger_that_is_written_into_one_with_its_log_stops_it()
    {
        var other = _directory.File("other.db");
        await using (await OfOneBlockAsync(other))
        {
            foreach (var ending in (string[])["", "-wal", "-shm"])
            {
                await using var from = Shared(other + ending, FileAccess.Read);
                await using var to = Shared(Bank + ending, FileAccess.Write);
                await from.CopyToAsync(to, Stop);
            }
        }
        await AssertStopsAsync("overwritten");
    }

    private static async Task<ILedger> OfOneBlockAsync(string path)
    {
        var ledger = await Ledger.OpenAsync(path, cancellationToken: Stop);
        await ledger.TransferAsync("@world", "Bob", Money.OfMinor(1, "USD"), "o-1", Stop);
        return ledger;
    }

    private static FileStream Shared(string path, FileAccess access) =>
        new(path, FileMode.Open, access, FileShare.ReadWrite);

    [Theory]
    [InlineData("-wal", "-shm")]
    [InlineData("-wal")]
    [InlineData("-shm")]
    public async Task A_log_that_is_deleted_stops_its_ledger_and_is_saved_when_that_is_closed(
        params string[] endings)
    {
        await AssertSettlesAsync("t-2");
        foreach (var ending in endings) File.Delete(Bank + ending);
        await AssertStopsAsync("holds the newest blocks");
        await _server!.DisposeAsync();
        _server = null;
        await using var ledger = await Ledger.OpenAsync(Bank, cancellationToken: Stop);
        Assert.NotNull(await ledger.GetTransferAsync("t-1", Stop));
        Assert.NotNull(await ledger.GetTransferAsync("t-2", Stop));
        Assert.Null(await ledger.GetTransferAsync("t-x", Stop));
    }

    [Fact]
    public async Task A_log_that_was_replaced_is_not_moved_into_the_file()
    {
        await AssertSettlesAsync("t-2");
        var before = await File.ReadAllBytesAsync(Bank, Stop);
        File.Delete(Bank + "-wal");
        await File.WriteAllTextAsync(Bank + "-wal", "somebody else's", Stop);
        await AssertStopsAsync("holds the newest blocks");
        await _server!.DisposeAsync();
        _server = null;
        Assert.Equal("somebody else's", await File.ReadAllTextAsync(Bank + "-wal", Stop));
        Assert.Equal(before, await File.ReadAllBytesAsync(Bank, Stop));
    }

    [Fact]
    public async Task A_ledger_whose_file_is_away_settles_nothing_until_it_is_back()
    {
        File.Move(Bank, Bank + ".away");
        await AssertIsAwayAsync("moved or deleted");
        File.Move(Bank + ".away", Bank);
        await AssertIsBackAsync();
    }

    [Fact]
    public async Task A_ledger_whose_folder_is_away_settles_nothing_until_it_is_back()
    {
        Directory.Move(Folder, Folder + ".away");
        await AssertIsAwayAsync("moved or deleted");
        Directory.Move(Folder + ".away", Folder);
        await AssertIsBackAsync();
    }

    [Fact]
    public async Task A_deleted_file_takes_no_writes()
    {
        File.Delete(Bank);
        await AssertIsAwayAsync("moved or deleted");
        Assert.False(File.Exists(Bank));
    }

    [Fact]
    public async Task A_second_name_keeps_a_ledger_from_being_written_until_it_is_gone()
    {
        await LinkAsync(Bank + ".other");
        await AssertIsAwayAsync("hard links");
        File.Delete(Bank + ".other");
        await AssertIsBackAsync();
    }

    [Theory]
    [InlineData("bank.db")]
    [InlineData("other.db")]
    public async Task A_file_of_two_names_cannot_be_opened_by_either(string name)
    {
        await LinkAsync(Path.Combine(Folder, "other.db"));
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            Ledger.OpenAsync(Path.Combine(Folder, name), cancellationToken: Stop));
        Assert.Contains("has 2 names (hard links)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_mounted_by_itself_is_refused()
    {
        var mounted = _directory.File("mounted.db");
        await File.WriteAllTextAsync(mounted, "", Stop);
        Assert.SkipUnless(await RunAsync("mount", "--bind", Bank, mounted), "only root can mount");
        try
        {
            var error = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
                Ledger.OpenAsync(mounted, cancellationToken: Stop));
            Assert.Contains("Mount its folder instead", error.Message, StringComparison.Ordinal);
            await AssertSettlesAsync("t-2");
        }
        finally
        {
            Assert.True(await RunAsync("umount", "--lazy", mounted));
        }
        Directory.CreateDirectory(_directory.File("folder"));
        Assert.True(await RunAsync("mount", "--bind", Folder, _directory.File("folder")));
        try
        {
            await using var ledger = await Ledger.OpenAsync(
                Path.Combine(_directory.File("folder"), "bank.db"), cancellationToken: Stop);
            await ledger.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), "t-3", Stop);
        }
        finally
        {
            Assert.True(await RunAsync("umount", "--lazy", _directory.File("folder")));
        }
        using var again = await PostAsync("t-3", "another memo");
        Assert.Equal(409, (int)again.StatusCode);
    }

    [Fact]
    public async Task A_symbolic_link_is_one_more_way_to_the_same_ledger()
    {
        var link = _directory.File("link.db");
        File.CreateSymbolicLink(link, Bank);
        await using var ledger = await Ledger.OpenAsync(link, cancellationToken: Stop);
        Assert.Equal(1, (await ledger.GetTransferAsync("t-1", Stop))!.Block);
        await ledger.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), "t-2", Stop);
        Assert.Equal("link", ledger.Name);
        Assert.False(File.Exists(link + "-wal"));
        using var again = await PostAsync("t-2", "another memo");
        Assert.Equal(409, (int)again.StatusCode);

        var other = _directory.File("other.db");
        await using (var made = await Ledger.OpenAsync(other, cancellationToken: Stop))
            await made.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), "t-1", Stop);
        File.Delete(link);
        File.CreateSymbolicLink(link, other);
        await Assert.ThrowsAnyAsync<SettleException>(
            () => ledger.TransferAsync("@world", "Alex", Money.OfMinor(1, "USD"), "t-3", Stop));
        await using var untouched = await Ledger.OpenAsync(other, cancellationToken: Stop);
        Assert.Equal(1, (await untouched.GetInfoAsync(Stop)).Height);
    }

    private async Task LinkAsync(string name) => Assert.True(await RunAsync("ln", Bank, name));

    private static async Task<bool> RunAsync(string program, params string[] words)
    {
        using var run = Process.Start(program, words);
        await run.WaitForExitAsync(CancellationToken.None);
        return run.ExitCode == 0;
    }

    private async Task RestartAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
        _server = await RunningServer.StartAsync(directory: Folder);
    }

    private Task<HttpResponseMessage> PostAsync(string id, string memo = "m") => _server!.PostAsync(
        "/v1/ledgers/bank/transfers",
        $$"""{"id":"{{id}}","from":"@world","to":"Alex","amount":1,"memo":"{{memo}}"}""");

    private async Task AssertSettlesAsync(string id, string memo = "m")
    {
        using var settled = await PostAsync(id, memo);
        Assert.Equal(201, (int)settled.StatusCode);
    }

    private async Task AssertStopsAsync(string why)
    {
        using var refused = await PostAsync("t-x");
        Assert.Equal(503, (int)refused.StatusCode);
        var problem = await RunningServer.BodyAsync(refused);
        Assert.Equal("store_corrupt", problem.GetProperty("code").GetString());
        Assert.Matches(why, problem.GetProperty("detail").GetString());
        using var again = await PostAsync("t-x");
        Assert.Equal(("store_corrupt", 503), (await CodeAsync(again), (int)again.StatusCode));
        using var ready = await _server!.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(("store_corrupt", 503), (await CodeAsync(ready), (int)ready.StatusCode));
    }

    private async Task AssertIsAwayAsync(string why)
    {
        using var ready = await _server!.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(("store_unavailable", 503), (await CodeAsync(ready), (int)ready.StatusCode));
        using var refused = await PostAsync("t-x");
        var problem = await RunningServer.BodyAsync(refused);
        Assert.Equal("not_applied", problem.GetProperty("outcome").GetString());
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task AssertIsBackAsync()
    {
        await AssertSettlesAsync("t-x");
        using var ready = await _server!.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(200, (int)ready.StatusCode);
        using var again = await PostAsync("t-1");
        Assert.Equal(200, (int)again.StatusCode);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadAsStringAsync(Stop)) is var text
            ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() : null;
}
