using System.Text;
using Settle.Settling;
using Settle.Tests.Local;
using Xunit;

namespace Settle.Tests.Rules;

/// <summary>Two names that look the same to people are one name.</summary>
public sealed class NameRulesTests
{
    [Theory]
    [InlineData("Al\u00A0ex", "U+00A0")]
    [InlineData("Al\u2003ex", "U+2003")]
    [InlineData("Al\u3000ex", "U+3000")]
    [InlineData("Al\u202Fex", "U+202F")]
    [InlineData("Al\u3164ex", "U+3164")]
    [InlineData("Alex\u200B", "U+200B")]
    [InlineData("Al\u2060ex", "U+2060")]
    [InlineData("Al\u00ADex", "U+00AD")]
    [InlineData("\u200EAlex", "U+200E")]
    [InlineData("Al\u202Eex", "U+202E")]
    [InlineData("Al\u2067ex", "U+2067")]
    [InlineData("Al\uFEFFex", "U+FEFF")]
    [InlineData("Al\u200Dex", "U+200D")]
    [InlineData("Al\uFE0Fex", "U+FE0F")]
    [InlineData("Al\u034Fex", "U+034F")]
    [InlineData("A\u2065l", "U+2065")]
    [InlineData("A\uFFF0l", "U+FFF0")]
    [InlineData("A\uFFFCl", "U+FFFC")]
    [InlineData("A\U0001D159l", "U+1D159")]
    [InlineData("A\U00016FE4l", "U+16FE4")]
    [InlineData("A\uE000l", "U+E000")]
    [InlineData("A\U000F0000l", "U+F0000")]
    [InlineData("A\uFDD0l", "U+FDD0")]
    [InlineData("A\u0378l", "U+0378")]
    [InlineData("Al  Bo", "two spaces")]
    [InlineData("Zoe\u0308", "U+00EB")]
    [InlineData("\u212Bngström", "U+00C5")]
    [InlineData("10 \u2126", "U+03A9")]
    [InlineData("\u1112\u1161\u11AB", "U+D55C")]
    public void Another_spelling_is_refused_with_the_code_point(string name, string code)
    {
        foreach (var read in (Action<RequestBatch>[])
        [
            batch => LedgerRequests.Read(
                batch, new TransferRequest { From = name, To = "b", Amount = Minor(1) }, "t", Dollars),
            batch => LedgerRequests.Read(
                batch, new HoldRequest { From = "a", To = name, Amount = Minor(1) }, "t", Dollars),
            batch => LedgerRequests.Read(batch, new AccountRequest { Account = name }, "t", Dollars),
            batch => LedgerRequests.Read(
                batch, new TransferRequest { From = "a", To = "b", Amount = Minor(1) }, name, Dollars),
        ])
        {
            var error = Assert.Throws<InvalidRequestException>(() => read(new RequestBatch()));
            Assert.Contains(code, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Zoë Müller")]
    [InlineData("Иван Й.")]
    [InlineData("山田 太郎")]
    [InlineData("한국")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("क्\u200Dष")]
    [InlineData("👩\u200D👧")]
    [InlineData("❤\uFE0F")]
    [InlineData("Ng\u1ECDc")]
    public void Names_of_all_scripts_are_names(string name) =>
        Assert.Null(NameRules.Fault(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public async Task A_key_of_meta_has_one_spelling_as_names_have()
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        foreach (var key in (string[])["Rene\u0301", "Re\u200Bne", "Re\uE000ne"])
        {
            var error = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.TransferAsync(
                new TransferRequest
                {
                    From = "@world", To = "Alex", Amount = Minor(1),
                    Meta = new Dictionary<string, string> { [key] = "a" },
                }));
            Assert.Equal("meta", error.Field);
        }
    }

    [Theory]
    [InlineData("co\u00ADop")]
    [InlineData("\u200Eabc\u200F")]
    [InlineData("a\u200Bb\u2060c")]
    [InlineData("a\u00A0b")]
    [InlineData("Zoe\u0308")]
    public async Task What_changes_nothing_of_a_memo_is_kept(string memo)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await ledger.TransferAsync(new TransferRequest
            { Id = "t", From = "@world", To = "Alex", Amount = Minor(1), Memo = memo });
        Assert.Equal(memo, (await ledger.GetTransferAsync("t"))!.Memo);
    }

    [Theory]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2066b")]
    public async Task What_turns_a_text_around_is_not_kept_in_a_memo(string memo)
    {
        await using var ledger = await MemoryLedger.OpenAsync();
        await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.TransferAsync(new TransferRequest
            { From = "@world", To = "Alex", Amount = Minor(1), Memo = memo }));
    }

    [Fact]
    public async Task An_account_that_has_such_a_name_already_goes_on()
    {
        const string Old = "Zoe\u0308";
        await using var ledger = await MemoryLedger.OpenAsync();
        var job = ledger.Submitter.Rent();
        job.Batch.KnowsAccount = _ => true;
        LedgerRequests.Read(job.Batch,
            new TransferRequest { From = "@world", To = Old, Amount = Minor(5) }, "t", Dollars);
        await ledger.Submitter.SettleAsync(job);

        await ledger.TransferAsync(Old, "Alex", Minor(2));
        await ledger.PutAccountAsync(new AccountRequest { Account = Old, Closed = true });

        Assert.Equal(3, (await ledger.GetAccountAsync(Old))!.Balances[0].Balance.Units);
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => ledger.TransferAsync("Alex", "Joe\u0308", Minor(1)));
    }
}
