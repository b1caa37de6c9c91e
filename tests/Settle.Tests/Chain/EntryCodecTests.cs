using System.Text;
using Settle.Chain;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>What was decided is what is read back, whatever the texts are.</summary>
public sealed class EntryCodecTests
{
    public static TheoryData<string> Kinds => [.. Enum.GetNames<EntryKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_entry_is_read_as_it_was_written(string kind)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var entry = new EntryMaker(seed).Next(Enum.Parse<EntryKind>(kind));
            var json = EntryText.Write(entry);
            byte[] followed = [.. json, .. ",{\"more\":1}],\"hash\":"u8];
            var read = new RequestBatch(1, 8);
            Assert.Equal(json.Length, EntryReader.Read(followed, read));
            Assert.Equal(EntryText.Of(entry), EntryText.Of(read));
            Assert.Equal(json, EntryText.Write(read));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_entry_is_canonical_JSON(string kind)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var json = EntryText.Write(new EntryMaker(seed).Next(Enum.Parse<EntryKind>(kind)));
            Assert.Equal(Encoding.UTF8.GetString(CanonicalJson.Canonicalize(json)), Encoding.UTF8.GetString(json));
            Assert.Equal(IndependentHash.Canonical(json), Encoding.UTF8.GetString(json));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_quick_way_of_reading_and_the_general_one_agree(string kind)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var json = EntryText.Write(new EntryMaker(seed).Next(Enum.Parse<EntryKind>(kind)));
            // A space after the brace is no longer what the quick way knows.
            byte[] spaced = [(byte)'{', (byte)' ', .. json[1..]];
            Assert.Equal(EntryText.Of(EntryText.Read(spaced)), EntryText.Of(EntryText.Read(json)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_entry_that_is_cut_is_refused(string kind)
    {
        var json = EntryText.Write(new EntryMaker(7).Next(Enum.Parse<EntryKind>(kind)));
        for (var length = 0; length < json.Length; length++)
            Assert.Throws<FormatException>(() => EntryText.Read(json.AsSpan(0, length)));
    }

    [Fact]
    public void A_damaged_entry_is_refused_or_read_and_nothing_else()
    {
        // Blocks are checked by their hash first; this is for those that somebody made on purpose.
        var random = new Random(1);
        foreach (var kind in Enum.GetValues<EntryKind>())
        {
            for (var seed = 0; seed < 50; seed++)
            {
                var json = EntryText.Write(new EntryMaker(seed).Next(kind));
                for (var tries = 0; tries < 40; tries++)
                {
                    var damaged = json.ToArray();
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                    var error = Record.Exception(() => EntryText.Read(damaged));
                    Assert.True(error is null or FormatException,
                        $"{Encoding.UTF8.GetString(damaged)}: {error}");
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"a","status":"successful"}""")]
    [InlineData("""{"id":"a","status":"successful","type":"gift"}""")]
    [InlineData("""{"id":"a","status":"successful","type":7}""")]
    [InlineData("""{"status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":"","status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":7,"status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":"a","type":"transfer"}""")]
    [InlineData("""{"id":"a","status":"maybe","type":"transfer"}""")]
    [InlineData("""{"id":"a","status":7,"type":"transfer"}""")]
    [InlineData("""{"id":"a","status":"rejected","type":"transfer"}""")]
    [InlineData("""{"id":"a","reason":"insufficient_funds","status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":"a","reason":"weather","status":"rejected","type":"transfer"}""")]
    [InlineData("""{"id":"a","reason":null,"status":"rejected","type":"transfer"}""")]
    [InlineData("""{"id":"a","status":"successful","surprise":1,"type":"transfer"}""")]
    [InlineData("""{"amount":"1","id":"a","status":"successful","type":"transfer"}""")]
    [InlineData("""{"amount":1.5,"id":"a","status":"successful","type":"transfer"}""")]
    [InlineData("""{"amount":99999999999999999999,"id":"a","status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":"a","scale":300,"status":"successful","type":"asset"}""")]
    [InlineData("""{"id":"a","scale":"2","status":"successful","type":"asset"}""")]
    [InlineData("""{"expires":"tomorrow","id":"a","status":"successful","type":"hold"}""")]
    [InlineData("""{"expires":1,"id":"a","status":"successful","type":"hold"}""")]
    [InlineData("""{"closed":"yes","id":"a","status":"successful","type":"account"}""")]
    [InlineData("""{"closed":null,"id":"a","status":"successful","type":"account"}""")]
    [InlineData("""{"id":"a","overdraft":true,"status":"successful","type":"account"}""")]
    [InlineData("""{"id":"a","overdraft":"much","status":"successful","type":"account"}""")]
    [InlineData("""{"id":"a","postings":[{"surprise":1}],"status":"successful","type":"transaction"}""")]
    [InlineData("""{"id":"a","postings":[7],"status":"successful","type":"transaction"}""")]
    [InlineData("""{"id":"a","postings":{},"status":"successful","type":"transaction"}""")]
    [InlineData("""{"id":"a","postings":[{"amount":"1"}],"status":"successful","type":"transaction"}""")]
    [InlineData("""{"id":"a","meta":[],"status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":"a","owners":{},"status":"successful","type":"account"}""")]
    [InlineData("""{"id":"a","status":"successful","type":"capture","whole":1}""")]
    [InlineData("""{"id":"\ud800","status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":"a","meta":{},"status":"successful","type":"capture"}""")]
    [InlineData("""{"customer":"a","id":"a","status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":"a","net":1,"status":"successful","type":"charge"}""")]
    [InlineData("""{"id":"a","overdraft":1,"status":"successful","type":"customer"}""")]
    [InlineData("""{"id":"a","prices":"net","status":"successful","type":"charge"}""")]
    [InlineData("""{"id":"a","status":"successful","terms_days":9999999999,"type":"customer"}""")]
    [InlineData("""{"status":"successful","id":"a","type":"transfer"}""")]
    [InlineData("""{"id":"a","id":"b","status":"successful","type":"transfer"}""")]
    [InlineData("""{"id":"a","status":"rejected","reason":"overflow","type":"transfer"}""")]
    [InlineData("""{"account":"a","amount":1,"id":"a","to":"q","type":"grant"}""")]
    [InlineData("""{"account":"a","amount":1,"status":"successful","to":"q","type":"grant"}""")]
    [InlineData("""{"account":"a","amount":1,"of":"q","type":"grant"}""")]
    [InlineData("""{"site":"q","type":"suspend"}""")]
    [InlineData("""{"height":"1","hashes":[],"site":"q","type":"fork"}""")]
    public void What_no_writer_writes_is_refused(string json) =>
        Assert.Throws<FormatException>(() => EntryText.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void The_texts_of_kinds_and_reasons_never_change()
    {
        Assert.Equal(["ledger", "asset", "account", "transfer", "transaction", "hold", "capture", "void",
            "revert", "site", "suspend", "end", "retire", "join", "ask", "grant", "fork", "seller", "customer", "charge", "subscription", "invoice", "credit_note", "payment",
            "refund", "chargeback", "withdrawal", "opening", "sepa_order", "reminder", "reminder_hold", "quote", "quote_answer"],
            Enum.GetValues<EntryKind>().Select(kind => kind.Text()));
        Assert.Equal(["id_reused", "already_initialized", "unknown_asset", "asset_exists", "hold_not_found",
            "hold_captured", "hold_voided", "hold_expired", "exceeds_hold", "transfer_not_found",
            "not_reversible", "already_reverted", "reserved_account", "account_closed",
            "insufficient_funds", "limit_exceeded", "overflow", "not_allowed",
            "seller_missing", "unknown_customer", "unknown_tax_rate", "subscription_not_found",
            "subscription_exists", "invoice_not_found", "asset_differs", "already_credited",
            "exceeds_invoice", "amount_out_of_range", "nothing_to_invoice",
            "billing_account", "payment_not_found", "exceeds_payment", "exceeds_credit",
            "charge_not_found", "charge_not_open", "unknown_account", "exceeds_transfer",
            "line_not_found", "exceeds_line", "credit_before_invoice",
            "site_exists", "prefix_in_use", "unknown_site", "site_inactive", "site_active",
            "founder_stays", "holds_open", "wrong_site", "insufficient_here", "not_here",
            "not_confirmed", "money_back_before_payment", "write_off_before_invoice",
            "series_begun", "number_taken", "invoice_elsewhere", "subscription_billed",
            "sepa_order_outdated", "sepa_order_not_found",
            "deposit_not_settleable", "deposit_settled", "deposit_not_written_off",
            "quote_not_found", "quote_accepted", "quote_declined", "quote_expired", "answer_before_quote"],
            Refusals.All.OrderBy(refusal => refusal.Code).Select(refusal => refusal.Text));
        Assert.All(Refusals.All, refusal => Assert.Equal(refusal.Code, Refusals.Parse(refusal.Text)));
    }
}
