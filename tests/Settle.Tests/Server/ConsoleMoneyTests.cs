using Xunit;

namespace Settle.Tests.Server;

/// <summary>A person moves money on the page.</summary>
public sealed class ConsoleMoneyTests
{
    private const string LoseAnswers = """
        window.really = window.fetch;
        window.fetch = async (request, options) => {
          const answer = await window.really(request, options);
          if (request.method === 'POST') throw new TypeError('lost');
          return answer;
        }, true
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Money_is_moved_once_after_a_look_at_what_follows_and_moved_back()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Alex", Money.Of(100, "USD"), cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/transfers");

        await page.ClickAsync("New transfer");
        await page.FillAsync("From", "Alex");
        await page.FillAsync("To", "Jnae");
        await page.FillAsync("Amount", "130");
        await page.ShowsAsync("Alex can spend 100.00 USD, but 130.00 is needed");
        await page.FillAsync("Amount", "30.5");
        // A mistyped name is announced before it becomes an account.
        await page.ShowsAsync("Jnae is a new account", "100.00 → 69.50 USD");
        await page.FillAsync("To", "Jane");
        await page.FillAsync("Memo", "rent");
        await page.ShowsAsync("Jane is a new account");
        await page.WaitAsync("test.named('Move the money').click(), test.named('Move the money')?.click(), true");
        await page.ShowsAsync("successful", "30.50 USD", "rent");
        Assert.Equal(3050, await BalanceAsync(ledger, "Jane"));
        Assert.Null(await ledger.GetAccountAsync("Jnae", cancellationToken: Stop));

        // A part of it goes back.
        await page.ClickAsync("Revert");
        await page.FillAsync("Amount", "0.5");
        await page.ClickAsync("Revert");
        await page.ShowsAsync("0.50 USD", "reverts ");
        Assert.Equal(3000, await BalanceAsync(ledger, "Jane"));
        page.HadNoFault();
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_what_was_typed_stays()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Alex", Money.Of(1, "USD"), cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/transfers?do=new&payer=Alex");
        await page.FillAsync("To", "Jane");
        await page.FillAsync("Amount", "1,50");
        await page.ClickAsync("Move the money");
        await page.ShowsAsync("“1,50” is not an amount; write it like 1,234.50");
        await page.FillAsync("Amount", "1,234.50");
        await page.ClickAsync("Move the money");
        await page.ShowsAsync("Move less, or give the account an overdraft first.");
        await page.WaitAsync("test.field('To').value === 'Jane' && test.field('Amount').value === '1,234.50'");
        await page.FillAsync("Amount", "1");
        await page.ClickAsync("Move the money");
        await page.ShowsAsync("successful");
        page.HadNoFault();
    }

    [Fact]
    public async Task A_lost_answer_and_a_reload_do_it_once()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Alex", Money.Of(100, "USD"), cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/transfers?do=new&payer=Alex");
        await page.FillAsync("To", "Jane");
        await page.FillAsync("Amount", "7");
        await page.ShowsAsync("93.00 USD");
        await page.Browser.EvaluateAsync(LoseAnswers);
        await page.ClickAsync("Move the money");
        await page.ShowsAsync("It is not known yet whether this was done.");
        Assert.Equal(700, await BalanceAsync(ledger, "Jane"));
        await page.ReloadAsync();
        await page.ShowsAsync("successful", "7.00 USD");
        Assert.Equal(700, await BalanceAsync(ledger, "Jane"));

        // A server that is away is waited for.
        await page.GoAsync("bank/transfers?do=new&payer=Alex");
        await page.FillAsync("To", "Jane");
        await page.FillAsync("Amount", "3");
        await page.Browser.SetOfflineAsync(true);
        await page.ClickAsync("Move the money");
        await page.ShowsAsync("It is not known yet whether this was done.");
        await page.Browser.SetOfflineAsync(false);
        await page.ShowsAsync("successful", "3.00 USD");
        Assert.Equal(1000, await BalanceAsync(ledger, "Jane"));
    }

    [Fact]
    public async Task What_a_person_types_stays_while_the_ledger_goes_on()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Alex", Money.Of(100, "USD"), cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/transfers?do=new&payer=Alex");
        await page.FillAsync("To", "Jane");
        await page.FillAsync("Amount", "12");
        await page.Browser.EvaluateAsync("window.typed = test.field('Memo'), window.typed.focus()");
        await page.Browser.TypeAsync("for the ");
        for (var i = 0; i < 40; i++)
            await ledger.TransferAsync("@world", $"shop-{i}", Money.Of(1, "USD"), cancellationToken: Stop);
        await page.WaitAsync("document.querySelector('main table').innerText.includes('shop-39')");
        await page.Browser.TypeAsync("desk");
        await page.WaitAsync("document.activeElement === window.typed && window.typed.isConnected && window.typed.value === 'for the desk'");
        await page.ClickAsync("Move the money");
        await page.ShowsAsync("successful", "12.00 USD", "for the desk");
        Assert.Equal(1200, await BalanceAsync(ledger, "Jane"));
        page.HadNoFault();
    }

    [Fact]
    public async Task Held_money_is_captured_or_freed()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Alex", Money.Of(100, "USD"), cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server, "bank/holds");
        foreach (var amount in new[] { "40", "25" })
        {
            await page.ClickAsync("New hold");
            await page.FillAsync("From", "Alex");
            await page.FillAsync("To", "Shop");
            await page.FillAsync("Amount", amount);
            await page.FillAsync("Ends in", "3600");
            await page.ClickAsync("New hold");
            await page.ShowsAsync($"{amount}.00 USD", "in 60 minutes");
        }
        await page.GoAsync("bank/holds?ends=today");
        await page.ClickAsync("Capture");
        await page.FillAsync("Amount", "20");
        await page.ClickAsync("Capture");
        await page.ShowsAsync("Holds");
        await page.WaitAsync("document.querySelectorAll('main tbody tr').length === 1");
        Assert.Equal(2000, await BalanceAsync(ledger, "Shop"));
        await page.ClickAsync("Free");
        await page.ClickAsync("Free");
        await page.ShowsAsync("No open holds.");
        Assert.Equal(8000, await BalanceAsync(ledger, "Alex"));
        Assert.Equal(2000, await BalanceAsync(ledger, "Shop"));
        page.HadNoFault();
    }

    [Fact]
    public async Task Everything_is_reached_by_keyboard()
    {
        await using var server = await RunningServer.StartAsync();
        await using var ledger = server.Client();
        await ledger.TransferAsync("@world", "Alex", Money.Of(100, "USD"), cancellationToken: Stop);
        await using var page = await ConsolePage.OpenAsync(server);
        await page.ShowsAsync("Latest transfers");
        await page.Browser.PressAsync("k", isControl: true);
        await page.WaitAsync("document.activeElement?.type === 'search'");
        await page.Browser.TypeAsync("Alex");
        await page.ShowsAsync("Alex Account");
        await page.Browser.PressAsync("Enter");
        await page.ShowsAsync("Movements", "100.00 USD");
        await page.WaitAsync("location.hash === '#/bank/accounts/Alex'");
        await page.Browser.EvaluateAsync("history.back()");
        await page.ShowsAsync("Latest transfers");

        // A form closes by Escape, and Back goes past it.
        await page.GoAsync("bank/transfers");
        await page.ClickAsync("New transfer");
        await page.WaitAsync("document.querySelector('dialog')?.open === true");
        await page.Browser.PressAsync("Escape");
        await page.WaitAsync("document.querySelector('dialog') === null");
        Assert.Empty(page.Browser.Errors);
    }

    private static async Task<long> BalanceAsync(HttpLedger ledger, string account) =>
        (long)(await ledger.GetAccountAsync(account, cancellationToken: Stop))!.Balances[0].Balance.Units;
}
