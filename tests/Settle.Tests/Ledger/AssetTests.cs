using Xunit;

namespace Settle.Tests.Rules;

public sealed class AssetTests
{
    [Fact]
    public Task Currencies_of_ISO_4217_are_known_with_their_decimals() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00 EUR           successful
        transfer T2 @world -> Alex 10 JPY              successful
        transfer T3 @world -> Alex 10.000 BHD          successful
        transfer T4 @world -> Alex 10.0000 CLF         successful
        asset EUR 2                                    ok
        asset JPY 0                                    ok
        asset BHD 3                                    ok
        asset CLF 4                                    ok
        asset EUR 3                                    asset_exists
        asset CHF 0                                    asset_exists
        """);

    [Fact]
    public Task An_asset_of_the_ledgers_own_is_used_once_it_is_declared() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10 points           unknown_asset
        hold H1 @world -> Alex 10 points               unknown_asset
        transaction X1 @world -> Alex 1.00 + @world -> Alex 10 points       unknown_asset
        open Alex overdraft 10 asset points            unknown_asset
        asset points 0                                 ok
        asset points 0                                 ok
        asset points 2                                 asset_exists
        transfer T1 @world -> Alex 10 points           unknown_asset again
        transfer T2 @world -> Alex 10 points           successful
        balance Alex 10 points
        open Alex overdraft 10 asset points            ok
        transfer T3 Alex -> Jane 20 points             successful
        """);

    [Fact]
    public Task Every_asset_is_a_world_of_its_own() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00 EUR           successful
        transfer T2 Alex -> Jane 1.00                  insufficient_funds
        transfer T3 Alex -> Jane 1 JPY                 insufficient_funds
        transfer T4 Alex -> Jane 1.00 EUR              successful
        """);

    [Fact]
    public Task The_default_asset_is_set_once() => LedgerTable.RunAsync("""
        init EUR                                       ok
        init EUR                                       ok
        init USD                                       already_initialized
        transfer T1 @world -> Alex 1.00                successful
        balance Alex 1.00 EUR
        balance Alex 0.00 USD
        """);

    [Fact]
    public Task A_ledger_that_nobody_initialized_counts_dollars() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 1.00                successful
        balance Alex 1.00 USD
        init USD                                       ok
        init EUR                                       already_initialized
        """);

    [Fact]
    public Task The_default_asset_may_be_named_or_not() => LedgerTable.RunAsync("""
        init EUR                                       ok
        transfer T1 @world -> Alex 1.00 EUR            successful
        transfer T1 @world -> Alex 1.00                successful again
        transfer T2 @world -> Alex 1.00                successful
        transfer T2 @world -> Alex 1.00 EUR            successful again
        transfer T2 @world -> Alex 1.00 USD            id_reused asset
        transaction X1 @world -> Alex 1.00 EUR         successful
        transaction X1 @world -> Alex 1.00             successful again
        open Alex overdraft 1.00 asset EUR id A1       ok
        open Alex overdraft 1.00 id A1                 ok
        """);

    [Theory]
    [InlineData("")]
    [InlineData("1EUR")]
    [InlineData("E UR")]
    [InlineData("€")]
    [InlineData("points/x")]
    [InlineData("a2345678901234567")]
    public async Task A_code_that_is_none_is_refused(string code)
    {
        var ledger = await Local.MemoryLedger.OpenAsync();
        await using var _ = ledger;
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.DeclareAssetAsync(code, 2));
        Assert.Equal("asset", error.Field);
        Assert.Equal(0, (await ledger.GetInfoAsync()).Height);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(13)]
    public async Task A_scale_is_0_to_12(int scale)
    {
        var ledger = await Local.MemoryLedger.OpenAsync();
        await using var _ = ledger;
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.DeclareAssetAsync("gold", scale));
        Assert.Equal("scale", error.Field);
    }
}
