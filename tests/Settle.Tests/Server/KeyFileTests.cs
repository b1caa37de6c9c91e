using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Settle.Server;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>The file of keys: who changes it loses nothing, and what is wrong with it lets nobody in.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string KeysFile => _directory.File("keys.json");

    /// <summary>What can happen to the file, and what the log says of it.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "deleted", "keys.json" },
        { "", "it is empty" },
        { "null", "it is null" },
        { "[null]", "[0] is null" },
        { "{}", "it must be a JSON array" },
        { "[{", "" },
        { """[{"name":"a","sha256":"zz","role":"admin","ledgers":["*"]}]""", "64 hexadecimal digits" },
        { """[{"name":"a","sha256":null,"role":"admin","ledgers":["*"]}]""", "[0].sha256 is missing" },
        { """[{"name":"a","sha256":"$","role":"owner","ledgers":["*"]}]""", "[0].role must be reader, teller or admin" },
        { """[{"name":"a","sha256":"$","role":"admin","ledgers":[null]}]""", "cannot be a ledger's name" },
        { """[{"name":"a","sha256":"$","role":"admin","ledgers":["*"],"more":1}]""", "[0].more is not known here" },
        { """[{"name":"a","sha256":"$","role":"reader","role":"admin","ledgers":["*"]}]""", "role" },
        { """[{"name":"a","sha256":"$","role":"admin","ledgers":["one"],"ledgers":["*"]}]""", "ledgers" },
        { """[{"name":" ","sha256":"$","role":"admin","ledgers":["*"]}]""", "[0] has no name" },
        { """
            [{"name":"a","sha256":"$","role":"reader","ledgers":["*"]},
            {"name":"b","sha256":"$","role":"admin","ledgers":["*"]}]
            """, "'a' and 'b' are the same key" },
        { "twice", "two keys have the name 'shop'" },
        { "half", "" },
        { "a folder", "" },
        { "writable", "everybody may write it" },
        { "a pipe", "it is a device or a pipe" },
    };

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Keys_that_many_add_and_remove_at_once_are_all_added_and_removed()
    {
        ApiKeys.Add(KeysFile, "first", ApiRole.Admin, []);
        for (var i = 0; i < 40; i++) ApiKeys.Add(KeysFile, $"old-{i}", ApiRole.Reader, []);
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            (i, _) =>
            {
                ApiKeys.Add(KeysFile, $"new-{i}", ApiRole.Teller, []);
                Assert.True(ApiKeys.Remove(KeysFile, $"old-{i}"));
                return ValueTask.CompletedTask;
            });
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"new-{i}").Append("first").Order(),
            ApiKeys.Load(KeysFile).All.Select(key => key.Name).Order());
        Assert.Equal([KeysFile], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public async Task Keys_that_many_processes_add_and_remove_at_once_are_all_added_and_removed()
    {
        for (var i = 0; i < 4; i++) ApiKeys.Add(KeysFile, $"old-{i}", ApiRole.Reader, []);
        var runs = Enumerable.Range(0, 4).SelectMany(i => new[]
        {
            new SettleProcess("keys", "add", $"new-{i}", "--keys", KeysFile),
            new SettleProcess("keys", "remove", $"old-{i}", "--keys", KeysFile),
        }).ToList();
        foreach (var run in runs)
            await using (run) Assert.True(await run.EndAsync() == 0, run.Errors);
        Assert.Equal(["new-0", "new-1", "new-2", "new-3"],
            ApiKeys.Load(KeysFile).All.Select(key => key.Name).Order());
    }

    [Fact]
    public void A_key_is_not_added_to_a_file_that_cannot_be_read()
    {
        foreach (var text in new[] { "", "[null]", "[{", "null" })
        {
            File.WriteAllText(KeysFile, text);
            Assert.Equal("keys", Assert.Throws<InvalidRequestException>(
                () => ApiKeys.Add(KeysFile, "a", ApiRole.Admin, [])).Field);
            Assert.Equal("keys", Assert.Throws<InvalidRequestException>(
                () => ApiKeys.Remove(KeysFile, "a")).Field);
            Assert.Equal(text, File.ReadAllText(KeysFile));
        }
    }

    [Theory]
    [InlineData("a ")]
    [InlineData("a\u200bb")]
    [InlineData("u\u0308ber")]
    public void A_name_that_older_rules_let_in_stays_good_and_can_be_removed(string name)
    {
        ApiKeys.Add(KeysFile, "shop", ApiRole.Admin, []);
        File.WriteAllText(KeysFile, File.ReadAllText(KeysFile).Replace("shop", name, StringComparison.Ordinal));
        Assert.Equal(name, Assert.Single(ApiKeys.Load(KeysFile).All).Name);
        ApiKeys.Add(KeysFile, "next", ApiRole.Reader, []);
        Assert.Throws<InvalidRequestException>(() => ApiKeys.Add(KeysFile, name + "2\u200b", ApiRole.Reader, []));
        Assert.True(ApiKeys.Remove(KeysFile, name));
        Assert.Equal("next", Assert.Single(ApiKeys.Load(KeysFile).All).Name);
    }

    [Fact]
    public async Task A_file_in_which_a_key_is_twice_is_repaired_by_removing_one()
    {
        ApiKeys.Add(KeysFile, "a", ApiRole.Admin, []);
        var one = (await File.ReadAllTextAsync(KeysFile, Stop)).Trim().Trim('[', ']').Trim();
        await File.WriteAllTextAsync(KeysFile, $"[{one},{one.Replace("\"a\"", "\"b\"")},{one.Replace("\"a\"", "\"b\"")}]", Stop);
        Assert.Contains("settle keys remove", Assert.Throws<InvalidRequestException>(
            () => ApiKeys.Load(KeysFile)).Message, StringComparison.Ordinal);
        var run = await CommandRun.OnAsync("none.db", "keys", "remove", "b", "--keys", KeysFile);
        Assert.Contains("removed b", run.Output, StringComparison.Ordinal);
        Assert.Contains("the same key is there as 'a' too", run.Error, StringComparison.Ordinal);
        Assert.Equal("a", Assert.Single(ApiKeys.Load(KeysFile).All).Name);
        run = await CommandRun.OnAsync("none.db", "keys", "remove", "a", "--keys", KeysFile);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Who_could_read_the_file_can_read_it_after_a_change()
    {
        if (OperatingSystem.IsWindows()) return;
        ApiKeys.Add(KeysFile, "a", ApiRole.Admin, []);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeysFile));
        var shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(KeysFile, shared);
        var link = _directory.File("link.json");
        File.CreateSymbolicLink(link, KeysFile);
        ApiKeys.Add(link, "b", ApiRole.Admin, []);
        Assert.Equal(shared, File.GetUnixFileMode(KeysFile));
        Assert.Equal(2, ApiKeys.Load(KeysFile).All.Count);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        if (Environment.UserName != "root") return;
        Process.Start("chown", ["65534:65534", KeysFile])!.WaitForExit();
        Assert.Contains("user 65534", Assert.Throws<InvalidRequestException>(
            () => ApiKeys.Add(KeysFile, "c", ApiRole.Admin, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_ends_what_it_has_begun_and_no_other_key_does()
    {
        var (gone, changed) = (Add("gone"), Add("changed"));
        var kept = Add("kept");
        await using var server = await StartAsync();
        var streams = new Dictionary<string, StreamReader>();
        foreach (var key in new[] { gone, changed, kept })
        {
            var response = await SendAsync(server, "/v1/ledgers/bank/events", key);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            streams[key] = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
            Assert.Equal(": settle", await streams[key].ReadLineAsync(Stop));
        }
        Assert.True(ApiKeys.Remove(KeysFile, "gone"));
        await AssertEndsAsync(streams[gone]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(server, "/v1/ledgers", gone)).StatusCode);
        // The same key with other rights has to begin again.
        var text = await File.ReadAllTextAsync(KeysFile, Stop);
        await File.WriteAllTextAsync(KeysFile, text.Replace("\"reader\"", "\"admin\""), Stop);
        await AssertEndsAsync(streams[changed]);
        foreach (var stream in streams.Values) stream.Dispose();
    }

    [Fact]
    public async Task A_key_that_stays_keeps_its_stream_when_another_is_removed()
    {
        var (gone, kept) = (Add("gone"), Add("kept"));
        await using var server = await StartAsync();
        using var response = await SendAsync(server, "/v1/ledgers/bank/events", kept);
        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync(Stop));
        using var other = await SendAsync(server, "/v1/ledgers/bank/events", gone);
        using var ending = new StreamReader(await other.Content.ReadAsStreamAsync(Stop));
        Assert.True(ApiKeys.Remove(KeysFile, "gone"));
        await AssertEndsAsync(ending);
        var teller = ApiKeys.Add(KeysFile, "teller", ApiRole.Teller, []);
        using var known = await UntilAsync(server, "/v1/ledgers", teller, HttpStatusCode.OK);
        await using var ledger = HttpLedger.Open(
            $"{server.Http.BaseAddress}bank", new HttpLedgerOptions { ApiKey = teller });
        await ledger.TransferAsync("@world", "Alex", Money.Of(1), "t-1", Stop);
        while (await stream.ReadLineAsync(Stop) is { } line)
            if (line.Contains("t-1", StringComparison.Ordinal)) return;
        Assert.Fail("the stream ended");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_file_that_cannot_be_read_lets_nobody_in_until_it_is_repaired(string text, string why)
    {
        var key = Add("shop");
        var right = await File.ReadAllTextAsync(KeysFile, Stop);
        var log = new ListLog();
        await using var server = await StartAsync(log);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, "/v1/ledgers", key)).StatusCode);
        using var events = await SendAsync(server, "/v1/ledgers/bank/events", key);
        using var stream = new StreamReader(await events.Content.ReadAsStreamAsync(Stop));
        Damage(text, right);

        using var refused = await UntilAsync(server, "/v1/ledgers", key, HttpStatusCode.ServiceUnavailable);
        var problem = await RunningServer.BodyAsync(refused);
        Assert.Equal("keys_unavailable", problem.GetProperty("code").GetString());
        Assert.Equal("not_applied", problem.GetProperty("outcome").GetString());
        Assert.DoesNotContain(_directory.Path, problem.GetRawText(), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        await AssertEndsAsync(stream);
        using var ready = await server.Http.GetAsync("/health/ready", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.DoesNotContain(_directory.Path, await ready.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var closed = log.Lines.Last(line => line.StartsWith("Error: Nobody is let in", StringComparison.Ordinal));
        Assert.Contains(why, closed, StringComparison.Ordinal);
        Assert.Contains(KeysFile, closed, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("Settle.", closed, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/health/live", Stop)).StatusCode);

        if (Directory.Exists(KeysFile)) Directory.Delete(KeysFile);
        File.Delete(KeysFile);
        await File.WriteAllTextAsync(KeysFile, right, Stop);
        using var again = await UntilAsync(server, "/v1/ledgers", key, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/health/ready", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_written_anew_in_place_turns_nobody_away()
    {
        var key = Add("shop");
        await using var server = await StartAsync(new ListLog(), new FastClock(5));
        var right = await File.ReadAllBytesAsync(KeysFile, Stop);
        var file = new FileStream(KeysFile, FileMode.Truncate);
        await using (file)
        {
            for (var i = 0; i < 10; i++)
                Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, "/v1/ledgers", key)).StatusCode);
            await file.WriteAsync(right, Stop);
        }
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(server, "/v1/ledgers", key)).StatusCode);
    }

    [Fact]
    public async Task A_server_does_not_start_without_keys_it_can_read()
    {
        foreach (var text in new[] { "", "[null]", "null" })
        {
            await File.WriteAllTextAsync(KeysFile, text, Stop);
            var error = await Assert.ThrowsAsync<InvalidRequestException>(() => StartAsync());
            Assert.Equal("keys", error.Field);
        }
    }

    private string Add(string name) => ApiKeys.Add(KeysFile, name, ApiRole.Reader, []);

    private Task<RunningServer> StartAsync(ListLog? log = null, TimeProvider? clock = null) =>
        RunningServer.StartAsync(options => options with
        {
            KeysFile = KeysFile, Log = log, Clock = clock ?? new FastClock(),
        });

    private void Damage(string text, string right)
    {
        switch (text)
        {
            case "deleted": File.Delete(KeysFile); break;
            case "half": File.WriteAllText(KeysFile, right[..(right.Length / 2)]); break;
            case "twice":
                File.WriteAllText(KeysFile, $"[{right.Trim().Trim('[', ']')},{right.Trim().Trim('[', ']')}]");
                break;
            case "a folder":
                File.Delete(KeysFile);
                Directory.CreateDirectory(KeysFile);
                break;
            case "a pipe":
                File.Delete(KeysFile);
                using (var made = Process.Start("mkfifo", [KeysFile])) made.WaitForExit();
                break;
            case "writable":
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(KeysFile, UnixFileMode.UserRead | UnixFileMode.OtherWrite);
                break;
            default: File.WriteAllText(KeysFile, text.Replace("$", new string('a', 64))); break;
        }
    }

    private static async Task AssertEndsAsync(StreamReader stream)
    {
        try
        {
            while (await stream.ReadLineAsync(Stop) is not null) continue;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The connection was cut: that is the end, too.
        }
    }

    private static async Task<HttpResponseMessage> UntilAsync(
        RunningServer server, string address, string key, HttpStatusCode status)
    {
        while (true)
        {
            var response = await SendAsync(server, address, key);
            if (response.StatusCode == status) return response;
            response.Dispose();
        }
    }

    private static Task<HttpResponseMessage> SendAsync(RunningServer server, string address, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }
}
