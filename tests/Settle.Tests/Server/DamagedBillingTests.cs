using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>
/// Requests of billing that chance has damaged: each is taken or refused by name, none is a fault of
/// the server, and in the end the books are in order.
/// </summary>
public sealed partial class DamagedBillingTests(BillingServerFixture fixture)
    : IClassFixture<BillingServerFixture>
{
    private const int Requests = 600;

    private static readonly string[] Nasty =
    [
        "null", "true", "0", "-1", "1", "1000", "1.5", "1e3", "9007199254740991", "9007199254740992",
        "\"\"", "\"dave\"", "\"nobody\"", "\"19\"", "\"8\"", "\"exempt\"", "\"2026-10-31\"",
        "\"2026-02-30\"", "\"9999-12-31\"", "\"0001-01-01\"", "\"Europe/Berlin\"", "\"EUR\"",
        "\"QQQ\"", "\"\\u0000\"", "\"\\ud800\"", "\"@world\"", "[]", "{}", "[1]", "[{}]",
        "{\"name\":\"x\"}", "\"2026-000001\"",
    ];

    private static readonly (string Path, string Body)[] Whole =
    [
        ("/charges", """{"customer":"dave","amount":1000,"description":"room","date":"2026-10-12"}"""),
        ("/charges", """
            {"customer":"dave","quantity":"2.5","unit_price":"39.90","unit":"HUR","discount":75,
            "description":"consulting","tax":"7","prices":"gross","date":"2026-10-12"}
            """),
        ("/charges/batch", """
            {"charges":[{"customer":"dave","amount":1,"description":"a","date":"2026-10-12"},
            {"customer":"alex","amount":2,"description":"b","date":"2026-10-13"}]}
            """),
        ("/customers", """
            {"customer":"dave","party":{"name":"Dave","street":"Ringstr. 1","postal_code":"12051",
            "city":"Berlin","country":"DE","email":"dave@example.com"},"terms_days":14,
            "zone":"Europe/Berlin","treatment":"standard"}
            """),
        ("/subscriptions", """
            {"subscription":"desk","customer":"dave","amount":20000,"description":"desk",
            "start":"2026-10-15","end":"2026-12-31","tax":"19"}
            """),
        ("/invoice-runs", """{"through":"2026-10-31","date":"2026-11-01","customer":"dave"}"""),
        ("/credit-notes", """{"invoice":"2026-000001","amount":10,"reason":"broken","rebill":false}"""),
        ("/payments", """
            {"customer":"dave","amount":500,"date":"2026-11-05","reference":"thanks","write_off":false}
            """),
        ("/payments", """{"invoice":"2026-000001","amount":5,"asset":"EUR","from":"@world"}"""),
    ];

    [Fact]
    public async Task A_damaged_request_is_taken_or_refused_by_name()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (taken, refused) = (0, 0);
        for (var sent = 0; sent < Requests; sent++)
        {
            var (path, body) = Whole[random.Next(Whole.Length)];
            for (var damage = random.Next(3); damage > 0; damage--) body = Damage(body, random);
            using var answer = await fixture.Server.PostAsync("/v1/ledgers/bank" + path, body);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            Assert.True((int)answer.StatusCode < 500, $"{path} {body}: {answer.StatusCode} {text}");
            if (answer.IsSuccessStatusCode)
            {
                taken++;
                continue;
            }
            using var problem = JsonDocument.Parse(text);
            Assert.NotEmpty(problem.RootElement.GetProperty("code").GetString()!);
            if (answer.StatusCode == HttpStatusCode.BadRequest)
                Assert.True(problem.RootElement.TryGetProperty("field", out _), $"{body}: {text}");
            refused++;
        }
        Assert.InRange(taken, Requests / 10, Requests);
        Assert.InRange(refused, Requests / 10, Requests);
        await CheckBooksAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task CheckBooksAsync()
    {
        using var ledger = fixture.Server.Client();
        var sums = (await ledger.ListBalancesAsync(cancellationToken: Stop))
            .GroupBy(balance => balance.Asset).Select(group => group.Aggregate(
                Int128.Zero, (sum, balance) => sum + balance.Amount.Units));
        Assert.All(sums, sum => Assert.Equal(Int128.Zero, sum));
        var numbers = new List<string>();
        await foreach (var invoice in ledger.Billing.AllInvoicesAsync(new InvoiceQuery(), Stop))
            if (invoice.Kind == InvoiceType.Invoice) numbers.Add(invoice.Number);
        // Each year has a series of its own.
        foreach (var series in numbers.GroupBy(number => number[..^6]))
        {
            Assert.Equal(
                Enumerable.Range(1, series.Count()).Select(number => $"{series.Key}{number:000000}"),
                series.Order(StringComparer.Ordinal));
        }
    }

    private static string Damage(string body, Random random)
    {
        var values = Values().Matches(body);
        var at = random.Next(body.Length);
        var length = int.Min(random.Next(1, 20), body.Length - at);
        return random.Next(8) switch
        {
            0 => body[..at],
            1 => body.Remove(at, length),
            2 => body.Insert(at, body.Substring(at, length)),
            _ when values.Count == 0 => body,
            _ => Replace(body, values[random.Next(values.Count)], Nasty[random.Next(Nasty.Length)]),
        };
    }

    private static string Replace(string body, Match value, string with) => new StringBuilder(body)
        .Remove(value.Index, value.Length).Insert(value.Index, with).ToString();

    // What stands behind a colon and is no object and no list.
    [GeneratedRegex("(?<=:)(\"[^\"]*\"|[^\",{}\\[\\]]+)")]
    private static partial Regex Values();
}
