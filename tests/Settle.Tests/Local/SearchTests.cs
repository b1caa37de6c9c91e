using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>Accounts and all else are found by what people know of them.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private ILedger _ledger = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await Settle.Ledger.OpenAsync(_directory.File("bank.db"), cancellationToken: Stop);
        await BillingServerFixture.InvoiceAsync(_ledger, ("dave", 100), ("alex", 200));
        await _ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = "c-17", Party = new Party { Name = "Zoë Größer & Co", Country = "DE" },
        }, Stop);
        await _ledger.Billing.QuoteAsync(new QuoteRequest
        {
            Customer = "dave", Lines = [new QuoteLine { Amount = Minor(5), Description = "x" }],
        }, Stop);
        foreach (var name in new[] { "customers:17:wallet", "customers:170:Wallet", "Wallet of 17", "WALLÉT", "other" })
            await _ledger.TransferAsync("@world", name, Money.Of(1), $"to {name}", Stop);
        await _ledger.PutAccountAsync(new AccountRequest { Account = "safe", Owners = ["maria"] }, Stop);
        await _ledger.TransferAsync(new TransferRequest
        {
            Id = "rent", From = "@world", To = "other", Amount = Money.Of(1), Memo = "Rent for MAY",
        }, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("17 wallet", "Wallet of 17", "customers:170:Wallet", "customers:17:wallet")]
    [InlineData("wallét", "WALLÉT")]
    [InlineData("WALLET 17 of", "Wallet of 17")]
    [InlineData("Maria", "safe")]
    [InlineData("maria saf", "safe")]
    [InlineData("nothing at all")]
    public async Task Accounts_are_found_by_words_in_any_order(string words, params string[] names)
    {
        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(new AccountQuery { Words = words }));
        // One by one the pages come to the same.
        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(new AccountQuery { Words = words, Limit = 1 }));
        Assert.Equal(names.Where(name => name.StartsWith("customers:", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            await NamesAsync(new AccountQuery { Words = words, Prefix = "customers:", Limit = 1 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Accounts_are_listed_by_prefix_and_newest_first(int limit)
    {
        Assert.Equal(["customers:170:Wallet", "customers:17:wallet"],
            await NamesAsync(new AccountQuery { Prefix = "customers:17", Limit = limit }));
        var newest = await NamesAsync(new AccountQuery { Sort = AccountSort.Newest, Limit = limit });
        Assert.Equal(["safe", "other", "WALLÉT", "Wallet of 17", "customers:170:Wallet", "customers:17:wallet"], newest.Take(6));
        Assert.Equal((await NamesAsync(new AccountQuery())).Order(StringComparer.Ordinal), newest.Order(StringComparer.Ordinal));
        Assert.Equal(["customers:170:Wallet", "customers:17:wallet"],
            await NamesAsync(new AccountQuery { Prefix = "customers:", Sort = AccountSort.Newest, Limit = limit }));
    }

    [Theory]
    [InlineData("2026-000001", "invoice 2026-000001; quote Q2026-000001")]
    [InlineData("DAVE", "account receivable:dave; customer dave; invoice 2026-000001; quote Q2026-000001")]
    [InlineData("größer", "customer c-17")]
    [InlineData("c-17", "customer c-17")]
    [InlineData("may rent", "entry rent")]
    [InlineData("rent", "entry rent")]
    [InlineData("customers:170:Wallet", "account customers:170:Wallet")]
    [InlineData("to other", "entry to other")]
    [InlineData("nothing", "")]
    public async Task A_search_finds_ids_names_numbers_and_memos(string text, string found)
    {
        var result = await _ledger.SearchAsync(new SearchQuery { Text = text }, Stop);
        Assert.Equal(found, string.Join("; ", result.Items.Select(item => $"{item.Type.ToString().ToLowerInvariant()} {item.Id}")));
        Assert.True(result.IsComplete);
    }

    [Fact]
    public async Task A_search_says_that_there_is_more()
    {
        var result = await _ledger.SearchAsync(new SearchQuery { Text = "a", Limit = 1 }, Stop);
        Assert.False(result.IsComplete);
        Assert.True(result.Items.GroupBy(item => item.Type).All(group => group.Count() == 1));
    }

    [Fact]
    public async Task An_erased_name_is_not_found()
    {
        await _ledger.Billing.EraseCustomerAsync("c-17", Stop);
        Assert.Empty((await _ledger.SearchAsync(new SearchQuery { Text = "größer" }, Stop)).Items);
        Assert.Single((await _ledger.SearchAsync(new SearchQuery { Text = "c-17" }, Stop)).Items);
    }

    private async Task<List<string>> NamesAsync(AccountQuery query)
    {
        var names = new List<string>();
        do
        {
            var page = await _ledger.ListAccountsAsync(query, Stop);
            names.AddRange(page.Items.Select(account => account.Name));
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return query.Sort == AccountSort.Newest || query.Words is null ? names : [.. names.Order(StringComparer.Ordinal)];
    }
}
