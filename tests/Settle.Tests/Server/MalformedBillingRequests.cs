using Xunit;

namespace Settle.Tests.Server;

/// <summary>Requests of billing that a server must refuse, each naming the field.</summary>
public static class MalformedBillingRequests
{
    private const string Invalid = "invalid_request";
    private const string Day = "\"date\":\"2026-10-12\"";
    private static readonly string LongName = new('x', 129);

    public static TheoryData<MalformedRequest> Rows =>
        [.. Charges, .. Batches, .. Parties, .. Subscriptions, .. Runs, .. Money, .. Empty, .. Queries];

    private static MalformedRequest[] Charges =>
    [
        Charge("", "body"),
        Charge("{", "body"),
        Charge("[]", "body"),
        Charge("null", "body"),
        Charge("{}", "customer"),
        Charge("""{"customer":"dave","amount":1000,""" + Day + "}", "description"),
        Charge("""{"customer":"dave","description":"room",""" + Day + "}", "amount"),
        Charge(Of("\"amount\":-1000"), "amount"),
        Charge(Of("\"amount\":0"), "amount"),
        Charge(Of("\"amount\":9007199254740992"), "amount"),
        Charge(Of("\"amount\":99999999999999999999999"), "amount"),
        Charge(Of("\"amount\":10.5"), "amount"),
        Charge(Of("\"amount\":1e3"), "amount"),
        Charge(Of("\"amount\":\"1000\""), "amount"),
        Charge(Of("\"amount\":1,\"amount\":2"), "amount"),
        Charge(Of("\"amount\":1,\"date\":\"2026-02-30\"", day: ""), "date"),
        Charge(Of("\"amount\":1,\"date\":\"12.10.2026\"", day: ""), "date"),
        Charge(Of("\"amount\":1,\"date\":20261012", day: ""), "date"),
        Charge(Of("\"amount\":1,\"date\":\"2026-10-12T10:00:00Z\"", day: ""), "date"),
        Charge(Of("\"amount\":1,\"time\":\"2026-10-12\"", day: ""), "time"),
        Charge(Of("\"amount\":1,\"time\":\"2026-10-12T10:00:00\"", day: ""), "time"),
        Charge(Of("\"amount\":1,\"time\":\"2026-10-12T10:00:00Z\""), "time"),
        Charge(Of("\"amount\":1,\"tax\":\"19 %\""), "tax"),
        Charge(Of("\"amount\":1,\"tax\":\"-19\""), "tax"),
        Charge(Of("\"amount\":1,\"tax\":\"101\""), "tax"),
        Charge(Of("\"amount\":1,\"tax\":19"), "tax"),
        Charge(Of("\"amount\":1,\"tax\":\"\""), "tax"),
        Charge(Of("\"amount\":1,\"tax\":\"free\""), "tax"),
        Charge(Of("\"amount\":1,\"prices\":\"brutto\""), "prices"),
        Charge(Of("\"amount\":1,\"asset\":\"no asset\""), "asset"),
        Charge(Of("\"amount\":1,\"discount\":-1"), "discount"),
        Charge(Of("\"amount\":1,\"discount\":\"1\""), "discount"),
        Charge(Of("\"amount\":1,\"quantity\":\"2\",\"unit_price\":\"1\""), "amount"),
        Charge(Of("\"quantity\":\"2\""), "amount"),
        Charge(Of("\"quantity\":\"0\",\"unit_price\":\"1\""), "quantity"),
        Charge(Of("\"quantity\":\"-2\",\"unit_price\":\"1\""), "quantity"),
        Charge(Of("\"quantity\":\"two\",\"unit_price\":\"1\""), "quantity"),
        Charge(Of("\"quantity\":\"1.0000001\",\"unit_price\":\"1\""), "quantity"),
        Charge(Of("\"quantity\":\"1e3\",\"unit_price\":\"1\""), "quantity"),
        Charge(Of("\"quantity\":\"99999999999999999999\",\"unit_price\":\"1\""), "quantity"),
        Charge(Of("\"quantity\":\"1\",\"unit_price\":\"-1\""), "unit_price"),
        Charge(Of("\"quantity\":\"1\",\"unit_price\":\"0.0000001\""), "unit_price"),
        Charge(Of("\"quantity\":\"1\",\"unit_price\":true"), "unit_price"),
        Charge(Of("\"quantity\":\"1\",\"unit_price\":\"1\",\"unit\":\"hours\""), "unit"),
        Charge(Of("\"amount\":1,\"id\":\"\""), "id"),
        Charge(Of($"\"amount\":1,\"id\":\"{LongName}\""), "id"),
        Charge(Of("\"amount\":1,\"id\":\"\\ud800\""), "id"),
        Charge(Of("\"amount\":1,\"descripton\":\"x\""), "descripton"),
        Charge("""{"customer":"","amount":1,"description":"room"}""", "customer"),
        Charge("""{"customer":" dave","amount":1,"description":"room"}""", "customer"),
        Charge("""{"customer":5,"amount":1,"description":"room"}""", "customer"),
        Charge("""{"customer":"dave","amount":1,"description":""}""", "description"),
        Charge($$"""{"customer":"dave","amount":1,"description":"{{new string('d', 1025)}}"}""",
            "description"),
        Charge("""{"customer":"dave","amount":1,"description":"a\u0007"}""", "description"),
        new("POST", "/charges", Of("\"amount\":1"), 415, "unsupported_media_type", null,
            "text/plain"),
    ];

    private static MalformedRequest[] Batches =>
    [
        Post("/charges/batch", "[]", "body"),
        Post("/charges/batch", "{}", "body"),
        Post("/charges/batch", "[5]", "[0]"),
        Post("/charges/batch", $"[{Of("\"amount\":1")},{Of("\"amount\":-1")}]", "[1].amount"),
        Post("/charges/batch", $"[{Of("\"amount\":1")},{Of("\"amount\":1,\"tax\":\"x\"")}]",
            "[1].tax"),
        Post("/charges/batch", $"[{Of("\"amount\":1")}", "body"),
        new("POST", "/charges/batch",
            $"[{string.Join(',', Enumerable.Repeat(Of("\"amount\":1"), 10_001))}]", 413,
            "too_large", null),
    ];

    private static MalformedRequest[] Parties =>
    [
        Put("/seller", "{}", "party"),
        Put("/seller", """{"party":5}""", "party"),
        Put("/seller", """{"party":{}}""", "party.name"),
        Put("/seller", """{"party":{"name":"W"}}""", "party.country"),
        Put("/seller", """{"party":{"name":"W","country":"DE","nme":1}}""", "party.nme"),
        Put("/seller", """{"party":{"name":"W","country":"DE","logo":"?"}}""", "party.logo"),
        Put("/seller", Seller("\"tax_rates\":\"19\""), "tax_rates"),
        Put("/seller", Seller("\"tax_rates\":[19]"), "tax_rates[0]"),
        Put("/seller", Seller("\"tax_rates\":[\"much\"]"), "tax_rates"),
        Put("/seller", Seller("\"tax_rates\":[\"-1\"]"), "tax_rates"),
        Put("/seller", Seller("\"tax_rates\":[\"19\"],\"default_tax\":\"7\""), "default_tax"),
        Put("/seller", Seller("\"zone\":\"Europe/Atlantis\""), "zone"),
        Put("/seller", Seller("\"zone\":\"\""), "zone"),
        Put("/seller", Seller("\"series\":\"{month}-\""), "series"),
        Put("/seller", """{"party":{"name":"W","country":"Germany"}}""", "party.country"),
        Post("/customers", "{}", "customer"),
        Post("/customers", """{"party":{"name":"D","country":"DE"}}""", "customer"),
        Post("/customers", Customer("\"terms_days\":-1"), "terms_days"),
        Post("/customers", Customer("\"terms_days\":1000"), "terms_days"),
        Post("/customers", Customer("\"terms_days\":\"14\""), "terms_days"),
        Post("/customers", Customer("\"treatment\":\"none\""), "treatment"),
        Post("/customers", Customer("\"zone\":\"Mars\""), "zone"),
        Post("/customers", Customer("\"asset\":\"€\""), "asset"),
        Put("/customers/dave", Customer("\"zone\":\"UTC\""), "customer"),
        Put("/customers/%20dave", """{"party":{"name":"D","country":"DE"}}""", "customer"),
    ];

    private static MalformedRequest[] Subscriptions =>
    [
        Post("/subscriptions", "{}", "customer"),
        Post("/subscriptions", Subscription("\"amount\":0", "\"start\":\"2026-10-01\""), "amount"),
        Post("/subscriptions", Subscription("\"amount\":5", "\"start\":\"soon\""), "start"),
        Post("/subscriptions", Subscription("\"amount\":5", "\"end\":\"2026-10-01\""), "start"),
        Post("/subscriptions",
            Subscription("\"amount\":5", "\"start\":\"2026-10-01\",\"end\":\"2026-09-30\""), "end"),
        Post("/subscriptions", Subscription("\"amount\":5,\"every\":\"fortnight\"", "\"start\":\"2026-10-01\""), "every"),
        Post("/subscriptions", Subscription("\"quantity\":\"2\"", "\"start\":\"2026-10-01\""), "amount"),
        Post("/subscriptions/desk/reprice", "{}", "from"),
        Post("/subscriptions/desk/reprice", """{"from":"2026-10-01"}""", "amount"),
        Post("/subscriptions/desk/reprice", """{"from":"soon","amount":5}""", "from"),
        Post("/subscriptions/desk/reprice", """{"from":"2026-10-01","amount":5,"unit_price":"1"}""", "amount"),
        Post("/subscriptions/desk/end", "{}", "end"),
        Post("/subscriptions/desk/end", """{"end":"never"}""", "end"),
    ];

    private static MalformedRequest[] Runs =>
    [
        Post("/invoice-runs", "{}", "through"),
        Post("/invoice-runs", """{"through":"2026-10"}""", "through"),
        Post("/invoice-runs", """{"through":"2026-10-31","dry_run":"yes"}""", "dry_run"),
        Post("/invoice-runs", """{"through":"2026-10-31","date":"x"}""", "date"),
        Post("/invoice-runs", """{"through":"2026-10-31","id":""}""", "id"),
        Post("/invoice-runs", """{"through":"2026-10-31","until":"2026-10-31"}""", "until"),
    ];

    private static MalformedRequest[] Money =>
    [
        Post("/credit-notes", "{}", "invoice"),
        Post("/credit-notes", """{"invoice":"2026-000001","amount":0}""", "amount"),
        Post("/credit-notes", """{"invoice":"2026-000001","amount":5,"rebill":true}""", "rebill"),
        Post("/credit-notes", """{"invoice":"2026-000001","rebill":1}""", "rebill"),
        Post("/payments", "{}", "amount"),
        Post("/payments", """{"amount":-5,"customer":"dave"}""", "amount"),
        Post("/payments", """{"amount":5}""", "customer"),
        Post("/payments", """{"amount":5,"customer":"dave","date":"today"}""", "date"),
        Post("/payments", """{"amount":5,"customer":"dave","write_off":"no"}""", "write_off"),
    ];

    private static MalformedRequest[] Empty =>
    [
        Post("/charges/batch", "", "body"),
        Put("/seller", "", "body"),
        Post("/customers", "", "body"),
        Put("/customers/dave", "", "body"),
        Post("/subscriptions", "", "body"),
        Post("/subscriptions/desk/end", "", "body"),
        Post("/invoice-runs", "", "body"),
        Post("/credit-notes", "", "body"),
        Post("/payments", "", "body"),
    ];

    private static MalformedRequest[] Queries =>
    [
        Statement("", "file"),
        Statement("Date;Amount", "file"),
        Statement("<html></html>", "file"),
        Statement("<Document><BkToCstmrStmt><Stmt>", "file"),
        new("POST", "/bank-statements", "<a/>", 415, "unsupported_media_type", null),
        Get("/charges?uninvoiced=maybe", "uninvoiced"),
        Get("/charges?limit=0", "limit"),
        Get("/charges?after=damaged", "after"),
        Get("/customers?after=!!!", "after"),
        Get("/customers?name=dave", "name"),
        Get("/subscriptions?after=x", "after"),
        Get("/invoices?status=unpaid", "status"),
        Get("/invoices?after=damaged", "after"),
        Get("/invoices/2026-000001.xml?format=pdf", "format"),
        Get("/customers/dave/statement?from=2026", "from"),
        Get("/customers/dave/statement?to=2026-13-01", "to"),
        Get("/customers/dave/statement?asset=%22", "asset"),
        Get("/customers/dave/statement?asset=", "asset"),
        Get("/customers/dave/statement.pdf?asset=", "asset"),
    ];

    private static string Of(string more, string day = Day + ",") =>
        $$"""{"customer":"dave","description":"room",{{day}}{{more}}}""";

    private static string Seller(string more) =>
        $$"""{"party":{"name":"W","country":"DE"},{{more}}}""";

    private static string Customer(string more) =>
        $$"""{"customer":"dave","party":{"name":"D","country":"DE"},{{more}}}""";

    private static string Subscription(string amount, string more) =>
        $$"""{"customer":"dave","description":"desk",{{amount}},{{more}}}""";

    private static MalformedRequest Charge(string body, string field) =>
        Post("/charges", body, field);

    private static MalformedRequest Statement(string body, string field) =>
        Post("/bank-statements", body, field) with { MediaType = "application/xml" };

    private static MalformedRequest Post(string target, string body, string field) =>
        new("POST", target, body, 400, Invalid, field);

    private static MalformedRequest Put(string target, string body, string field) =>
        new("PUT", target, body, 400, Invalid, field);

    private static MalformedRequest Get(string target, string field) =>
        new("GET", target, null, 400, Invalid, field);
}
