using System.Text.Json.Nodes;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>
/// Who may write what into a ledger's database: by writing it, and by replicating it in from a
/// database of their own, with any revision.
/// </summary>
[Collection<SharedCouch>]
public sealed class ValidationTests(CouchFixture couch) : IAsyncLifetime
{
    private GuardedPlace _place = null!;
    private string _ann = "";
    private string _bob = "";

    public async ValueTask InitializeAsync()
    {
        _place = couch.NewGuardedDatabase();
        await using (var ledger = await _place.Place.OpenAsync())
        {
            await ledger.TransferAsync(new TransferRequest
                { Id = "t-0", From = "@world", To = "wallet", Amount = Minor(500) });
        }
        _place.OpenToAll();
        (_ann, _bob) = (_place.NewUser("ann"), _place.NewUser("bob"));
    }

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_user_may_make_a_pending_transfer_in_the_own_name()
    {
        Assert.Equal(201, _place.As(_ann).Put(Pending(_ann, "a-1")).Status);
        Assert.True(_place.As(_ann).Replicate(Revised(Pending(_ann, "a-2"), 3)).Taken);
    }

    [Fact]
    public void A_user_writes_no_block()
    {
        var next = JsonNode.Parse("""
            {"_id":"block:main:000000000002","type":"block","entries":[]}
            """)!.AsObject();
        Refused(_ann, next, "settler");
        Refused(_ann, With(next, ("type", "note")), "settler");
        Refused(_ann, With(next, ("_id", "harmless")), "settler");
        Refused(_ann, With(next, ("_deleted", true)), "never deleted");
    }

    [Fact]
    public void Nobody_changes_or_deletes_a_block_not_even_an_admin()
    {
        var settler = _place.NewUser("sam", "settler");
        var block = _place.Admin.Get("block:main:000000000001").AsObject();
        foreach (var user in new[] { _place.Admin, _place.As(settler), _place.As(_ann) })
        {
            foreach (var changed in new[] { With(block, ("writer", "me")), With(block, ("_deleted", true)) })
            {
                var (status, reason) = user.Put(Copy(changed));
                Assert.Equal(403, status);
                Assert.Contains("never", reason, StringComparison.Ordinal);
            }
        }
        Assert.Equal(block["_rev"]!.GetValue<string>(),
            _place.Admin.Get("block:main:000000000001")["_rev"]!.GetValue<string>());
    }

    [Fact]
    public void A_user_gives_no_verdict_and_takes_no_other_name()
    {
        Refused(_ann, With(Pending(_ann, "b-1"), ("status", "successful")), "pending");
        Refused(_ann, With(Pending(_ann, "b-2"), ("status", "rejected")), "pending");
        Refused(_ann, With(Pending(_ann, "b-3"), ("block", 1)), "block must be left out");
        Refused(_ann, With(Pending(_ann, "b-4"), ("reason", "x")), "reason must be left out");
        Refused(_ann, Pending(_bob, "b-5"), "author");
        Refused(_ann, Without(Pending(_ann, "b-6"), "author"), "author");
        Refused(_ann, With(Pending(_ann, "b-7"), ("teller", true)), "teller");
        Refused(_ann, With(Pending(_ann, "b-8"), ("teller", "yes")), "teller");
        Refused(_ann, With(Pending(_ann, "b-9"), ("type", "note")), "type transfer");
        Refused(_ann, With(Pending(_ann, "b-9"), ("_id", "note")), "_id");
        Refused(_ann, With(Pending(_ann, "b-10"), ("memo", new string('x', 70_000))), "characters");
        Refused(null, With(Pending(_ann, "b-11"), ("author", null)), "log in");
    }

    [Fact]
    public void A_transfer_is_its_authors_and_not_changed_once_it_is_there()
    {
        var (_, revision) = _place.As(_ann).Put(Pending(_ann, "c-1"));
        var stored = With(Pending(_ann, "c-1"), ("_rev", revision));
        foreach (var (user, why) in new[] { (_ann, "not changed"), (_bob, "somebody else") })
        {
            foreach (var changed in new[]
                { With(stored, ("amount", 1)), With(stored, ("_deleted", true)), With(stored, ("author", _bob)) })
            {
                var (status, reason) = _place.As(user).Put(Copy(changed));
                Assert.Equal(403, status);
                Assert.Contains(why, reason, StringComparison.Ordinal);
                Assert.False(_place.As(user).Replicate(After(changed, revision)).Taken);
            }
        }
        Assert.Equal(revision, _place.Admin.Get("transfer%3Ac-1")["_rev"]!.GetValue<string>());
    }

    [Fact]
    public void A_teller_stamps_transfers_and_writes_charges_and_invoices()
    {
        var tess = _place.NewUser("tess", "teller");
        Assert.Equal(201, _place.As(tess).Put(With(Pending(tess, "d-1"), ("teller", true))).Status);
        foreach (var type in new[] { "charge", "invoice" })
        {
            var document = new JsonObject { ["_id"] = $"{type}:1", ["type"] = type, ["author"] = tess };
            Refused(_ann, With(document, ("author", _ann)), "teller");
            Assert.Equal(201, _place.As(tess).Put(document).Status);
        }
    }

    [Fact]
    public void What_a_teller_writes_has_its_limits_too()
    {
        var tess = _place.NewUser("tess", "teller");
        var charge = new JsonObject
        {
            ["_id"] = "charge:big", ["type"] = "charge", ["author"] = tess, ["status"] = "pending",
            ["description"] = new string('x', 70_000),
        };
        Refused(tess, charge, "a charge has at most 65536 characters");
        Refused(tess, With(charge, ("description", ""), ("note", new string('\u20AC', 65_536))), "characters");
        var invoice = new JsonObject
            { ["_id"] = "invoice:7", ["type"] = "invoice", ["author"] = tess, ["seller"] = new JsonObject() };
        Refused(tess, invoice, "seller must be left out");
        // An app's own charge asks for nothing, and is its own affair.
        Assert.Equal(201, _place.As(tess).Put(Without(charge, "status")).Status);
    }

    [Fact]
    public void What_is_not_the_ledgers_is_its_authors_if_it_names_one()
    {
        Assert.Equal(201, _place.As(_ann).Put(new JsonObject { ["_id"] = "free", ["n"] = 1 }).Status);
        Refused(_ann, new JsonObject { ["_id"] = "note", ["author"] = _bob }, "author");
        var note = new JsonObject { ["_id"] = "note", ["author"] = _bob };
        var (_, revision) = _place.As(_bob).Put(Copy(note));
        var (status, reason) = _place.As(_ann).Put(With(note, ("_rev", revision), ("author", _ann)));
        Assert.Equal(403, status);
        Assert.Contains("somebody else", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settler_settles_without_being_an_admin_and_is_told_what_only_an_admin_does()
    {
        var sam = _place.NewUser("sam", "settler");
        var warnings = new List<string>();
        var options = new LedgerOptions { CacheFolder = _place.Place.Cache, Warn = warnings.Add };
        await using (var ledger = await Ledger.OpenAsync(_place.LocationFor(sam), options))
        {
            await ledger.TransferAsync(new TransferRequest
                { Id = "t-1", From = "wallet", To = "shop", Amount = Minor(5) });
        }
        Assert.Empty(warnings);
        Remove();
        await using (await Ledger.OpenAsync(_place.LocationFor(sam), options))
            Assert.Contains("settle init", Assert.Single(warnings), StringComparison.Ordinal);
        await using (var ledger = await Ledger.OpenAsync(_place.LocationFor(sam), options))
            await Assert.ThrowsAsync<UnauthorizedException>(() => ledger.InitializeAsync("USD"));
        // Nobody checked who signed what is there: it is not settled.
        await Assert.ThrowsAsync<UnauthorizedException>(() => LedgerDocuments.ResolveAsync(
            _place.LocationFor(sam), DateTimeOffset.UtcNow, options));
    }

    [Fact]
    public async Task A_user_who_is_no_settler_settles_nothing()
    {
        await using var ledger = await Ledger.OpenAsync(_place.LocationFor(_ann),
            new LedgerOptions { CacheFolder = _place.Place.Cache });
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => ledger.TransferAsync(
            new TransferRequest { Id = "t-1", From = "wallet", To = "shop", Amount = Minor(5) }));
        Assert.Contains("role settler", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whether_a_user_may_write_blocks_is_known_without_writing_one(bool hasFailed)
    {
        async Task ProbeAsync(string user)
        {
            await using var store = await CouchPlace.OpenStoreAsync(_place.LocationFor(user));
            await store.ProbeAsync(hasFailed, TestContext.Current.CancellationToken);
        }
        await ProbeAsync(_place.NewUser("sam", "settler"));
        await ProbeAsync(_place.NewUser("sam2", "settler"));
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => ProbeAsync(_ann));
        Assert.Contains("role settler", refused.Message, StringComparison.Ordinal);
        await using (var admin = await _place.Place.OpenStoreAsync())
            await admin.ProbeAsync(hasFailed, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("settle-ready", _place.Admin.Get("_all_docs").ToJsonString(),
            StringComparison.Ordinal);
    }

    // By writing it, and as a replicator's first and later revision.
    private void Refused(string? user, JsonObject document, string why)
    {
        var (status, reason) = _place.As(user).Put(Copy(document));
        Assert.True(status is 403, $"{document}: {status} {reason}");
        Assert.Contains(why, reason, StringComparison.Ordinal);
        foreach (var generation in new[] { 1, 9 })
        {
            var (taken, said) = _place.As(user).Replicate(Revised(document, generation));
            Assert.False(taken, document.ToJsonString());
            Assert.Contains(why, said, StringComparison.Ordinal);
        }
    }

    private void Remove()
    {
        var revision = _place.Admin.Get("_design/settle")["_rev"];
        _place.Admin.Send(HttpMethod.Delete, $"_design/settle?rev={revision}");
    }

    internal static JsonObject Pending(string author, string id) => new()
    {
        ["_id"] = $"transfer:{id}", ["type"] = "transfer", ["from"] = "wallet", ["to"] = "shop",
        ["amount"] = 5, ["timestamp"] = "2026-11-21T20:23:11Z", ["author"] = author,
        ["status"] = "pending",
    };

    internal static JsonObject With(JsonObject document, params (string Name, JsonNode? Value)[] members)
    {
        var copy = Copy(document);
        foreach (var (name, value) in members) copy[name] = value;
        return copy;
    }

    internal static JsonObject Copy(JsonObject document) => document.DeepClone().AsObject();

    private static JsonObject Without(JsonObject document, string name)
    {
        var copy = Copy(document);
        copy.Remove(name);
        return copy;
    }

    /// <summary>The document as a revision nobody has seen, with ancestors nobody has seen.</summary>
    internal static JsonObject Revised(JsonObject document, int generation)
    {
        var ids = Enumerable.Range(0, generation).Select(_ => Guid.NewGuid().ToString("N")).ToArray();
        return With(document, ("_rev", $"{generation}-{ids[0]}"), ("_revisions", new JsonObject
        {
            ["start"] = generation,
            ["ids"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]),
        }));
    }

    /// <summary>The document as the next revision of one that the server has.</summary>
    private static JsonObject After(JsonObject document, string revision)
    {
        var (generation, id) = (int.Parse(revision.Split('-')[0]) + 1, Guid.NewGuid().ToString("N"));
        return With(document, ("_rev", $"{generation}-{id}"), ("_revisions", new JsonObject
        {
            ["start"] = generation, ["ids"] = new JsonArray(id, revision.Split('-')[1]),
        }));
    }
}
