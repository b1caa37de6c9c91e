using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Simulation;

/// <summary>Makes the steps of the invoicing of 2010 on a real server.</summary>
internal sealed partial class InvoicingReplay
{
    // One view has the charges and what bills them; the list function drops those that are billed.
    private const string Design = """
        {"_id": "_design/billing", "language": "javascript",
         "views": {"charges": {"map": "function (doc) { if (doc.type === 'charge') emit([doc._id, 0], null); if (doc.type === 'invoice') for (var i = 0; i < doc.invoiced_charges.length; i++) emit([doc.invoiced_charges[i], 1], null); }"}},
         "lists": {"uninvoiced": "function (head, req) { var row, open = []; while ((row = getRow())) { if (row.key[1] === 0) open.push(row.key[0]); else if (open[open.length - 1] === row.key[0]) open.pop(); } send(JSON.stringify(open)); }"}}
        """;

    private readonly CouchUser _database;

    public InvoicingReplay(CouchUser database)
    {
        _database = database;
        Put(JsonNode.Parse(Design)!.AsObject());
    }

    /// <summary>The invoices that somebody was sent.</summary>
    public HashSet<string> Sent { get; } = [];

    /// <summary>The charges that no invoice mentions, as the list function says.</summary>
    public string Uninvoiced()
    {
        var open = _database.Get("_design/billing/_list/uninvoiced/charges").AsArray();
        return open.Count == 0 ? "nothing" : string.Join(", ", open.Select(id => id!.GetValue<string>()));
    }

    /// <summary>The charges that an invoice in the database bills.</summary>
    public string[] ChargesOf(string invoice) => [.. _database.Get(invoice)["invoiced_charges"]!
        .AsArray().Select(id => id!.GetValue<string>())];

    public void Make(PublishedStep step)
    {
        var words = Words().Match(step.What);
        Assert.True(words.Success, $"nobody knows how to make the step '{step.What}'");
        if (words.Groups["charge"] is { Success: true } charge)
            Put(new JsonObject { ["_id"] = charge.Value, ["type"] = "charge", ["amount"] = 1000 });
        if (words.Groups["open"] is { Success: true } open) Assert.Equal(open.Value, Uninvoiced());
        if (words.Groups["sent"] is { Success: true } sent)
        {
            Assert.NotEmpty(ChargesOf(sent.Value));
            Sent.Add(sent.Value);
        }
        if (!words.Groups["invoice"].Success) return;
        Put(new JsonObject
        {
            ["_id"] = words.Groups["invoice"].Value, ["type"] = "invoice",
            ["invoiced_charges"] = new JsonArray(
                [.. words.Groups["of"].Value.Split(", ").Select(id => (JsonNode)id)]),
        });
    }

    private void Put(JsonObject document)
    {
        var (status, answer) = _database.Put(document);
        Assert.True(status == 201, $"{document["_id"]}: {status} {answer}");
    }

    [GeneratedRegex("^(inserts charge (?<charge>.+)|reads uninvoiced: (?<open>.+)"
        + "|inserts invoice (?<invoice>.+) of (?<of>.+)|sends (?<sent>.+)|dies)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
