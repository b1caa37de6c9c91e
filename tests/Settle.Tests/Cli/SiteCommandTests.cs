using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Sites on the command line, without a server.</summary>
public sealed class SiteCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Office => _folder.File("office.db");

    private string Shop => _folder.File("shop.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sites_are_listed_as_json_with_all_that_is_known_of_them()
    {
        await JoinAsync();
        await CommandRun.DoneAsync(Shop, "transfer", "@world", "Bob", "7");
        await SyncAsync();

        var sites = (await CommandRun.DoneAsync(Office, "sites", "--json")).Json;

        Assert.Equal(2, sites.GetArrayLength());
        var (main, shop) = (sites[0], sites[1]);
        Assert.Equal("main", main.GetProperty("name").GetString());
        Assert.True(main.GetProperty("is_own").GetBoolean());
        Assert.Equal("active", shop.GetProperty("state").GetString());
        Assert.Equal("shop:", shop.GetProperty("prefix").GetString());
        Assert.Equal(shop.GetProperty("height").GetInt64(), shop.GetProperty("read").GetInt64());
        Assert.True(shop.GetProperty("seen_by").GetProperty("main").GetInt64() > 0);
        var table = (await CommandRun.DoneAsync(Office, "sites")).Output;
        Assert.Contains("main (here)", table, StringComparison.Ordinal);
        Assert.Contains("7.00 EUR", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_balance_has_what_this_site_may_spend_beside_the_total()
    {
        await JoinAsync();
        var json = (await CommandRun.DoneAsync(Shop, "balance", "Ann", "--json")).Json[0];
        Assert.Equal(10000, json.GetProperty("balance").GetInt64());
        Assert.Equal(0, json.GetProperty("here").GetInt64());
        var alone = _folder.File("alone.db");
        await CommandRun.DoneAsync(alone, "transfer", "@world", "Ann", "1");
        Assert.DoesNotContain("here", (await CommandRun.DoneAsync(alone, "balance", "--json")).Output,
            StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Usage,
            (await CommandRun.OnAsync(Shop, "balance", "--at", "1")).Status);
    }

    [Theory]
    [InlineData("insufficient_here", "transfer", "Ann", "Bob", "5", "--id", "x@shop")]
    [InlineData("not_here", "transfer", "@world", "Bob", "5", "--id", "x")]
    [InlineData("not_here", "open", "Ann", "--overdraft", "5")]
    [InlineData("not_here", "charge", "Ann", "5", "tea")]
    [InlineData("not_here", "sites", "add", "more")]
    [InlineData("not_here", "asset", "points", "--scale", "0")]
    public async Task What_cannot_be_decided_at_a_site_ends_with_1_and_records_nothing(
        string code, params string[] words)
    {
        await JoinAsync();
        var run = await CommandRun.OnAsync(Shop, [.. words, "--json"]);
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Equal(code, run.Problem.GetProperty("code").GetString());
        Assert.False(run.Problem.TryGetProperty("block", out _));
    }

    [Theory]
    [InlineData("sites", "add", "Shop")]
    [InlineData("sites", "add", "main")]
    [InlineData("sites", "add", "more", "--prefix", "@wor")]
    [InlineData("sites", "add", "more", "--prefix", "receivable:")]
    [InlineData("sites", "add", "more", "--url", "lisbon")]
    [InlineData("sites", "add", "more", "--url", "https://:sk_secret@lisbon.example/bank")]
    [InlineData("sites", "allow", "Ann", "--at", "main", "--amount", "5")]
    [InlineData("sites", "allow", "Ann", "--at", "shop", "--amount", "-5")]
    [InlineData("sites", "allow", "Ann", "--at", "shop", "--amount", "0")]
    [InlineData("sites", "allow", "Ann", "--at", "shop", "--amount", "-5", "--standing")]
    [InlineData("sites", "allow", "Ann", "--at", "main", "--amount", "5", "--standing")]
    [InlineData("sites", "allow", "@world", "--at", "shop", "--amount", "5", "--standing")]
    [InlineData("init", "--site", "more")]
    [InlineData("init", "--site", "more", "--join", "couchdb://host:5984/bank")]
    [InlineData("sync", "couchdb://host:5984/bank", "shop.db")]
    public async Task What_is_typed_wrongly_ends_with_2_and_changes_nothing(params string[] words)
    {
        await JoinAsync();
        var before = (await CommandRun.DoneAsync(Office, "info", "--json")).Output;
        var run = await CommandRun.OnAsync(Office, words);
        Assert.True(run.Status == ExitStatus.Usage, $"{run.Status}: {run.Error}");
        Assert.DoesNotContain("sk_secret", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, (await CommandRun.DoneAsync(Office, "info", "--json")).Output);
    }

    [Theory]
    [InlineData("site_exists", "sites", "add", "shop")]
    [InlineData("prefix_in_use", "sites", "add", "more", "--prefix", "shop:till")]
    [InlineData("site_active", "sites", "end", "shop")]
    [InlineData("unknown_site", "sites", "suspend", "nowhere")]
    [InlineData("unknown_site", "sites", "allow", "Ann", "--at", "nowhere", "--amount", "5")]
    [InlineData("founder_stays", "sites", "suspend", "main")]
    [InlineData("founder_stays", "sites", "retire")]
    [InlineData("insufficient_funds", "sites", "allow", "Ann", "--at", "shop", "--amount", "500")]
    [InlineData("unknown_account", "sites", "allow", "Anm", "--at", "shop", "--amount", "5", "--standing")]
    [InlineData("not_here", "sites", "allow", "shop:Ann", "--at", "shop", "--amount", "5", "--standing")]
    public async Task What_the_ledger_refuses_about_sites_says_why(string code, params string[] words)
    {
        await JoinAsync();
        var run = await CommandRun.OnAsync(Office, words);
        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains($"[{code}]", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no site has the name 'nowhere' [", "sites", "allow", "Ann", "--at", "nowhere", "--amount", "5")]
    [InlineData("no site has the name 'nowhere';", "sites", "suspend", "nowhere")]
    [InlineData("a site with the name 'shop' was added before;", "sites", "add", "shop")]
    [InlineData("the site 'shop' is not suspended: suspend it first", "sites", "end", "shop")]
    [InlineData("but 500.00 is needed [", "sites", "allow", "Ann", "--at", "shop", "--amount", "500")]
    [InlineData("amount: 'x' is not an amount; write it as 50 or 50.00 [", "sites", "allow", "Ann", "--at", "shop", "--amount", "x")]
    public async Task What_is_refused_about_a_site_quotes_what_was_typed(
        string text, params string[] words)
    {
        await JoinAsync();
        Assert.Contains(text, (await CommandRun.OnAsync(Office, words)).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_site_decides_is_sent_there_under_an_id_that_it_takes()
    {
        await JoinAsync();
        Assert.Contains("site main decides this: send it there, under an id of that site [",
            (await CommandRun.OnAsync(Shop, "open", "Ann", "--overdraft", "5")).Error,
            StringComparison.Ordinal);
        Assert.Contains("site shop decides this: send it there, under an id of that site [",
            (await CommandRun.OnAsync(Office, "open", "shop:Till", "--overdraft", "5")).Error,
            StringComparison.Ordinal);
        Assert.Contains("site main decides this: send it there (id x) [",
            (await CommandRun.OnAsync(Shop, "transfer", "@world", "Bob", "5", "--id", "x")).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_names_the_sites_and_what_was_granted_to_them()
    {
        await JoinAsync();
        await CommandRun.DoneAsync(Office, "sites", "allow", "Ann", "--at", "shop", "--amount", "5");
        var log = (await CommandRun.DoneAsync(Office, "log", "--csv")).Output;
        Assert.Contains("\"shop, home of shop:*\"", log, StringComparison.Ordinal);
        Assert.Contains("Ann 5.00 EUR to shop", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_is_kept_at_an_amount_until_that_is_ended()
    {
        await JoinAsync();
        string[] words = ["sites", "allow", "Ann", "--at", "shop", "--standing", "--amount"];
        Assert.Contains("shop is kept at 50.00 EUR of Ann; 50.00 EUR of Ann granted to shop",
            (await CommandRun.DoneAsync(Office, [.. words, "50"])).Output, StringComparison.Ordinal);
        Assert.Equal("shop is kept at 50.00 EUR of Ann",
            (await CommandRun.DoneAsync(Office, [.. words, "50"])).Output.Trim());
        await SyncAsync();
        await CommandRun.DoneAsync(Shop, "transfer", "Ann", "Bob", "30");
        await SyncAsync();
        await SyncAsync();
        Assert.Contains("shop is kept at 50.00 EUR of Ann by main",
            (await CommandRun.DoneAsync(Shop, "sites")).Output, StringComparison.Ordinal);
        var kept = (await CommandRun.DoneAsync(Shop, "sites", "--json")).Json[1]
            .GetProperty("allowances")[0];
        Assert.Equal(("Ann", 5000, "EUR", "main"), (kept.GetProperty("account").GetString(),
            kept.GetProperty("amount").GetInt64(), kept.GetProperty("asset").GetString(),
            kept.GetProperty("by").GetString()));
        Assert.Equal("shop gets no more of Ann by itself; what it has of it stays there",
            (await CommandRun.DoneAsync(Office, [.. words, "0"])).Output.Trim());
        Assert.Contains("Ann 50.00 EUR to shop, shop is kept at 50.00 EUR",
            (await CommandRun.DoneAsync(Office, "log", "--csv")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is kept", (await CommandRun.DoneAsync(Office, "sites")).Output,
            StringComparison.Ordinal);
        Assert.Contains("no fault", (await CommandRun.DoneAsync(Shop, "verify")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_of_a_site_that_has_retired_hands_its_last_block_over_and_ends_well()
    {
        await JoinAsync();
        await CommandRun.DoneAsync(Shop, "transfer", "@world", "Bob", "7");
        await CommandRun.DoneAsync(Shop, "sites", "retire");
        await SyncAsync();
        await SyncAsync();
        var sites = (await CommandRun.DoneAsync(Office, "sites", "--json")).Json;
        Assert.Equal("retired", sites[1].GetProperty("state").GetString());
        await CommandRun.DoneAsync(Office, "transfer", "Bob", "Ann", "7");
    }

    [Fact]
    public async Task A_ledger_that_has_one_site_says_so()
    {
        await CommandRun.DoneAsync(Office, "init");
        Assert.Contains("one site", (await CommandRun.DoneAsync(Office, "sites")).Output,
            StringComparison.Ordinal);
        Assert.Equal("[]", (await CommandRun.DoneAsync(Office, "sites", "--json")).Output.Trim());
        var other = _folder.File("other.db");
        await CommandRun.DoneAsync(other, "init");
        Assert.Equal(ExitStatus.Usage, (await CommandRun.OnAsync(Office, "sync", Office, other)).Status);
        Assert.Equal(ExitStatus.Usage, (await CommandRun.OnAsync(Office, "sites", "suspend", "a")).Status);
    }

    [Fact]
    public async Task A_file_that_holds_a_ledger_joins_no_other()
    {
        await JoinAsync();
        await CommandRun.DoneAsync(Office, "sites", "add", "second");
        var run = await CommandRun.OnAsync(
            Shop, "init", "--site", "second", "--join", Office);
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains("holds a ledger already", run.Error, StringComparison.Ordinal);
        Assert.Contains("joined already", (await CommandRun.OnAsync(_folder.File("new.db"),
            "init", "--site", "shop", "--join", Office)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_names_the_sites_whose_chains_it_has_checked()
    {
        await JoinAsync();
        var run = await CommandRun.DoneAsync(Shop, "verify");
        Assert.Contains("no fault", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 sites", run.Output.Trim(), StringComparison.Ordinal);
    }

    private async Task JoinAsync()
    {
        await CommandRun.DoneAsync(Office, "init", "--asset", "EUR");
        await CommandRun.DoneAsync(Office, "transfer", "@world", "Ann", "100");
        await CommandRun.DoneAsync(Office, "sites", "add", "shop", "--prefix", "shop:");
        await CommandRun.DoneAsync(Shop, "init", "--site", "shop", "--join", Office);
        await SyncAsync();
    }

    private Task<CommandRun> SyncAsync() => CommandRun.DoneAsync(Office, "sync", Office, Shop);
}
