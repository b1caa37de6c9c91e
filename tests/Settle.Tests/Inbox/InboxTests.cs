using System.Text.Json.Nodes;
using Settle.Tests.Client;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary>Transfers that clients drop into the database as documents.</summary>
[Collection<SharedCouch>]
public sealed class InboxTests(CouchFixture couch)
{
    [Fact]
    public async Task A_pending_document_becomes_successful_or_rejected()
    {
        using var place = await InboxPlace.NewAsync(couch);
        await using var ledger = await place.OpenAsync();
        place.Drop(InboxPlace.Document("a-1", 2500));
        place.Drop(ValidationTests.With(InboxPlace.Document("a-2", 100), ("memo", "thanks"),
            ("meta", new JsonObject { ["k"] = "v" }), ("of the app", new JsonArray(1, "x", null))));
        place.Drop(InboxPlace.Document("a-3", 999_999, at: "2026-11-21T20:23:12Z"));
        await place.SettledAsync();
        var transfer = await ledger.GetTransferAsync("a-1");
        Assert.Equal((EntryStatus.Successful, 2500, Time("2026-11-21T20:23:11Z")),
            (transfer!.Status, (int)transfer.Amount.Units, transfer.Timestamp));
        var shown = place.Read("a-1");
        Assert.Equal(transfer.Block, (long)shown["block"]!);
        Assert.Equal(2500, (long)shown["amount"]!);
        Assert.Equal("v", place.Read("a-2")["meta"]!["k"]!.GetValue<string>());
        Assert.Equal("x", place.Read("a-2")["of the app"]![1]!.GetValue<string>());
        Assert.Equal("thanks", (await ledger.GetTransferAsync("a-2"))!.Memo);
        Assert.Equal("insufficient_funds", place.Verdict("a-3"));
        Assert.Equal(RefusalCode.InsufficientFunds, (await ledger.GetTransferAsync("a-3"))!.Reason);
        Assert.True((await place.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Only_owners_and_tellers_spend()
    {
        using var place = await InboxPlace.NewAsync(couch);
        place.Drop(InboxPlace.Document("b-1", 10, author: "bob"));
        place.Drop(InboxPlace.Document("b-2", 10, author: "ann", from: "@world", to: "wallet:ann"));
        place.Drop(ValidationTests.With(
            InboxPlace.Document("b-3", 10, author: "tess", from: "@world"), ("teller", true)));
        place.Drop(ValidationTests.With(InboxPlace.Document("b-4", 10, author: "tess"), ("teller", true)));
        place.Drop(InboxPlace.Document("b-5", 10, author: "ann", from: "nobodys"));
        await using var ledger = await place.OpenAsync();
        await place.SettledAsync();
        Assert.Equal(["not_allowed", "not_allowed", "successful", "successful", "not_allowed"],
            Enumerable.Range(1, 5).Select(number => place.Verdict($"b-{number}")));
        // Who was refused is not known by the ledger as somebody with money.
        Assert.Equal(20, (await BalanceAsync(ledger, "wallet:bob")));
        Assert.True((await place.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task The_oldest_is_decided_first_whenever_it_came()
    {
        using var place = await InboxPlace.NewAsync(couch);
        place.Drop(InboxPlace.Document("c-4", 10_000, at: "2026-11-21T20:00:00Z"));
        place.Drop(InboxPlace.Document("c-3", 10_000, at: "2026-11-21T20:00:00Z"));
        place.Drop(InboxPlace.Document("c-2", 10_000, at: "2026-11-21T21:30:00+02:00"));
        place.Drop(InboxPlace.Document("c-1", 9_000, at: "2026-11-21T19:29:59.9999Z"));
        place.Drop(InboxPlace.Document("c-0", 1_000, at: "2026-11-21"));
        Assert.Equal(["c-0", "c-1", "c-2", "c-3", "c-4"], place.Pending());
        await using var ledger = await place.OpenAsync();
        await place.SettledAsync();
        Assert.Equal(["successful", "successful", "insufficient_funds", "insufficient_funds",
            "insufficient_funds"], Enumerable.Range(0, 5).Select(number => place.Verdict($"c-{number}")));
    }

    [Fact]
    public async Task A_malformed_document_is_told_its_field_and_stops_nobody()
    {
        (string Field, JsonNode? Value)[] faults =
        [
            ("amount", 0), ("amount", -5), ("amount", 1.5), ("amount", "5"), ("amount", null),
            ("amount", 9007199254740992), ("from", ""), ("from", 7), ("from", " x"), ("to", "wallet:ann"),
            ("to", null), ("asset", "?"), ("asset", ""), ("timestamp", "yesterday"), ("timestamp", null),
            ("memo", 5), ("meta", new JsonArray()), ("meta.a", new JsonObject { ["a"] = 1 }),
            ("author", 5), ("author", ""), ("teller", "no"), ("memo", new string('x', 2000)),
        ];
        using var place = await InboxPlace.NewAsync(couch);
        for (var at = 0; at < faults.Length; at++)
        {
            place.Drop(ValidationTests.With(InboxPlace.Document($"d-{at}", 10),
                (faults[at].Field.Split('.')[0], faults[at].Value)));
        }
        var long128 = new string('y', 129);
        place.Drop(InboxPlace.Document(long128, 10));
        place.Drop(InboxPlace.Document("good", 10));
        await using var ledger = await place.OpenAsync();
        await place.SettledAsync();
        for (var at = 0; at < faults.Length; at++)
        {
            var document = place.Read($"d-{at}");
            Assert.Equal(("rejected", faults[at].Field), (document["status"]!.GetValue<string>(),
                document["field"]!.GetValue<string>()));
            Assert.Contains(faults[at].Field, document["reason"]!.GetValue<string>(),
                StringComparison.Ordinal);
            Assert.Null(document["block"]);
            Assert.Null(await ledger.GetEntryAsync($"d-{at}"));
        }
        Assert.Equal("id", place.Read(long128)["field"]!.GetValue<string>());
        Assert.Equal("successful", place.Verdict("good"));
    }

    [Fact]
    public async Task What_was_decided_before_stays_decided()
    {
        using var place = await InboxPlace.NewAsync(couch);
        await using var ledger = await place.OpenAsync();
        await ledger.TransferAsync(new TransferRequest
            { Id = "e-1", From = "wallet:ann", To = "wallet:bob", Amount = Minor(10) });
        place.Drop(InboxPlace.Document("e-1", 10));
        place.Drop(InboxPlace.Document("e-2", 20));
        await place.SettledAsync();
        // The API's transfer was signed by nobody: it is another one.
        Assert.Equal("id_reused", place.Verdict("e-1"));
        var first = place.Read("e-2");

        // Set back, and the same again; and with other content, which was never decided.
        place.Drop(ValidationTests.With(first, ("status", "pending"), ("reason", "nonsense")));
        await place.SettledAsync();
        var again = place.Read("e-2");
        Assert.Equal(("successful", (long)first["block"]!), (place.Verdict("e-2"), (long)again["block"]!));
        Assert.Null(again["reason"]);
        place.Drop(ValidationTests.With(again, ("status", "pending"), ("amount", 30)));
        await place.SettledAsync();
        Assert.Equal("id_reused", place.Verdict("e-2"));
        Assert.Equal(30, await BalanceAsync(ledger, "wallet:bob"));
    }

    [Theory]
    [InlineData("edited")]
    [InlineData("deleted")]
    [InlineData("settled by another")]
    public async Task What_happens_to_a_document_between_its_block_and_its_outcome_changes_nothing(
        string what)
    {
        using var place = await InboxPlace.NewAsync(couch);
        await using var proxy = new LossyProxy(place.Place.Server);
        var revision = place.Drop(InboxPlace.Document("f-1", 10));
        place.Drop(InboxPlace.Document("f-2", 10));
        var done = 0;
        proxy.OnRequest = text =>
        {
            if (!text.StartsWith("POST ", StringComparison.Ordinal)
                || !text.Contains("_bulk_docs", StringComparison.Ordinal)
                || Interlocked.Exchange(ref done, 1) == 1)
                return Task.CompletedTask;
            var stored = ValidationTests.With(InboxPlace.Document("f-1", 10), ("_rev", revision));
            place.Client.Put(what switch
            {
                "edited" => ValidationTests.With(stored, ("amount", 5000)),
                "deleted" => ValidationTests.With(stored, ("_deleted", true)),
                _ => ValidationTests.With(stored, ("status", "successful"), ("block", 3)),
            });
            return Task.CompletedTask;
        };
        await using (var ledger = await place.OpenAsync(place.Place.LocationAt(proxy.Address)))
        {
            await place.SettledAsync();
            Assert.Equal(1, done);
            Assert.Equal("successful", place.Verdict("f-2"));
            Assert.Equal(EntryStatus.Successful, (await ledger.GetTransferAsync("f-1"))!.Status);
            Assert.Equal(20, await BalanceAsync(ledger, "wallet:bob"));
            if (what != "deleted")
                Assert.Equal(what == "edited" ? "id_reused" : "successful", place.Verdict("f-1"));
            else Assert.Equal(404, place.Client.Send(HttpMethod.Get, "transfer%3Af-1").Status);
        }
        Assert.True((await place.VerifyAsync()).IsClean);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_revision_under_a_users_id_gives_way_to_the_users_own(bool isSettledBefore)
    {
        using var place = await InboxPlace.NewAsync(couch);
        place.Drop(InboxPlace.Document("g-1", 40));
        if (isSettledBefore)
        {
            await using (await place.OpenAsync()) await place.SettledAsync();
        }
        // As by replication from a stranger's database: longer, and so it wins, and older to read.
        Assert.True(place.Client.Replicate(ValidationTests.Revised(InboxPlace.Document(
            "g-1", 7000, author: "bob", at: "2001-01-01"), 50)).Taken);
        Assert.SkipWhen((long)place.Read("g-1")["amount"]! != 7000 && couch.IsPouch,
            "pouchdb-server gives replicated revisions other ancestors");
        Assert.Equal(7000, (long)place.Read("g-1")["amount"]!);
        await using var ledger = await place.OpenAsync();
        await place.SettledAsync();
        var kept = place.Client.Get("transfer%3Ag-1?conflicts=true");
        Assert.Equal((40, "ann", "successful"), ((long)kept["amount"]!,
            kept["author"]!.GetValue<string>(), kept["status"]!.GetValue<string>()));
        Assert.Null(kept["_conflicts"]);
        Assert.Equal(40, await BalanceAsync(ledger, "wallet:bob"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_replicates_over_somebodys_transfer_neither_spends_nor_stays(bool isSettledBefore)
    {
        using var place = couch.NewGuardedDatabase();
        await using var ledger = await place.Place.OpenAsync();
        await ledger.InitializeAsync("USD");
        place.OpenToAll();
        var (ann, bob) = (place.NewUser("ann"), place.NewUser("bob"));
        await ledger.PutAccountAsync(new AccountRequest { Account = "wallet:ann", Owners = [ann] });
        await ledger.TransferAsync(new TransferRequest
            { Id = "start", From = "@world", To = "wallet:ann", Amount = Minor(1000) });
        var resolve = () => LedgerDocuments.ResolveAsync(place.Place.Location, DateTimeOffset.UtcNow,
            new LedgerOptions { CacheFolder = place.Place.Cache });
        place.As(ann).Put(InboxPlace.Document("i-1", 40, ann));
        if (isSettledBefore) await resolve();
        var (taken, _) = place.As(bob).Replicate(ValidationTests.Revised(
            InboxPlace.Document("i-1", 900, bob, at: "2001-01-01"), 50));
        Assert.True(taken || couch.IsPouch);
        // pouchdb-server shows the rule what is there; CouchDB does not.
        await resolve();
        var kept = place.Admin.Get("transfer%3Ai-1?conflicts=true");
        Assert.Equal((40, ann, "successful"), ((long)kept["amount"]!,
            kept["author"]!.GetValue<string>(), kept["status"]!.GetValue<string>()));
        Assert.Null(kept["_conflicts"]);
        // The ledger that was open hears of another one's blocks a moment later.
        await using var reader = await place.Place.OpenAsync();
        Assert.Equal(960, await BalanceAsync(reader, "wallet:ann"));
    }

    [Fact]
    public async Task A_conflict_that_came_just_behind_a_mark_is_resolved()
    {
        Assert.SkipWhen(couch.IsPouch, "pouchdb-server gives replicated revisions other ancestors");
        using var place = await InboxPlace.NewAsync(couch);
        await using var proxy = new LossyProxy(place.Place.Server);
        place.Drop(InboxPlace.Document("j-1", 40));
        var (isMarked, isThere) = (false, false);
        proxy.OnRequest = text =>
        {
            isMarked |= text.Contains("_bulk_docs", StringComparison.Ordinal);
            if (isThere || !isMarked || !text.Contains("/_changes?limit", StringComparison.Ordinal))
                return Task.CompletedTask;
            // The outcome and this are one line of the changes, and the outcome's revision wins.
            isThere = place.Client.Replicate(ValidationTests.With(InboxPlace.Document("j-1", 7),
                ("_rev", "1-0123456789abcdef0123456789abcdef"))).Taken;
            return Task.CompletedTask;
        };
        await using var ledger = await place.OpenAsync(place.Place.LocationAt(proxy.Address));
        var patience = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        while (!isThere || place.Client.Get("transfer%3Aj-1?conflicts=true")["_conflicts"] is not null)
        {
            Assert.True(DateTime.UtcNow < patience, "the conflict stays");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Equal(("successful", 40), (place.Verdict("j-1"), (long)place.Read("j-1")["amount"]!));
    }

    [Fact]
    public async Task Lost_answers_and_server_errors_only_delay()
    {
        using var place = await InboxPlace.NewAsync(couch);
        await using var proxy = new LossyProxy(place.Place.Server);
        var count = 0;
        proxy.OnRequest = text =>
        {
            if ((text.StartsWith("POST ", StringComparison.Ordinal)
                || text.StartsWith("PUT ", StringComparison.Ordinal)) && ++count % 2 == 1)
                proxy.LoseAnswers(1);
            return Task.CompletedTask;
        };
        await using (var ledger = await place.OpenAsync(place.Place.LocationAt(proxy.Address)))
        {
            for (var number = 0; number < 20; number++) place.Drop(InboxPlace.Document($"h-{number}", 10));
            await place.SettledAsync();
            Assert.Equal(200, await BalanceAsync(ledger, "wallet:bob"));
        }
        Assert.True(proxy.AnswersLost > 0);
        Assert.Equal(20 + 4, (await place.VerifyAsync()).Entries);
    }

    internal static async Task<Int128> BalanceAsync(ILedger ledger, string account) =>
        (await ledger.GetAccountAsync(account))?.Balances.Single().Balance.Units ?? 0;
}
