using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Settle.Import;
using Settle.Inbox;
using Settle.Server;
using Xunit;

namespace Settle.Tests.Cli.Input;

/// <summary>
/// The same mistake is told with the same sentence and the right field, whether it comes in a
/// body, in a row of CSV, on the command line or in a document.
/// </summary>
public sealed class SurfaceTests
{
    private const string Day = "is not a day; write it as 2026-10-31";
    private const string Decimal = "is not a decimal; write it as 2.5";

    /// <summary>A field of a charge, what is typed, and what must be said about it.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "date", "2026-02-30", Day },
        { "date", "2026-2-3", Day },
        { "date", "26-10-31", Day },
        { "date", "31.10.2026", Day },
        { "date", "10/31/2026", Day },
        { "date", "20261031", Day },
        { "date", "+2026-10-31", Day },
        { "date", "２０２６-10-31", Day },
        { "date", "1899-12-31", "is out of range; a day can be from 1900 to 2999" },
        { "date", "3000-01-01", "is out of range; a day can be from 1900 to 2999" },
        { "quantity", "1,5", Decimal },
        { "quantity", "1.000,5", Decimal },
        { "quantity", "1e3", Decimal },
        { "quantity", "+1", Decimal },
        { "quantity", ".5", Decimal },
        { "quantity", "5.", Decimal },
        { "quantity", "1_000", Decimal },
        { "quantity", "0x10", Decimal },
        { "quantity", "٢", Decimal },
        { "quantity", "1.5 h", Decimal },
        { "quantity", "--1", Decimal },
        { "quantity", "12345678901234567890123456789", Decimal },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_has_one_sentence_everywhere(string field, string typed, string said)
    {
        var sentence = $"'{typed}' {said}";
        Assert.Equal((field, sentence), OfBody(field, typed));
        Assert.Equal((field, sentence), OfRow(field, typed));
        Assert.Equal((field, sentence), OfDocument(field, typed));
        using var directory = new TemporaryDirectory();
        var run = await CommandRun.OnAsync(directory.File("bank.db"),
            "charge", "dave", "10", "room", $"--{field}={typed}");
        Assert.Equal(2, run.Status);
        Assert.Contains($"error: {field}: {sentence} [", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A field, what is typed, what is said, and the command that it is typed in.</summary>
    public static TheoryData<string, string, string, string[]> Values => new()
    {
        { "expires", "7 d", "is not a duration; write it as 7d, 12h, 30m, 45s or 2w",
            ["hold", "a", "b", "1", "--expires"] },
        { "timestamp", "21.11.2026", "is not a time; write it as 2026-11-21T20:23:11Z or 2026-11-21",
            ["transfer", "a", "b", "1", "--timestamp"] },
        { "timestamp", "2016-12-31T23:59:60Z", "is a leap second; write the second before or after it",
            ["transfer", "a", "b", "1", "--timestamp"] },
        { "timestamp", "2026-01-01T00:00:00+15:00", "has an offset of more than 14 hours, which no place has",
            ["transfer", "a", "b", "1", "--timestamp"] },
        { "timestamp", "0001-01-01T00:00:00+01:00", "is out of range; a time can be from year 1 to 9999 in UTC",
            ["transfer", "a", "b", "1", "--timestamp"] },
        { "timestamp", "9999-12-31T23:59:59-01:00", "is out of range; a time can be from year 1 to 9999 in UTC",
            ["transfer", "a", "b", "1", "--timestamp"] },
        { "timestamp", "2026-01-01T24:00:00Z", "is not a time; write it as 2026-11-21T20:23:11Z or 2026-11-21",
            ["transfer", "a", "b", "1", "--timestamp"] },
        { "at", "2026-11-21T20:23:11 01:00", "has a space where a + belongs; in an address, write the + as %2B",
            ["balance", "--at"] },
        { "at", "2016-12-31T23:59:60Z", "is a leap second; write the second before or after it",
            ["balance", "--at"] },
        { "overdraft", "+5", "is neither an amount nor 'unlimited'", ["open", "a", "--overdraft"] },
        { "ceiling", "5 EUR", "is neither an amount nor 'none'", ["open", "a", "--ceiling"] },
        { "at", "+42", AsOfSentence, ["balance", "--at"] },
        { "at", "٤٢", AsOfSentence, ["balance", "--at"] },
        { "limit", "+1", "is not a whole number; write it with digits only, such as 100", ["log", "--limit"] },
        { "limit", " 1", "is not a whole number; write it with digits only, such as 100", ["log", "--limit"] },
        { "limit", "１", "is not a whole number; write it with digits only, such as 100", ["log", "--limit"] },
        { "limit", "1e2", "is not a whole number; write it with digits only, such as 100", ["log", "--limit"] },
    };

    [Theory]
    [InlineData(" t-1")]
    [InlineData("t-1 ")]
    [InlineData("t\u0007")]
    [InlineData("t\u202E1")]
    [InlineData("long")]
    public async Task A_wrong_id_is_told_alike_in_NET_on_the_command_line_and_in_files(string id)
    {
        if (id == "long") id = new string('i', 300);
        using var directory = new TemporaryDirectory();
        await using var ledger = Ledger.InMemory();
        var said = (await Assert.ThrowsAsync<InvalidRequestException>(
            () => ledger.TransferAsync("@world", "Alex", Money.Of(1), id))).Reason;
        await CommandRun.MakeAsync(directory.File("bank.db"));
        var run = await CommandRun.OnAsync(directory.File("bank.db"), "transfer", "@world", "Alex", "1", $"--id={id}", "--json");
        Assert.Equal((2, $"id: {said}"), (run.Status, run.Problem.GetProperty("detail").GetString()));
        // A field of CSV is read without the spaces around it.
        if (id != id.Trim()) return;
        await File.WriteAllTextAsync(directory.File("t.csv"), $"id,from,to,amount\n\"{id}\",@world,Alex,1\n");
        var import = await CommandRun.OnAsync(directory.File("bank.db"), "import", directory.File("t.csv"));
        Assert.Contains(said, import.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export", "--format", "beancont", "hledger, beancount, csv, jsonl, invoices, datev; did you mean 'beancount'?")]
    [InlineData("paper --output x", "--format", "docx", "pdf, ubl, cii")]
    [InlineData("keys add me", "--role", "reeder", "reader, teller, peer, admin; did you mean 'reader'?")]
    [InlineData("invoices", "--status", "opn", "open, paid, credited, written_off; did you mean 'open'?")]
    public async Task A_choice_that_is_none_is_quoted_beside_those_that_can_be_given(
        string command, string option, string typed, string choices)
    {
        using var directory = new TemporaryDirectory();
        var run = await CommandRun.OnAsync(directory.File("bank.db"), [.. command.Split(' '), option, typed, "--json"]);
        Assert.Equal(2, run.Status);
        Assert.Equal($"{option[2..]}: '{typed}' is not one of {choices}", run.Problem.GetProperty("detail").GetString());
        Assert.Equal(option[2..], run.Problem.GetProperty("field").GetString());
    }

    private const string AsOfSentence = "is not a height, day or time; "
        + "write it as 42, 2026-11-21 or 2026-11-21T20:23:11Z";

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_is_read_alike_on_the_command_line_in_files_and_in_addresses(
        string field, string typed, string said, string[] command)
    {
        var sentence = $"'{typed}' {said}";
        using var directory = new TemporaryDirectory();
        var run = await CommandRun.OnAsync(directory.File("bank.db"), [.. command, typed, "--json"]);
        Assert.Equal(2, run.Status);
        Assert.Equal(field, run.Problem.GetProperty("field").GetString());
        Assert.Equal($"{field}: {sentence}", run.Problem.GetProperty("detail").GetString());
        if (OfElsewhere(field, typed) is { } other) Assert.Equal((field, sentence), other);
    }

    [Theory]
    [InlineData("amount", "5.5", "5.5 is not an integer in the minor unit; with two decimals, 50.00 is written as 5000")]
    [InlineData("amount", "\"5\"",
        "the text '5' is not an integer in the minor unit; with two decimals, 50.00 is written as 5000")]
    [InlineData("amount", "1e3", "1e3 is not an integer in the minor unit; with two decimals, 50.00 is written as 5000")]
    [InlineData("discount", "[]",
        "an array is not an integer in the minor unit; with two decimals, 50.00 is written as 5000")]
    [InlineData("description", "5", "5 is not a text")]
    public void A_value_in_JSON_is_read_alike_in_bodies_and_in_documents(
        string field, string json, string said)
    {
        var description = field == "description" ? "" : "\"description\":\"room\",";
        var body = $$"""{"customer":"dave",{{description}}"{{field}}":{{json}}}""";
        Assert.Equal((field, said),
            Said(() => Bodies.Read<ChargeRequest>(Encoding.UTF8.GetBytes(body))));
        using var document = JsonDocument.Parse($$"""
            {"_id":"charge:1","_rev":"1-a","type":"charge","status":"pending","author":"ann",
             "date":"2026-10-31","customer":"dave",{{description}}"{{field}}":{{json}}}
            """);
        var fault = InboxDocument.Read(document.RootElement, new RequestBatch()).Fault;
        Assert.Equal((field, said), (fault!.Field, fault.Reason));
    }

    [Fact]
    public void A_limit_below_zero_is_refused_in_one_sentence()
    {
        Assert.Equal(("overdraft", "must be zero or more, not -5"),
            Said(() => Overdraft.Parse("-5")));
        Assert.Equal(("overdraft", "must be zero or more, not -5"),
            Said(() => Overdraft.Of(Money.Of(-5))));
        Assert.Equal(("ceiling", "must be zero or more, not -5"), Said(() => Ceiling.Parse("-5")));
        Assert.Equal(("ceiling", "must be zero or more, not -5"),
            Said(() => Ceiling.Of(Money.Of(-5))));
    }

    [Theory]
    [InlineData(" 50")]
    [InlineData("50 ")]
    [InlineData("1'000")]
    [InlineData("５")]
    public void An_amount_that_could_be_read_in_two_ways_is_refused(string typed) =>
        Assert.Equal($"amount: '{typed}' is not an amount; write it as 50 or 50.00",
            Assert.Throws<InvalidRequestException>(() => Amounts.Parse("amount", typed, 2)).Message);

    private static (string, string) OfBody(string field, string typed)
    {
        var body = $$"""{"customer":"dave","description":"room","{{field}}":"{{typed}}"}""";
        return Said(() => Bodies.Read<ChargeRequest>(Encoding.UTF8.GetBytes(body)));
    }

    // Durations are only typed; an account's limits and times are in files too.
    private static (string, string)? OfElsewhere(string field, string typed) => field switch
    {
        "limit" or "at" => OfQuery(field, typed),
        "timestamp" => Said(() => Bodies.Read<TransferRequest>(Encoding.UTF8.GetBytes(
            $$"""{"from":"a","to":"b","amount":1,"timestamp":"{{typed}}"}"""))),
        _ => null,
    };

    private static (string, string) OfQuery(string field, string typed)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = QueryString.Create(field, typed);
        var call = new LedgerCall(context);
        return Said(() => _ = field == "at" ? call.At as object : call.Page);
    }

    private static (string, string) OfRow(string field, string typed)
    {
        using var file = new CsvFile(
            new MemoryStream(Encoding.UTF8.GetBytes($"id,{field}\nx,\"{typed}\"\n")), false);
        var row = new CsvRow(file, new CsvColumns("a file", ["id", field], []));
        Assert.True(file.Read());
        return Said(() => _ = field == "date" ? row.Day(field) as object : row.Decimal(field));
    }

    private static (string, string) OfDocument(string field, string typed)
    {
        var date = field == "date" ? "" : "\"date\":\"2026-10-31\",";
        using var json = JsonDocument.Parse($$"""
            {"_id":"charge:1","_rev":"1-a","type":"charge","status":"pending","author":"ann",
             "customer":"dave","description":"room",{{date}}"{{field}}":"{{typed}}"}
            """);
        var fault = InboxDocument.Read(json.RootElement, new RequestBatch()).Fault;
        return (fault!.Field, fault.Reason);
    }

    private static (string, string) Said(Action read)
    {
        var error = Assert.Throws<InvalidRequestException>(read);
        return (error.Field, error.Reason);
    }
}
