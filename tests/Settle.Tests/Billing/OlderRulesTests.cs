using System.Text;
using Settle.Chain;
using Settle.Stores.Memory;
using Settle.Tests.Rules;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>What blocks of an older version decided is decided so again; new blocks follow new rules.</summary>
public sealed class OlderRulesTests
{
    private const string Profile =
        "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly string[] Requests =
    [
        $$"""{"country":"DE","default_tax":"19","id":"s","profile":"{{Profile}}","status":"successful","tax_rates":["19","7"],"type":"seller","zone":"Europe/Berlin"}""",
        Customer("ann", "standard"), Customer("bob", "reverse_charge"),
        Charge("c1", "ann", 1003, "19", "2026-10-05"), Charge("c2", "ann", 333, "7", "2026-10-05"),
        Charge("c3", "bob", 5000, "out_of_scope", "2026-10-05"),
        """{"amount":31000,"customer":"bob","description":"desk","id":"desk","start":"2026-10-01","status":"successful","subscription":"desk","tax":"19","type":"subscription"}""",
        """{"amount":31000,"customer":"bob","date":"2026-10-31","description":"desk","id":"desk:2026-10","status":"successful","subscription":"desk","tax":"19","type":"charge"}""",
        Invoice("i1", "ann"), Invoice("i2", "bob"), Invoice("i3", "bob"),
        """{"amount":1,"date":"2026-11-01","id":"g1","invoice":"000001","status":"successful","type":"credit_note"}""",
        """{"date":"2026-11-01","id":"g2","invoice":"000001","status":"successful","type":"credit_note","whole":true}""",
        """{"date":"2026-11-01","id":"g3","invoice":"000002","rebill":true,"status":"successful","type":"credit_note","whole":true}""",
        """{"end":"2026-10-16","id":"e1","status":"successful","subscription":"desk","type":"subscription"}""",
        Invoice("i4", "bob"),
        Charge("c4", "ann", 1003, "19", "2026-10-05"), Charge("c5", "ann", 333, "7", "2026-10-05"),
        """{"customer":"ann","date":"2026-10-05","description":"x","id":"c6","quantity":"4","status":"successful","tax":"19","type":"charge","unit_price":"2.5"}""",
        Invoice("i5", "ann"),
        """{"date":"2026-11-01","id":"g4","invoice":"000005","lines":[{"line":3,"quantity":"1.5"}],"status":"successful","type":"credit_note"}""",
        """{"date":"2026-11-01","id":"g5","invoice":"000005","lines":[{"line":3,"quantity":"3"}],"status":"successful","type":"credit_note"}""",
        """{"date":"2026-11-01","id":"g6","invoice":"000005","lines":[{"line":4}],"status":"successful","type":"credit_note"}""",
        """{"date":"2026-11-01","id":"g7","invoice":"000005","lines":[{"line":1}],"rebill":true,"status":"successful","type":"credit_note"}""",
        """{"date":"2026-11-01","id":"g8","invoice":"000004","rebill":true,"status":"successful","type":"credit_note","whole":true}""",
    ];

    [Fact]
    public async Task A_chain_of_version_7_keeps_its_sums()
    {
        var block = await DecideAsync(7);
        Assert.Contains("\"category\":\"AE\",\"net\":36000", block, StringComparison.Ordinal);
        Assert.DoesNotContain("\"category\":\"O\"", block, StringComparison.Ordinal);
        Assert.Contains("\"rounding\":1,", block, StringComparison.Ordinal);
        foreach (var member in (string[])["amended", "credited", "lines"])
            Assert.DoesNotContain($"\"{member}\"", block, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_chain_has_the_sums_of_today()
    {
        var block = await DecideAsync(BlockHeader.CurrentVersion);
        Assert.Contains("\"category\":\"AE\",\"net\":31000", block, StringComparison.Ordinal);
        Assert.Contains("\"category\":\"AE\",\"net\":16000", block, StringComparison.Ordinal);
        Assert.Contains("\"category\":\"O\",\"net\":5000", block, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rounding\"", block, StringComparison.Ordinal);
        Assert.Contains("\"amended\":[{\"amount\":16000,\"date\":\"2026-10-16\",\"id\":\"desk:2026-10\"}]",
            block, StringComparison.Ordinal);
        Assert.Contains("\"credited\":[{\"line\":1,\"net\":1003,\"quantity\":\"1\"},{\"line\":2,\"net\":332,\"quantity\":\"1\"}]",
            block, StringComparison.Ordinal);
    }

    // Like the other golden blocks: it never changes.
    [Fact]
    public async Task The_golden_block_of_credits_is_decided_again_byte_for_byte() => Assert.Equal(
        await File.ReadAllTextAsync(Path.Combine(Repository.Root,
            "tests/Settle.Tests/Chain/Golden/version-8-credits.golden.json"),
            TestContext.Current.CancellationToken),
        await DecideAsync(8));

    private static async Task<string> DecideAsync(int version)
    {
        var core = new CoreLedger();
        core.Begin(1_000_000, version);
        core.Settle(RequestTexts.Batch("ledger EUR 2"));
        // Who wants lines wants the newest rules.
        foreach (var json in Requests.Where(json =>
            version >= 8 || !json.Contains("\"lines\"", StringComparison.Ordinal)))
        {
            var batch = new RequestBatch();
            EntryReader.Read(Encoding.UTF8.GetBytes(json), batch);
            batch[0].Reset(batch);
            core.Settle(batch);
        }
        await using var store = new MemoryStore();
        var body = core.End().Document.Body;
        await store.CreateAsync(BlockId.Format("main", 1), body, TestContext.Current.CancellationToken);
        Assert.Empty((await LedgerVerification.VerifyAsync(store, null,
            TestContext.Current.CancellationToken)).Faults);
        return Encoding.UTF8.GetString(body.Span);
    }

    private static string Customer(string name, string treatment) =>
        $$"""{"country":"DE","customer":"{{name}}","id":"k-{{name}}","profile":"{{Profile}}","status":"successful","terms_days":0,"treatment":"{{treatment}}","type":"customer","zone":"Europe/Berlin"}""";

    private static string Charge(string id, string customer, int amount, string tax, string date) =>
        $$"""{"amount":{{amount}},"customer":"{{customer}}","date":"{{date}}","description":"x","id":"{{id}}","status":"successful","tax":"{{tax}}","type":"charge"}""";

    private static string Invoice(string id, string customer) =>
        $$"""{"customer":"{{customer}}","date":"2026-11-01","id":"{{id}}","status":"successful","through":"2026-10-31","type":"invoice"}""";
}
