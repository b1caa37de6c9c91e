using System.IO.Compression;
using System.Text.Json.Nodes;
using Settle.Local;
using Settle.Tests.Cli;
using Settle.Tests.Local;
using Settle.Tests.Rules;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>What the views say is what the ledger says.</summary>
[Collection<SharedCouch>]
public sealed class ViewTests(CouchFixture couch)
{
    private const string Design = "_design/settle";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Available_by_the_view_is_available_by_the_ledger_whatever_happened(int seed)
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        var clock = new ManualClock();
        await using var ledger = (LocalLedger)await Ledger.OpenAsync(place.Location,
            new LedgerOptions { CacheFolder = place.Cache, Clock = clock });
        var life = new RandomLife(seed, clock);
        for (var round = 0; round < 4; round++)
        {
            await life.LiveAsync(ledger, 60);
            await AssertEqualAsync(ledger, user, clock);
        }
        // Time alone frees what was held.
        var before = AvailableRows.Of(await ledger.ListBalancesAsync());
        clock.Now += TimeSpan.FromDays(4000);
        await AssertEqualAsync(ledger, user, clock);
        Assert.NotEqual(before, AvailableRows.Of(await ledger.ListBalancesAsync()));
    }

    [Fact]
    public async Task One_account_is_asked_by_its_key()
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        var clock = new ManualClock();
        await using var ledger = await Ledger.OpenAsync(place.Location,
            new LedgerOptions { CacheFolder = place.Cache, Clock = clock });
        await ledger.InitializeAsync("EUR");
        await ledger.TransferAsync(new TransferRequest { From = "@world", To = "Zoë", Amount = Minor(1000) });
        await ledger.HoldAsync(new HoldRequest
            { Id = "h", From = "Zoë", To = "Dave", Amount = Minor(300), ExpiresIn = TimeSpan.FromSeconds(60) });
        await ledger.HoldAsync(new HoldRequest { Id = "i", From = "Zoë", To = "Dave", Amount = Minor(50) });
        long Ask(DateTimeOffset at) => (long)user.Get($"{Design}/_view/balance-available"
            + $"?startkey={Key("Zoë", "EUR")}&endkey={Key("Zoë", "EUR", AvailableRows.Text(at))}")
            ["rows"]![0]!["value"]!;
        Assert.Equal(650, (long)user.Get($"{Design}/_view/balance-available?key={Key("Zoë", "EUR")}")
            ["rows"]![0]!["value"]!);
        Assert.Equal(650, Ask(clock.Now + TimeSpan.FromSeconds(59)));
        Assert.Equal(950, Ask(clock.Now + TimeSpan.FromSeconds(60)));
        await ledger.CaptureAsync(new CaptureRequest { Hold = "h", Amount = Minor(100) });
        Assert.Equal(850, Ask(clock.Now));
        Assert.Equal(850, Ask(clock.Now + TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task Sums_beyond_what_JavaScript_can_say_are_made_of_rows_that_it_can()
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        await using var ledger = await place.OpenAsync();
        await ledger.InitializeAsync("USD");
        await ledger.TransferBatchAsync(Enumerable.Range(0, 5).Select(number => new TransferRequest
            { Id = $"t-{number}", From = "@world", To = "Rich", Amount = Minor(Limits.AmountMax )}).ToArray());
        var rows = user.Get($"{Design}/_view/balance-available?reduce=false&key={Key("Rich", "USD")}")
            ["rows"]!.AsArray();
        Assert.Equal((Int128)Limits.AmountMax * 5, rows.Aggregate((Int128)0,
            (sum, row) => sum + (long)row!["value"]!));
    }

    [Fact]
    public async Task A_banks_year_balances_by_the_ledger_and_by_the_view()
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        using var folder = new TemporaryDirectory();
        foreach (var name in (string[])["accounts.csv", "transfers.csv", "balances.csv"])
        {
            await using var packed =
                File.OpenRead(Path.Combine(Repository.Root, "samples/berka-1993", name + ".gz"));
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            await using var file = File.Create(folder.File(name));
            await unpacked.CopyToAsync(file, TestContext.Current.CancellationToken);
        }
        await CommandRun.DoneAsync(place.Location, "init", "--asset", "CZK");
        await CommandRun.DoneAsync(place.Location, "import", folder.File("transfers.csv"),
            "--accounts", folder.File("accounts.csv"));
        var recorded = File.ReadLines(folder.File("balances.csv")).Skip(1).Select(line => line.Split(','))
            .Select(row => $"{row[0]} CZK {long.Parse(row[1].Replace(".", "", StringComparison.Ordinal))}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(recorded, AvailableRows.ByView(user, DateTimeOffset.UtcNow));
        await using var ledger = await place.OpenAsync();
        Assert.Equal(recorded, AvailableRows.Of(await ledger.ListBalancesAsync()));
    }

    [Fact]
    public async Task Charges_that_no_invoice_mentions_are_listed()
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        await using (await place.OpenAsync())
        {
            foreach (var (id, customer) in new[] { ("1", "ann"), ("2", "bob"), ("3", "ann"), ("4", "ann") })
            {
                Assert.Equal(201, user.Put(new JsonObject
                {
                    ["_id"] = $"charge:{id}", ["type"] = "charge", ["customer"] = customer,
                    ["amount"] = 1000, ["description"] = "meeting room",
                }).Status);
            }
            string[] Uninvoiced(string question = "") =>
                [.. user.Get($"{Design}/_list/uninvoiced/charges{question}")["rows"]!.AsArray()
                    .Select(row => row!["id"]!.GetValue<string>())];
            Assert.Equal(["charge:1", "charge:2", "charge:3", "charge:4"], Uninvoiced());
            user.Put(new JsonObject
            {
                ["_id"] = "invoice:1", ["type"] = "invoice", ["customer"] = "ann",
                ["invoiced_charges"] = new JsonArray("charge:1", "charge:4", "charge:unknown"),
            });
            Assert.Equal(["charge:2", "charge:3"], Uninvoiced());
            Assert.Equal(["charge:3"], Uninvoiced("?customer=ann"));
        }
    }

    [Fact]
    public async Task An_older_design_document_is_replaced_and_a_newer_one_is_left_alone()
    {
        using var place = couch.NewDatabase();
        using var user = place.AsAdmin();
        await using (var ledger = await place.OpenAsync()) await ledger.InitializeAsync("EUR");
        var installed = user.Get(Design).AsObject();
        Assert.Equal("EUR", installed["settle"]!["asset"]!.GetValue<string>());
        await using (await place.OpenAsync())
            Assert.Equal(installed["_rev"]!.ToString(), user.Get(Design)["_rev"]!.ToString());

        var older = installed.DeepClone().AsObject();
        (older["settle"]!["version"], older["validate_doc_update"]) = (0, "function () {}");
        user.Send(HttpMethod.Put, Design, older);
        await using (await place.OpenAsync())
        {
            Assert.Equal(installed["validate_doc_update"]!.ToString(),
                user.Get(Design)["validate_doc_update"]!.ToString());
        }
        var newer = user.Get(Design).AsObject();
        newer["settle"]!["version"] = 1000;
        user.Send(HttpMethod.Put, Design, newer);
        await using (await place.OpenAsync())
            Assert.Equal(1000, (int)user.Get(Design)["settle"]!["version"]!);
    }

    private static async Task AssertEqualAsync(LocalLedger ledger, CouchUser user, ManualClock clock) =>
        Assert.Equal(AvailableRows.Of(await ledger.ListBalancesAsync()),
            AvailableRows.ByView(user, clock.Now));

    private static string Key(params string[] parts) => Uri.EscapeDataString(
        System.Text.Json.JsonSerializer.Serialize(parts));
}
