using System.Text;
using Xunit;

namespace Settle.Tests.Sites;

/// <summary>What another site decided is shown, and what an ended one left can be found and ended.</summary>
public sealed class SiteTakenTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_site_decided_is_found_by_its_id()
    {
        using var files = await MakeAsync();
        await files.SyncAllAsync("north");
        await using var main = await files.OpenAsync("main");
        Assert.NotNull(await main.GetTransferAsync("t@north", Stop));
        Assert.Contains("\"t@north\"",
            Encoding.UTF8.GetString((await main.GetEntryAsync("t@north", Stop))!.Body.Span), StringComparison.Ordinal);
        Assert.Equal(HoldState.Open, (await main.GetHoldAsync("h@north", Stop))!.State);
        Assert.Null(await main.GetEntryAsync("x@north", Stop));
        Assert.Empty((await main.ListHoldsAsync(new HoldQuery(), Stop)).Items);
    }

    [Fact]
    public async Task The_open_holds_of_an_ended_site_are_listed_at_the_founder_and_can_be_ended_there()
    {
        using var files = await MakeAsync();
        await files.SyncAllAsync("north");
        await using var main = await files.OpenAsync("main");
        await main.HoldAsync(new HoldRequest { Id = "own", From = "Ann", To = "Shop", Amount = Money.Of(1) }, Stop);
        await main.Sites.SuspendAsync("north", cancellationToken: Stop);
        await main.Sites.EndAsync("north", cancellationToken: Stop);
        Assert.Equal(["h@north", "own"], (await main.ListHoldsAsync(new HoldQuery(), Stop)).Items
            .Select(hold => hold.Id).Order(StringComparer.Ordinal));
        Assert.Equal(HoldState.Open, (await main.GetHoldAsync("h@north", Stop))!.State);
        await main.CaptureAsync(new CaptureRequest { Hold = "h@north", Id = "c" }, Stop);
        var hold = await main.GetHoldAsync("h@north", Stop);
        Assert.Equal((HoldState.Captured, "c"), (hold!.State!.Value, hold.EndedBy));
        Assert.Equal(["own"], (await main.ListHoldsAsync(new HoldQuery(), Stop)).Items.Select(each => each.Id));
    }

    [Theory]
    [InlineData("prefix")]
    [InlineData("url")]
    public async Task An_empty_text_is_no_prefix_and_no_address(string field)
    {
        using var files = await SiteFiles.MakeAsync();
        await using var main = await files.OpenAsync("main");
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => main.Sites.AddAsync(new SiteRequest
        {
            Name = "north", Prefix = field == "prefix" ? "" : null, Url = field == "url" ? "" : null,
        }, Stop));
        Assert.Equal(field, error.Field);
        Assert.Empty(await main.Sites.ListAsync(Stop));
    }

    private static async Task<SiteFiles> MakeAsync()
    {
        var files = await SiteFiles.MakeAsync("north");
        await using (var main = await files.OpenAsync("main"))
        {
            await main.Sites.AllowAsync(
                new AllowanceRequest { Account = "Ann", Site = "north", Amount = Money.Of(50) }, Stop);
        }
        await files.SyncAsync("main", "north");
        await using var north = await files.OpenAsync("north");
        await north.TransferAsync("Ann", "Shop", Money.Of(3), "t@north", Stop);
        await north.HoldAsync(
            new HoldRequest { Id = "h@north", From = "Ann", To = "Shop", Amount = Money.Of(4) }, Stop);
        return files;
    }
}
