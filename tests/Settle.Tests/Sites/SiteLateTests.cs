using Xunit;

namespace Settle.Tests.Sites;

/// <summary>Sites that join a ledger which others have joined before them.</summary>
public sealed class SiteLateTests
{
    [Fact]
    public async Task A_site_joins_although_the_founder_had_read_others_before_it_was_added()
    {
        using var files = await SiteFiles.MakeAsync("north");
        await files.PayAsync("north", "@world", "Bob", 5);
        await files.SyncAsync("main", "north");
        await using (var main = await files.OpenAsync("main"))
            await main.Sites.AddAsync(
                new SiteRequest { Name = "south" }, TestContext.Current.CancellationToken);
        await files.JoinAsync("south");
        Assert.Equal((5m, 0m), await files.BalanceAsync("south", "Bob"));
        await files.SyncAllAsync("north", "south");
        Assert.Equal("active", (await files.SiteAsync("north", "south")).State);
        Assert.Empty((await files.VerifyAsync("south")).Faults);
    }
}
