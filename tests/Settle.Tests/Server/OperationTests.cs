using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Settle.Server;
using SQLitePCL;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>What whoever runs a server relies on: metrics, logs, folders, keys that change.</summary>
public sealed partial class OperationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_are_in_the_text_format_and_count_what_happened()
    {
        // A name of its own: the meter is that of the process, where other tests have ledgers too.
        await using var server = await RunningServer.StartAsync(options => options with
        {
            Ledgers = [options.Ledgers[0].Replace("bank.db", "measured.db", StringComparison.Ordinal)],
        });
        await using var ledger = HttpLedger.Open($"{server.Http.BaseAddress}measured");
        await ledger.TransferAsync("@world", "Alex", Money.Of(1), "t-1", Stop);
        await Assert.ThrowsAsync<InsufficientFundsException>(
            () => ledger.TransferAsync("Dave", "Alex", Money.Of(1), "t-2", Stop));
        var text = await server.Http.GetStringAsync("/metrics", Stop);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.True(line.StartsWith("# ", StringComparison.Ordinal) || Sample.IsMatch(line), line);
        Assert.Contains(Of("settle_height", "") + " 2\n", text);
        Assert.Contains(Of("settle_up", "") + " 1\n", text);
        Assert.Contains(Of("settle_decisions_total", Kind("successful")) + " 1\n", text);
        Assert.Contains(Of("settle_decisions_total", Kind("insufficient_funds")) + " 1\n", text);
        Assert.Contains(Of("settle_block_entries_bucket", ",le=\"1\"") + " 1\n", text);
        Assert.Contains(Of("settle_block_write_duration_seconds_count", "") + " 2\n", text);
        Assert.Matches(@"http_server_request_duration_seconds_count\{[^}]*http_route=""/v1/ledgers/\{ledger\}/transfers""", text);
        Assert.Contains("settle_ready 1", text);

        static string Of(string name, string labels) => $"{name}{{settle_ledger=\"measured\"{labels}}}";
        static string Kind(string outcome) =>
            $",settle_entry_kind=\"transfer\",settle_outcome=\"{outcome}\"";
    }

    [Fact]
    public async Task A_folder_is_served_whole_and_takes_new_ledgers()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await RunningServer.StartAsync(
            options => options with { Ledgers = [directory.Path] });
        foreach (var name in new[] { "one", "two-2_" })
        {
            using var made = await server.PutAsync($"/v1/ledgers/{name}", """{"asset":"EUR"}""");
            Assert.Equal(201, (int)made.StatusCode);
            using var again = await server.PutAsync($"/v1/ledgers/{name}", """{"asset":"EUR"}""");
            Assert.Equal(200, (int)again.StatusCode);
            using var other = await server.PutAsync($"/v1/ledgers/{name}", """{"asset":"USD"}""");
            Assert.Equal(422, (int)other.StatusCode);
            Assert.True(File.Exists(directory.File(name + ".db")));
        }
        foreach (var name in new[] { "..%2Fthree", "th%20ree", "three.db", "%2E%2E", "three%00" })
        {
            using var refused = await server.PutAsync($"/v1/ledgers/{name}", """{"asset":"EUR"}""");
            Assert.InRange((int)refused.StatusCode, 400, 404);
        }
        using var bad = await server.PutAsync("/v1/ledgers/three", """{"asset":"no asset"}""");
        Assert.Equal(400, (int)bad.StatusCode);
        Assert.False(File.Exists(directory.File("three.db")));
        await using var reopened = await RunningServer.StartAsync(
            options => options with { Ledgers = [directory.Path] });
        Assert.Equal(["one", "two-2_"], (await reopened.GetAsync("/v1/ledgers")).GetProperty("items")
            .EnumerateArray().Select(ledger => ledger.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Nothing_secret_is_logged()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("keys.json");
        var key = ApiKeys.Add(file, "till 7", ApiRole.Admin, []);
        using var log = new ListLog();
        await using var server = await RunningServer.StartAsync(
            options => options with { KeysFile = file, LogRequests = true, Log = log });
        using (var ledger = server.Client(new HttpLedgerOptions { ApiKey = key }))
        {
            await ledger.TransferAsync("@world", "Alex Secret", Money.Of(1), "id-secret", Stop);
            await ledger.GetAccountAsync("Alex Secret", cancellationToken: Stop);
            await ledger.ListTransfersAsync(new TransferQuery { Account = "Alex Secret" }, Stop);
            await Assert.ThrowsAsync<InsufficientFundsException>(
                () => ledger.TransferAsync("Alex Secret", "x", Money.Of(9), "id-secret-2", Stop));
        }
        using (var stranger = server.Client(new HttpLedgerOptions { ApiKey = "sk_wrong" }))
            await Assert.ThrowsAsync<UnauthorizedException>(() => stranger.GetInfoAsync(Stop));
        Assert.Contains(log.Lines, line => line.Contains("POST /v1/ledgers/{ledger}/transfers on bank by till 7: 201"));
        foreach (var secret in new[] { key, key[3..], "sk_", "Bearer", "Secret", "id-secret" })
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret));
    }

    [Fact]
    public async Task A_key_that_is_removed_stops_working_while_the_server_runs()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("keys.json");
        var key = ApiKeys.Add(file, "gone soon", ApiRole.Reader, []);
        await using var server = await RunningServer.StartAsync(options => options with { KeysFile = file });
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Assert.Equal(200, await StatusAsync(server));
        Assert.True(ApiKeys.Remove(file, "gone soon"));
        while (await StatusAsync(server) != 401) await Task.Delay(50, Stop);
    }

    [Fact]
    public async Task A_ledger_that_does_not_answer_in_time_leaves_the_outcome_unknown()
    {
        await using var server = await RunningServer.StartAsync(
            options => options with { RequestTimeout = TimeSpan.FromMilliseconds(300) });
        const string Transfers = "/v1/ledgers/bank/transfers";
        const string Body = """{"id":"t-1","from":"@world","to":"Alex","amount":5}""";
        await server.PutAsync("/v1/ledgers/bank", """{"asset":"USD"}""");
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path.Combine(server.Directory, "bank.db"), out var other));
        using (other)
        {
            // Another program holds the file, so that no block can be written.
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other, "BEGIN IMMEDIATE"));
            using var response = await server.PostAsync(Transfers, Body);
            Assert.Equal(503, (int)response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            var problem = await RunningServer.BodyAsync(response);
            Assert.Equal("outcome_unknown", problem.GetProperty("code").GetString());
            Assert.Equal("unknown", problem.GetProperty("outcome").GetString());
            Assert.Contains("a batch with all of its ids", problem.GetProperty("detail").GetString());
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other, "ROLLBACK"));
        }
        // The same request again: decided once, whenever that was.
        while (true)
        {
            using var again = await server.PostAsync(Transfers, Body);
            if ((int)again.StatusCode is 200 or 201) break;
            Assert.Equal(503, (int)again.StatusCode);
        }
        await using var ledger = server.Client();
        Assert.Equal(5, (await ledger.GetAccountAsync("Alex", cancellationToken: Stop))!.Balances.Single().Balance.Units);
    }

    private static async Task<int> StatusAsync(RunningServer server)
    {
        using var response = await server.Http.GetAsync("/v1/ledgers/bank", Stop);
        return (int)response.StatusCode;
    }

    [GeneratedRegex("""^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*",?)*\})? -?[0-9.eE+-]+$""")]
    private static partial Regex Sample { get; }
}
