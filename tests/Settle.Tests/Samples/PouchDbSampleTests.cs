using Settle.Tests.Server;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Samples;

/// <summary>The sample page, in a browser whose network is cut and restored.</summary>
[Collection<SharedCouch>]
public sealed class PouchDbSampleTests(CouchFixture couch)
{
    [Fact]
    public async Task Transfers_made_offline_are_settled_when_the_network_is_back()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(
            SampleSite.Folder, "node_modules/pouchdb/dist/pouchdb.min.js")), "npm did not install PouchDB");
        using var place = couch.NewGuardedDatabase();
        await using var ledger = await place.Place.OpenAsync();
        await ledger.InitializeAsync("USD");
        place.OpenToAll();
        var ann = place.NewUser("ann");
        await ledger.PutAccountAsync(new AccountRequest { Account = "wallet", Owners = [ann] });
        await ledger.TransferAsync(new TransferRequest
            { Id = "start", From = "@world", To = "wallet", Amount = Minor(5000) });
        await using var site = await SampleSite.StartAsync(place.Place.Server, place.Place.Name);
        await using var browser = await Browser.OpenAsync(site.Address);

        await browser.WaitForAsync("document.readyState === 'complete' && !!window.PouchDB");
        await SubmitAsync(browser, "connect", ("database", new Uri(site.Address, place.Place.Name).ToString()),
            ("user", ann), ("password", GuardedPlace.Password));
        await browser.WaitForAsync(Says("state", "up to date"));
        await SendAsync(browser, 100);
        await browser.WaitForAsync(Rows("successful", 1));

        await browser.SetOfflineAsync(true);
        await SendAsync(browser, 2500);
        await SendAsync(browser, 999_999);
        await browser.WaitForAsync(Rows("pending", 2));
        await browser.WaitForAsync(Says("state", "offline"));
        Assert.Equal(4900, await BalanceAsync(ledger));

        await browser.SetOfflineAsync(false);
        await browser.WaitForAsync(Rows("successful", 2));
        await browser.WaitForAsync(Rows("rejected", 1));
        await browser.WaitForAsync(Says("transfers", "insufficient_funds"));
        Assert.Equal(2400, await BalanceAsync(ledger));

        // What the database does not take is said, too.
        await browser.EvaluateAsync("user = 'somebody else'");
        await SendAsync(browser, 1);
        await browser.WaitForAsync(Says("refused", "author must be"));
        await browser.WaitForAsync(Rows("refused", 1));
        await browser.WaitForAsync(Says("transfers", "refused: author must be"));

        // Somebody else had used the id first: the last revision says so, and reaches the page.
        var lost = place.Admin.Get("_all_docs?include_docs=true&startkey=%22transfer%3A%22")["rows"]![0]!["doc"]!
            .DeepClone().AsObject();
        (lost["_deleted"], lost["status"], lost["reason"]) = (true, "rejected", "id_reused");
        Assert.Equal(201, place.Admin.Put(lost).Status);
        await browser.WaitForAsync(Says("transfers", "rejected: id_reused"));
        // What the page knows, it knows again when it is opened again.
        await browser.EvaluateAsync("location.reload()");
        await browser.WaitForAsync("document.readyState === 'complete' && !!window.PouchDB && !document.forms.connect.hidden");
        await SubmitAsync(browser, "connect", ("database", new Uri(site.Address, place.Place.Name).ToString()),
            ("user", ann), ("password", GuardedPlace.Password));
        await browser.WaitForAsync(Rows("refused", 1));
        await browser.WaitForAsync(Says("transfers", "rejected: id_reused"));
        // The browser notes a request that finds no network; the page itself must have no error.
        Assert.DoesNotContain(browser.Errors, error =>
            error.Contains("exceptionDetails", StringComparison.Ordinal));
    }

    private static Task SendAsync(Browser browser, long amount) => SubmitAsync(browser, "transfer",
        ("from", "wallet"), ("to", "shop"), ("amount", $"{amount}"));

    private static async Task SubmitAsync(
        Browser browser, string form, params (string Name, string Value)[] fields)
    {
        var filled = string.Concat(fields.Select(field =>
            $"document.forms['{form}'].elements['{field.Name}'].value = '{field.Value}';"));
        await browser.EvaluateAsync($"{filled} document.forms['{form}'].requestSubmit()");
    }

    private static string Rows(string status, int count) =>
        $"document.querySelectorAll('#transfers td.{status}').length === {count}";

    private static string Says(string id, string text) =>
        $"document.getElementById('{id}').textContent.includes('{text}')";

    private static async Task<Int128> BalanceAsync(ILedger ledger) =>
        (await ledger.GetAccountAsync("wallet"))!.Balances.Single().Balance.Units;
}
