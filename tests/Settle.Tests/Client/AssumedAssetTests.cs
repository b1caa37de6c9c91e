using Settle.Tests.Cli;
using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Client;

/// <summary>
/// Before the first block the default asset is only assumed, and somebody may make another one the
/// default before an amount arrives: it is an amount of the asset that it was read in.
/// </summary>
public sealed class AssumedAssetTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private LossyProxy _proxy = null!;
    private int _initialized;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Address => $"{_proxy.Address}bank";

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _proxy = new LossyProxy(_server.Http.BaseAddress!) { OnRequest = InitializeFirstAsync };
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("transfer", "@world", "Dave", "50.00")]
    [InlineData("transaction", "@world -> Dave 50.00")]
    [InlineData("hold", "@world", "Dave", "50.00", "--id", "h")]
    [InlineData("open", "Dave", "--overdraft", "50.00")]
    public async Task The_command_line_names_it(params string[] words)
    {
        await CommandRun.DoneAsync(Address, words);
        if (words[0] == "hold") await CommandRun.DoneAsync(Address, "capture", "h");
        await AssertDollarsAsync(words[0] == "open");
    }

    [Fact]
    public async Task An_account_that_is_opened_without_an_amount_has_the_default()
    {
        await CommandRun.DoneAsync(Address, "open", "Dave", "--owner", "dave");
        await using var ledger = _server.Client();
        var account = await ledger.GetAccountAsync("Dave", cancellationToken: Stop);
        Assert.Equal("JPY", Assert.Single(account!.Balances).Asset);
    }

    [Fact]
    public async Task An_import_names_it()
    {
        const string Csv = "id,date,from,to,amount\nt1,,@world,Dave,50.00\n";
        Assert.Equal(0, (await CommandRun.OnAsync(Address, Csv, ["import", "-"], Stop)).Status);
        await AssertDollarsAsync();
    }

    [Fact]
    public async Task An_import_of_accounts_names_it()
    {
        const string Csv = "account,overdraft\nDave,50.00\n";
        Assert.Equal(0,
            (await CommandRun.OnAsync(Address, Csv, ["import", "--accounts", "-"], Stop)).Status);
        await AssertDollarsAsync(isOverdraft: true);
    }

    [Fact]
    public async Task A_client_names_it()
    {
        await using var ledger = HttpLedger.Open(Address);
        var transfer = await ledger.TransferAsync("@world", "Dave", Money.Of(50), cancellationToken: Stop);
        Assert.Equal((5000, "USD"), ((int)transfer.Amount.Units, transfer.Asset));
        await AssertDollarsAsync();
    }

    private async Task InitializeFirstAsync(string request)
    {
        if (request.StartsWith("GET ", StringComparison.Ordinal)) return;
        if (Interlocked.Exchange(ref _initialized, 1) == 1) return;
        await using var ledger = _server.Client();
        await ledger.InitializeAsync("JPY", cancellationToken: Stop);
    }

    private async Task AssertDollarsAsync(bool isOverdraft = false)
    {
        await using var ledger = _server.Client();
        Assert.Equal("JPY", (await ledger.GetInfoAsync(Stop)).Asset);
        var account = await ledger.GetAccountAsync("Dave", cancellationToken: Stop);
        var balance = Assert.Single(account!.Balances);
        Assert.Equal("USD", balance.Asset);
        Assert.Equal(5000, isOverdraft ? balance.Overdraft.Limit.Units : (long)balance.Balance.Units);
    }
}
