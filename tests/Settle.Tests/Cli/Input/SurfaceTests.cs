using System.Text;
using System.Text.Json;
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

    private static (string, string) OfRow(string field, string typed)
    {
        using var file = new CsvFile(
            new MemoryStream(Encoding.UTF8.GetBytes($"id,{field}\nx,\"{typed}\"\n")), false);
        var row = new CsvRow(file, "a file", ["id", field], []);
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
