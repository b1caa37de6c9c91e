using System.Text;
using Settle.Chain;
using Settle.Tests.Rules;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Charges that a run asked for before the price changed.</summary>
public sealed class RacedPriceTests
{
    private const string Profile = "0000000000000000000000000000000000000000000000000000000000000000";

    private readonly CoreLedger _core = new();

    public RacedPriceTests()
    {
        _core.Begin(1_000_000);
        _core.Settle(RequestTexts.Batch("ledger EUR 2"));
        Settle($$"""{"country":"DE","default_tax":"19","id":"s","profile":"{{Profile}}","status":"successful","tax_rates":["19"],"type":"seller","zone":"UTC"}""");
        Settle($$"""{"country":"DE","customer":"ann","id":"k","profile":"{{Profile}}","status":"successful","terms_days":0,"treatment":"standard","type":"customer","zone":"UTC"}""");
        Settle("""{"amount":31000,"customer":"ann","description":"desk","id":"desk","start":"2026-10-01","status":"successful","subscription":"desk","tax":"19","type":"subscription"}""");
    }

    [Fact]
    public void They_are_refused_and_the_next_run_asks_for_the_parts_at_their_prices()
    {
        Reprice("v-1", 62000, "2026-10-16");
        Assert.Equal(RefusalCode.NothingToInvoice, Charge("desk:2026-10", 31000, "2026-10-01", "2026-10-31"));
        Assert.Equal(RefusalCode.None, Charge("desk:2026-10", 15000, "2026-10-01", "2026-10-15"));
        Assert.Equal(RefusalCode.NothingToInvoice, Charge("desk:2026-10-16", 16000, "2026-10-16", "2026-10-31"));
        Assert.Equal(RefusalCode.None, Charge("desk:2026-10-16", 32000, "2026-10-16", "2026-10-31"));
        Assert.Equal(RefusalCode.NothingToInvoice, Charge("desk:2026-11", 31000, "2026-11-01", "2026-11-30"));
    }

    [Fact]
    public void Later_periods_wait_for_those_that_were_refused_so_that_no_day_is_lost()
    {
        Reprice("v-1", 62000, "2026-10-16");
        Reprice("v-2", 31000, "2026-11-01");
        Assert.Equal(RefusalCode.NothingToInvoice, Charge("desk:2026-10", 31000, "2026-10-01", "2026-10-31"));
        Assert.Equal(RefusalCode.NothingToInvoice, Charge("desk:2026-11", 31000, "2026-11-01", "2026-11-30"));
        Assert.Equal(RefusalCode.None, Charge("desk:2026-10", 15000, "2026-10-01", "2026-10-15"));
        Assert.Equal(RefusalCode.None, Charge("desk:2026-11", 31000, "2026-11-01", "2026-11-30"));
        Assert.Equal(RefusalCode.None, Charge("desk:2026-10-16", 32000, "2026-10-16", "2026-10-31"));
    }

    private void Reprice(string id, int amount, string from) => Assert.Equal(RefusalCode.None, Settle(
        $$"""{"amount":{{amount}},"from_day":"{{from}}","id":"{{id}}","status":"successful","subscription":"desk","type":"subscription"}"""));

    private RefusalCode Charge(string id, int amount, string first, string last) => Settle(
        $$"""{"amount":{{amount}},"customer":"ann","date":"{{last}}","description":"desk","first_day":"{{first}}","id":"{{id}}","status":"successful","subscription":"desk","tax":"19","type":"charge"}""");

    private RefusalCode Settle(string json)
    {
        var batch = new RequestBatch();
        EntryReader.Read(Encoding.UTF8.GetBytes(json), batch);
        batch[0].Reset(batch);
        return _core.Settle(batch).Refusal;
    }
}
