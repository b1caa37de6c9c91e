using System.Text.Json.Nodes;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary>A database with some accounts, and the documents that clients drop into it.</summary>
internal sealed class InboxPlace : IDisposable
{
    public const string Design = "_design/settle";

    private InboxPlace(CouchPlace place) => (Place, Client) = (place, place.AsAdmin());

    public CouchPlace Place { get; }

    public CouchUser Client { get; }

    /// <summary>Ann owns a wallet with 100.00, Bob one with nothing.</summary>
    public static Task<InboxPlace> NewAsync(CouchFixture couch) => NewAsync(couch.NewDatabase());

    /// <summary>The same in a database that is not there yet.</summary>
    public static async Task<InboxPlace> NewAsync(CouchPlace place)
    {
        await using var ledger = await Ledger.OpenAsync(
            place.Location, new LedgerOptions { CacheFolder = place.Cache, SettlesDocuments = false });
        await ledger.InitializeAsync("USD");
        await ledger.PutAccountAsync(new AccountRequest { Account = "wallet:ann", Owners = ["ann"] });
        await ledger.PutAccountAsync(new AccountRequest { Account = "wallet:bob", Owners = ["bob"] });
        await ledger.TransferAsync(new TransferRequest
            { Id = "start", From = "@world", To = "wallet:ann", Amount = Minor(10_000) });
        return new InboxPlace(place);
    }

    /// <summary>A ledger that settles documents.</summary>
    public Task<ILedger> OpenAsync(string? location = null) => Ledger.OpenAsync(
        location ?? Place.Location, new LedgerOptions { CacheFolder = Place.Cache });

    public static JsonObject Document(string id, long amount, string author = "ann",
        string from = "wallet:ann", string to = "wallet:bob", string at = "2026-11-21T20:23:11Z") =>
        new()
        {
            ["_id"] = $"transfer:{id}", ["type"] = "transfer", ["from"] = from, ["to"] = to,
            ["amount"] = amount, ["timestamp"] = at, ["author"] = author, ["status"] = "pending",
        };

    public string Drop(JsonObject document)
    {
        var (status, answer) = Client.Put(document);
        Assert.True(status is 201, answer);
        return answer;
    }

    public JsonObject Read(string id) =>
        Client.Get($"transfer%3A{Uri.EscapeDataString(id)}").AsObject();

    /// <summary>Waits until nothing is pending, as any client sees it.</summary>
    public async Task SettledAsync()
    {
        var patience = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (Pending().Count > 0)
        {
            Assert.True(DateTime.UtcNow < patience, $"still pending: {string.Join(", ", Pending())}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The ids of pending transfers in their order, by the view.</summary>
    public List<string> Pending() => [.. Client.Get($"{Design}/_view/oldest-pending")["rows"]!
        .AsArray().Select(row => row!["key"]![1]!.GetValue<string>())];

    /// <summary>What a document says became of it: <c>successful</c> or the reason.</summary>
    public string Verdict(string id)
    {
        var document = Read(id);
        return document["status"]!.GetValue<string>() is "rejected"
            ? document["reason"]!.GetValue<string>() : document["status"]!.GetValue<string>();
    }

    public Task<VerificationReport> VerifyAsync() => LedgerVerification.VerifyAsync(
        Place.Location, new LedgerOptions { CacheFolder = Place.Cache });

    public void Dispose()
    {
        Client.Dispose();
        Place.Dispose();
    }

    /// <summary>A seller, and one customer.</summary>
    public static async Task PrepareBillingAsync(ILedger ledger)
    {
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Coworking Ltd", Country = "DE", VatId = "DE123456788" },
            TaxRates = ["19", "7"], DefaultTax = "19",
        });
        await ledger.Billing.PutCustomerAsync(new CustomerRequest
            { Customer = "ann", Party = new Party { Name = "Ann", Country = "DE" } });
    }
}
