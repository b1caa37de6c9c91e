using System.Text.Json.Nodes;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary>
/// Documents that CouchDB does not show to any rule (<c>_local/...</c>): whatever a member writes there,
/// nothing is missed.
/// </summary>
[Collection<SharedCouch>]
public sealed class PlaceTests(CouchFixture couch)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lies =>
    [
        """{"since":"999999999","place":"999999999"}""",
        """{"since":"9-g1AAAABteJzLYWBgYMpgTmHgz8tPSTV0MDQy1zMAQsMckEQiQ1L9____szKYExlzgQLshqap","place":"7"}""",
        """{"since":"no place","place":"no place"}""",
        """{"since":7,"place":{"x":[1]}}""",
        """{"since":{"x":[1]},"place":-1}""",
        """{"since":null}""",
        """{"_deleted":true}""",
    ];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task What_a_member_writes_beyond_the_rules_hides_no_document(string lie)
    {
        using var place = await InboxPlace.NewAsync(couch);
        for (var number = 1; number <= 3; number++)
            place.Drop(InboxPlace.Document($"a-{number}", number));
        Lie(place, lie);
        var report = await ResolveAsync(place);
        Assert.Equal((3, 0), (report.Successful, place.Pending().Count));
        Lie(place, lie);
        place.Drop(InboxPlace.Document("b-1", 1));
        await using (await place.OpenAsync())
        {
            await place.SettledAsync();
            Lie(place, lie);
            place.Drop(InboxPlace.Document("b-2", 1));
            await place.SettledAsync();
        }
        Assert.Equal("successful", place.Verdict("b-2"));
        Assert.Equal(0, (await ResolveAsync(place)).Successful);
    }

    [Fact]
    public async Task A_member_who_says_that_all_is_done_hides_nothing_from_resolve()
    {
        using var place = await InboxPlace.NewAsync(couch);
        for (var number = 1; number <= 3; number++)
            place.Drop(InboxPlace.Document($"a-{number}", number));
        var newest = place.Client.Get("_changes?limit=1&since=now")["last_seq"]!.ToString();
        Lie(place, new JsonObject { ["since"] = newest }.ToJsonString());
        Assert.Equal(3, (await ResolveAsync(place)).Successful);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task What_a_member_writes_beyond_the_rules_hides_no_invoice(string lie)
    {
        using var place = await InboxPlace.NewAsync(couch);
        await using var ledger = await Ledger.OpenAsync(place.Place.Location,
            new LedgerOptions { CacheFolder = place.Place.Cache, SettlesDocuments = false }, Stop);
        await InboxPlace.PrepareBillingAsync(ledger);
        Lie(place, lie);
        var first = await InvoiceAsync(ledger, "c-1");
        Lie(place, lie);
        var second = await InvoiceAsync(ledger, "c-2");
        foreach (var number in (string[])[first, second])
            Assert.Equal(number, place.Client.Get($"invoice%3A{number}")["number"]!.GetValue<string>());
    }

    [Fact]
    public async Task Documents_of_invoices_that_a_dead_process_left_out_are_written_by_the_next_one()
    {
        using var place = await InboxPlace.NewAsync(couch);
        var options = new LedgerOptions { CacheFolder = place.Place.Cache, SettlesDocuments = false };
        var numbers = new List<string>();
        var kept = new List<JsonObject>();
        await using (var ledger = await Ledger.OpenAsync(place.Place.Location, options, Stop))
        {
            await InboxPlace.PrepareBillingAsync(ledger);
            for (var number = 1; number <= 4; number++)
                numbers.Add(await InvoiceAsync(ledger, $"c-{number}"));
        }
        kept.AddRange(numbers.Select(number => place.Client.Get($"invoice%3A{number}").AsObject()));
        using var copy = await CopyWithoutAsync(place, [$"invoice:{numbers[1]}", $"invoice:{numbers[3]}"]);
        await using (await Ledger.OpenAsync(copy.Location, options, Stop))
        {
            using var client = copy.AsAdmin();
            foreach (var wanted in kept)
            {
                var made = client.Get(Uri.EscapeDataString(wanted["_id"]!.GetValue<string>())).AsObject();
                made.Remove("_rev");
                wanted.Remove("_rev");
                Assert.True(JsonNode.DeepEquals(wanted, made), made.ToJsonString());
            }
        }
    }

    // A database with the same documents, but for some: as a process that died left it.
    private async Task<CouchPlace> CopyWithoutAsync(InboxPlace place, string[] left)
    {
        var copy = couch.NewDatabase();
        (await copy.OpenStoreAsync()).DisposeAsync().AsTask().Wait(Stop);
        var documents = place.Client.Get("_all_docs?include_docs=true")["rows"]!.AsArray()
            .Select(row => row!["doc"]!.DeepClone().AsObject())
            .Where(document => !left.Contains(document["_id"]!.GetValue<string>()));
        using var client = copy.AsAdmin();
        foreach (var document in documents)
        {
            document.Remove("_rev");
            Assert.Equal(201, client.Put(document).Status);
        }
        return copy;
    }

    private static async Task<string> InvoiceAsync(ILedger ledger, string id)
    {
        await ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Id = id, Customer = "ann", Amount = Minor(1000), Description = "meeting room",
            Date = new DateOnly(2026, 10, 31),
        });
        var run = await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 11, 1) });
        return Assert.Single(run.Invoices).Number;
    }

    private static void Lie(InboxPlace place, string lie)
    {
        foreach (var id in (string[])["settle-inbox", "settle-papers", "settle-ready", "settle-place"])
        {
            var document = JsonNode.Parse(lie)!.AsObject();
            var (status, known) = place.Client.Send(HttpMethod.Get, $"_local/{id}");
            if (status == 200) document["_rev"] = known["_rev"]!.GetValue<string>();
            else if (document.ContainsKey("_deleted")) continue;
            place.Client.Send(HttpMethod.Put, $"_local/{id}", document);
        }
    }

    private static Task<DocumentReport> ResolveAsync(InboxPlace place) => LedgerDocuments.ResolveAsync(
        place.Place.Location, DateTimeOffset.UtcNow, new LedgerOptions { CacheFolder = place.Place.Cache });
}
