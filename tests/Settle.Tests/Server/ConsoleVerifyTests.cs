using Xunit;

namespace Settle.Tests.Server;

/// <summary>An auditor's own browser reads the chain and believes nobody.</summary>
public sealed class ConsoleVerifyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_browser_follows_the_chain_and_sees_what_was_changed()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Žofie علي", Money.Of(1.5m, "USD"), cancellationToken: Stop);
        for (var i = 0; i < 20; i++)
            await ledger.TransferAsync("@world", "Alex", Money.Of(1, "USD"), cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/verify");

        await page.ClickAsync("Verify");
        await page.ShowsAsync("Every block is true and linked");
        var head = (await ledger.GetInfoAsync(Stop)).Hash;
        await page.ShowsAsync(head);
        await page.ClickAsync("Try it: change a byte");
        await page.ShowsAsync("Something was changed", "has other bytes than its hash was made of");

        // A head that was noted of a longer chain, and one of another chain.
        await page.FillAsync("Head that was noted", $"99 {head}");
        await page.ClickAsync("Verify");
        await page.ShowsAsync("The end is cut");
        await page.FillAsync("Head that was noted", $"3 {new string('a', 64)}");
        await page.ClickAsync("Verify");
        await page.ShowsAsync("Block 3 is not the one that was noted");
        await page.FillAsync("Head that was noted", "");
        await page.ClickAsync("Verify");
        await page.ShowsAsync("Every block is true and linked");

        // What is in a block and an entry is there to be read.
        await page.GoAsync("bank/blocks");
        await page.ShowsAsync("Built on");
        await page.GoAsync("bank/blocks/2");
        await page.ShowsAsync("Block 2", "Transfer", "successful");
        Assert.Empty(page.Browser.Errors);
    }
}
