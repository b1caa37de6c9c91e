using System.Text.Json.Nodes;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary>Charges that a manager's app drops into the database, and the views of billing.</summary>
[Collection<SharedCouch>]
public sealed class ChargeDocumentTests(CouchFixture couch)
{
    private const string Month = "2026-10-31";

    [Fact]
    public async Task A_charge_document_becomes_a_charge_of_the_ledger()
    {
        using var place = await NewAsync();
        place.Drop(Charge("c-1", 1000));
        var hours = Charge("c-2", null);
        (hours["quantity"], hours["unit_price"], hours["unit"]) = ("1.5", "40", "HUR");
        hours["cost_centre"] = "4711";
        place.Drop(hours);
        place.Drop(ValidationTests.With(Charge("c-3", 1000), ("customer", "nobody")));
        place.Drop(ValidationTests.With(Charge("c-4", 1000), ("date", "31.10.2026")));
        place.Drop(Charge("c-5", -1));
        place.Drop(ValidationTests.With(Charge("c-6", 1000), ("tax", "18")));
        await using var ledger = await place.OpenAsync();
        await DecidedAsync(place, 6);
        Assert.Equal(["successful", "successful", "unknown_customer", "date", "amount", "unknown_tax_rate"],
            Enumerable.Range(1, 6).Select(number => Verdict(place, $"c-{number}")));
        var charge = await ledger.Billing.GetChargeAsync("c-2");
        Assert.Equal((6000, "ann", "4711"), ((int)charge!.Amount.Units, charge.Customer, charge.CostCentre));
        Assert.Equal(charge.Block, (long)Read(place, "c-2")["block"]!);
        Assert.True((await place.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task Uninvoiced_says_what_the_ledger_says_after_every_step()
    {
        using var place = await NewAsync();
        await using var ledger = await place.OpenAsync();
        await AssertSameAsync(place, ledger, []);
        for (var number = 1; number <= 3; number++) place.Drop(Charge($"c-{number}", 1000));
        place.Drop(ValidationTests.With(Charge("late", 500), ("date", "2026-11-02")));
        await DecidedAsync(place, 4);
        await AssertSameAsync(place, ledger, ["c-1", "c-2", "c-3", "late"]);

        var run = await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = DateOnly.Parse(Month), Date = new DateOnly(2026, 11, 1) });
        var number1 = Assert.Single(run.Invoices).Number;
        await AssertSameAsync(place, ledger, ["late"]);
        var shown = place.Client.Get($"invoice%3A{number1}");
        Assert.Equal(["c-1", "c-2", "c-3"],
            shown["invoiced_charges"]!.AsArray().Select(id => id!.GetValue<string>()));

        await ledger.Billing.CreditAsync(new CreditRequest { Invoice = number1, Rebill = true });
        await AssertSameAsync(place, ledger, ["c-1", "c-2", "c-3", "late"]);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = DateOnly.Parse(Month), Date = new DateOnly(2026, 11, 1) });
        await AssertSameAsync(place, ledger, ["late"]);
        Assert.True((await place.VerifyAsync()).IsClean);
    }

    [Fact]
    public async Task The_balances_of_billing_are_in_the_view()
    {
        using var place = await NewAsync();
        await using var ledger = await place.OpenAsync();
        place.Drop(Charge("c-1", 1000));
        await DecidedAsync(place, 1);
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = DateOnly.Parse(Month), Date = new DateOnly(2026, 11, 1) });
        await ledger.Billing.PayAsync(new PaymentRequest { Customer = "ann", Amount = Minor(1000) });
        var byView = place.Client
            .Get($"{InboxPlace.Design}/_list/available/balance-available?group=true")["rows"]!.AsArray()
            .Select(row => $"{row!["account"]} {(long)row["available"]!}").Order(StringComparer.Ordinal);
        Assert.Equal((await ledger.ListBalancesAsync())
            .Select(each => $"{each.Account} {each.Available.Units}").Order(StringComparer.Ordinal), byView);
        Assert.Contains("receivable:ann -190", byView);
    }

    private async Task<InboxPlace> NewAsync()
    {
        var place = await InboxPlace.NewAsync(couch);
        await using var ledger = await Ledger.OpenAsync(place.Place.Location,
            new LedgerOptions { CacheFolder = place.Place.Cache, SettlesDocuments = false });
        await InboxPlace.PrepareBillingAsync(ledger);
        return place;
    }

    private static JsonObject Charge(string id, long? amount)
    {
        var charge = new JsonObject
        {
            ["_id"] = $"charge:{id}", ["type"] = "charge", ["customer"] = "ann",
            ["description"] = "meeting room", ["date"] = Month, ["author"] = "max",
            ["status"] = "pending",
        };
        if (amount is { } minor) charge["amount"] = minor;
        return charge;
    }

    private static JsonObject Read(InboxPlace place, string id) =>
        place.Client.Get($"charge%3A{id}").AsObject();

    private static string Verdict(InboxPlace place, string id)
    {
        var document = Read(place, id);
        return (document["field"] ?? document["reason"] ?? document["status"])!.GetValue<string>();
    }

    private static async Task DecidedAsync(InboxPlace place, int count)
    {
        var patience = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (true)
        {
            var rows = place.Client.Get("_all_docs?include_docs=true&startkey=%22charge:%22&endkey=%22charge:~%22")
                ["rows"]!.AsArray();
            if (rows.Count >= count
                && rows.All(row => row!["doc"]!["status"]!.GetValue<string>() != "pending"))
                return;
            Assert.True(DateTime.UtcNow < patience, "charges still wait");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task AssertSameAsync(InboxPlace place, ILedger ledger, string[] expected)
    {
        var byEngine = (await ledger.Billing.ListChargesAsync(new ChargeQuery { Uninvoiced = true }))
            .Items.Select(charge => charge.Id).Order(StringComparer.Ordinal);
        var byList = place.Client.Get($"{InboxPlace.Design}/_list/uninvoiced/charges")["rows"]!.AsArray()
            .Select(row => row!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal);
        Assert.Equal(expected, byEngine);
        Assert.Equal(expected, byList);
    }
}
