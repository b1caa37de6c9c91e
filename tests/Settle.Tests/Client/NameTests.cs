using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Client;

/// <summary>Names and ids travel in addresses, bodies, lists and events, and arrive as they left.</summary>
public sealed class NameTests(RunningServerFixture fixture) : IClassFixture<RunningServerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("customers/42/wallet")]
    [InlineData("100%")]
    [InlineData("%2F")]
    [InlineData("%252F")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../../etc/passwd")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a?b=c&d#e")]
    [InlineData("batch")]
    [InlineData("entries")]
    [InlineData("\"quoted\" \\ 'single' <b>&amp;</b>")]
    [InlineData("Zoë Ångström")]
    [InlineData("日本語")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("@world:x;y,z=1!*'()~")]
    [InlineData("null")]
    [InlineData("{account}")]
    public async Task A_name_arrives_as_it_left(string name)
    {
        await using var ledger = fixture.Server.Client();
        var id = "id:" + name;
        var transfer = await ledger.TransferAsync(new TransferRequest
        {
            Id = id, From = "@world", To = name, Amount = Minor(7), Memo = name,
            Meta = new Dictionary<string, string> { ["k"] = name },
        }, Stop);
        Assert.Equal((id, name, name), (transfer.Id, transfer.To, transfer.Memo));
        Assert.Equal(id, (await ledger.GetTransferAsync(id, Stop))!.Id);
        Assert.Equal(name, (await ledger.GetTransferAsync(id, Stop))!.Meta!["k"]);
        Assert.Equal(name, (await ledger.GetAccountAsync(name, cancellationToken: Stop))!.Name);
        Assert.Equal(id, Assert.Single((await ledger.ListEntriesAsync(name, new EntryQuery(), Stop)).Items).Id);
        var query = new TransferQuery { Account = name };
        Assert.Equal(id, Assert.Single((await ledger.ListTransfersAsync(query, Stop)).Items).Id);
        Assert.NotNull(await ledger.GetEntryAsync(id, Stop));
        Assert.False((await ledger.PutAccountAsync(new AccountRequest { Account = name }, Stop)).Closed);
        var hold = await ledger.HoldAsync(
            new HoldRequest { Id = "h" + id, From = name, To = "@world", Amount = Minor(7) }, Stop);
        Assert.Equal(HoldState.Voided, (await ledger.VoidAsync(new VoidRequest { Hold = hold.Id }, Stop)).State);
        Assert.Equal(id, (await ledger.RevertAsync(new RevertRequest { Reverts = id }, Stop)).Reverts);
    }

    [Fact]
    public async Task A_text_that_is_not_Unicode_is_refused_before_it_is_changed()
    {
        await using var ledger = fixture.Server.Client();
        var name = "a" + (char)0xD800;
        await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.TransferAsync(
            new TransferRequest { From = "@world", To = name, Amount = Minor(7) }, Stop));
        await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.TransferBatchAsync(
            new[] { new TransferRequest { From = "@world", To = "Alex", Amount = Minor(7), Memo = name } }, Stop));
        await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.GetAccountAsync(name, cancellationToken: Stop));
    }
}
