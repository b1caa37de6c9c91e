using Xunit;

namespace Settle.Tests.Server;

/// <summary>The table of malformed requests: what is sent, and what must be said about it.</summary>
public static class MalformedRequests
{
    private const string Invalid = "invalid_request";
    private static readonly string LongName = new('a', 129);
    private static readonly string LongMemo = new('m', 1025);
    private static readonly string Deep = string.Concat(Enumerable.Repeat("""{"a":""", 2000)) + "1" + new string('}', 2000);

    public static TheoryData<MalformedRequest> Rows
    {
        get
        {
            var rows = new TheoryData<MalformedRequest>();
            foreach (var row in Addresses.Concat(Transfers).Concat(Texts).Concat(Batches).Concat(Others)
                .Concat(Queries))
            {
                rows.Add(row);
            }
            return rows;
        }
    }

    private static MalformedRequest[] Addresses =>
    [
        new("GET", "!/nothing/here", null, 404, "not_found", null),
        new("GET", "!/v1", null, 404, "not_found", null),
        new("GET", "!/v2/ledgers", null, 404, "not_found", null),
        new("GET", "!/v1/ledgers/nowhere", null, 404, "not_found", "ledger"),
        new("GET", "!/v1/ledgers/no%20where", null, 400, Invalid, "ledger"),
        new("GET", "!/v1/ledgers/..%2F..%2Fetc%2Fpasswd/accounts", null, 400, Invalid, "ledger"),
        new("GET", "!/v1/ledgers/b%61nk", null, 400, Invalid, "ledger"),
        new("GET", "!/v1/ledgers/bank.db", null, 400, Invalid, "ledger"),
        new("GET", $"!/v1/ledgers/{new string('a', 65)}", null, 400, Invalid, "ledger"),
        new("PUT", "!/v1/ledgers/nowhere", """{"asset":"USD"}""", 404, "not_found", "ledger"),
        new("DELETE", "/transfers/t-1", null, 405, "method_not_allowed", null),
        new("PATCH", "/accounts/Alex", "{}", 405, "method_not_allowed", null),
        new("GET", "/transfers/batch/none", null, 404, "not_found", null),
        new("POST", "/balances", "{}", 405, "method_not_allowed", null),
        new("BREW", "/transfers", null, 405, "method_not_allowed", null),
        new("GET", "/accounts/%FF", null, 400, Invalid, "account"),
        new("GET", "/accounts/%E2%82", null, 400, Invalid, "account"),
        new("GET", "/accounts/%ZZ", null, 400, Invalid, "account"),
        new("GET", "/accounts/nobody", null, 404, "not_found", null),
        new("GET", "/transfers/none", null, 404, "not_found", null),
        new("GET", "/holds/none", null, 404, "not_found", null),
        new("GET", "/entries/none", null, 404, "not_found", null),
        new("GET", "/blocks/999999", null, 404, "not_found", null),
        new("GET", "/blocks/0", null, 400, Invalid, "height"),
        new("GET", "/blocks/-1", null, 400, Invalid, "height"),
        new("GET", "/blocks/first", null, 400, Invalid, "height"),
        new("GET", "/blocks/99999999999999999999", null, 400, Invalid, "height"),
    ];

    private static MalformedRequest[] Transfers =>
    [
        Transfer("", "body"),
        Transfer("   ", "body"),
        Transfer("null", "body"),
        Transfer("[]", "body"),
        Transfer("5", "body"),
        Transfer("\"transfer\"", "body"),
        Transfer("{", "body"),
        Transfer("""{"from":"@world","to":"Alex","amount":5""", "body"),
        Transfer("""{"from":"@world","to":"Alex","amount":5}}""", "body"),
        Transfer("""{"from":"@world","to":"Alex","amount":5}{}""", "body"),
        Transfer("""{'from':'@world'}""", "body"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,}""", "body"),
        Transfer("""{"from":"@world","to":"Alex","amount":5/* five */}""", "body"),
        Transfer("\u00EF\u00BB\u00BF{}", "body"),
        Transfer(Deep, "a"),
        Transfer("""{"from":"@world","to":"Alex","amount":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":1}}}}}}}}}""", "amount"),
        Transfer("{}", "from"),
        Transfer("""{"to":"Alex","amount":5}""", "from"),
        Transfer("""{"from":"@world","amount":5}""", "to"),
        Transfer("""{"from":"@world","to":"Alex"}""", "amount"),
        Transfer("""{"from":null,"to":"Alex","amount":5}""", "from"),
        Transfer("""{"from":"@world","to":"Alex","amount":null}""", "amount"),
        Transfer("""{"from":5,"to":"Alex","amount":5}""", "from"),
        Transfer("""{"from":["@world"],"to":"Alex","amount":5}""", "from"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"amont":6}""", "amont"),
        Transfer("""{"From":"@world","to":"Alex","amount":5}""", "From"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"amount":6}""", "amount"),
        Transfer("""{"from":"@world","from":"Dave","to":"Alex","amount":5}""", "from"),
        Transfer("""{"from":"@world","to":"Alex","amount":0}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":-0}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":-1}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":1.5}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":5.0}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":1e3}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":"5"}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":true}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":[5]}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":9007199254740992}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":9223372036854775808}""", "amount"),
        Transfer($$"""{"from":"@world","to":"Alex","amount":{{new string('9', 400)}}}""", "amount"),
        Transfer("""{"from":"@world","to":"Alex","amount":05}""", "body"),
        Transfer("""{"from":"@world","to":"Alex","amount":NaN}""", "body"),
        Transfer("""{"from":"@world","to":"Alex","amount":5}""", "body", "text/plain", 415),
        Transfer("""{"from":"@world","to":"Alex","amount":5}""", "body", "application/x-www-form-urlencoded", 415),
        Transfer("""{"from":"@world","to":"Alex","amount":5}""", "body", null, 415),
        Transfer("""{"from":"@world","to":"Alex","amount":5}""", "body", "application/json; charset=utf-16", 415),
        Transfer($$"""{"from":"@world","to":"Alex","amount":5,"memo":"{{new string('m', 9_000_000)}}"}""", null, status: 413),
    ];

    private static MalformedRequest[] Texts =>
    [
        Transfer("""{"from":"","to":"Alex","amount":5}""", "from"),
        Transfer("""{"from":" Dave","to":"Alex","amount":5}""", "from"),
        Transfer("""{"from":"@world","to":"Alex ","amount":5}""", "to"),
        Transfer("""{"from":"@world","to":"\u00a0Alex","amount":5}""", "to"),
        Transfer("""{"from":"@world","to":"Al\nex","amount":5}""", "to"),
        Transfer("""{"from":"@world","to":"Al\u0000ex","amount":5}""", "to"),
        Transfer("""{"from":"@world","to":"Al\u202eex","amount":5}""", "to"),
        Transfer("""{"from":"@world","to":"\ud800","amount":5}""", "to"),
        Transfer("""{"from":"@world","to":"\udc00\ud800","amount":5}""", "to"),
        Transfer("{\"from\":\"@world\",\"to\":\"\u00FF\u00FE\",\"amount\":5}", "to"),
        Transfer("{\"from\":\"@world\",\"to\":\"\u00C0\u0080\",\"amount\":5}", "to"),
        Transfer("{\"from\":\"@world\",\"to\":\"A\tB\",\"amount\":5}", "body"),
        Transfer("{\"from\":\"@world\",\"\u00FF\":1,\"to\":\"A\",\"amount\":5}", "body"),
        Transfer("""{"from":"Alex","to":"Alex","amount":5}""", "to"),
        Transfer($$"""{"from":"@world","to":"{{LongName}}","amount":5}""", "to"),
        Transfer($$"""{"id":"{{LongName}}","from":"@world","to":"Alex","amount":5}""", "id"),
        Transfer("""{"id":"","from":"@world","to":"Alex","amount":5}""", "id"),
        Transfer("""{"id":" t","from":"@world","to":"Alex","amount":5}""", "id"),
        Transfer("""{"id":7,"from":"@world","to":"Alex","amount":5}""", "id"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"asset":""}""", "asset"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"asset":"E U R"}""", "asset"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"asset":"ABCDEFGHIJKLMNOPQ"}""", "asset"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"timestamp":"yesterday"}""", "timestamp"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"timestamp":"2026-13-01T00:00:00Z"}""", "timestamp"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"timestamp":1700000000}""", "timestamp"),
        Transfer($$"""{"from":"@world","to":"Alex","amount":5,"memo":"{{LongMemo}}"}""", "memo"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"memo":5}""", "memo"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"meta":"x"}""", "meta"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"meta":{"a":1}}""", "meta.a"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"meta":{"a":{"b":"c"}}}""", "meta.a"),
        Transfer("""{"from":"@world","to":"Alex","amount":5,"meta":{"a":"1","a":"2"}}""", "meta.a"),
        Transfer($$$"""{"from":"@world","to":"Alex","amount":5,"meta":{{{{Pairs(51)}}}}}""", "meta"),
    ];

    private static MalformedRequest[] Batches =>
    [
        Batch("", 400, "body"),
        Batch("{}", 400, "body"),
        Batch("[]", 400, "body"),
        Batch("[5]", 400, "[0]"),
        Batch("[null]", 400, "[0]"),
        Batch("""[{"from":"@world","to":"Alex","amount":5},{"from":"@world","to":"Alex","amount":0}]""", 400, "[1].amount"),
        Batch("""[{"from":"@world","to":"Alex","amount":5},{"from":"@world","amount":1}]""", 400, "[1].to"),
        Batch("""[{"from":"@world","to":"Alex","amount":5},{"from":"@world","to":"Alex ","amount":5}]""", 400, "[1].to"),
        Batch("""[{"from":"@world","to":"Alex","amount":5,"x":1}]""", 400, "[0].x"),
        Batch("""[{"from":"@world","to":"Alex","amount":5},""", 400, "body"),
        Batch("""[{"from":"@world","to":"Alex","amount":5}""", 400, "body"),
        Batch("""[{"from":"@world","to":"Alex","amount":5}] []""", 400, "body"),
        Batch("[" + string.Join(',', Enumerable.Repeat("""{"from":"@world","to":"Alex","amount":5}""", 10_001)) + "]", 413, null),
    ];

    private static MalformedRequest[] Others =>
    [
        Post("/transactions", """{"postings":[]}""", "postings"),
        Post("/transactions", """{"postings":{}}""", "postings"),
        Post("/transactions", """{"postings":null}""", "postings"),
        Post("/transactions", "{}", "postings"),
        Post("/transactions", """{"postings":[{"from":"@world","to":"A","amount":1},{"from":"A","to":"A","amount":1}]}""", "postings[1].to"),
        Post("/transactions", """{"postings":[{"from":"@world","to":"A","amount":1.5}]}""", "postings[0].amount"),
        Post("/transactions", """{"postings":[{"from":"@world","to":"A","amount":1,"id":"x"}]}""", "postings[0].id"),
        Post("/transactions", """{"postings":[{"from":"@world","to":"A","amount":1}],"x":1}""", "x"),
        Post("/transactions", """{"postings":[{"from":"@world","to":"A","amount":1}],"postings":[]}""", "postings"),
        Post("/transactions", $$"""{"postings":[{{Postings(201)}}]}""", "postings"),
        Post("/holds", """{"from":"@world","to":"Alex","amount":5,"expires_in":-1}""", "expires_in"),
        Post("/holds", """{"from":"@world","to":"Alex","amount":5,"expires_in":"7d"}""", "expires_in"),
        Post("/holds", """{"from":"@world","to":"Alex","amount":5,"expires_in":99999999999}""", "expires_in"),
        Post("/holds/h/capture", """{"amount":0}""", "amount"),
        Post("/holds/h/capture", """{"amount":"all"}""", "amount"),
        Post("/holds/h/capture", """{"hold":"h"}""", "hold"),
        Post("/holds/%20h/capture", "{}", "hold"),
        Post("/holds/h/void", """{"amount":5}""", "amount"),
        Post("/transfers/t%20/revert", "{}", "reverts"),
        Post("/transfers/t/revert", "[]", "body"),
        Put("/accounts/Alex", """{"overdraft":-1}""", "overdraft"),
        Put("/accounts/Alex", """{"ceiling":"n\ud800one","owners":["ada#],"w"]}""", "body"),
        Put("/accounts/Alex", """{"overdraft":"lots"}""", "overdraft"),
        Put("/accounts/Alex", """{"overdraft":1.5}""", "overdraft"),
        Put("/accounts/Alex", """{"ceiling":"unlimited"}""", "ceiling"),
        Put("/accounts/Alex", """{"closed":"yes"}""", "closed"),
        Put("/accounts/Alex", """{"owners":"alex"}""", "owners"),
        Put("/accounts/Alex", """{"owners":["alex",5]}""", "owners[1]"),
        Put("/accounts/Alex", """{"account":"Dave"}""", "account"),
        Put("/accounts/%20Alex", "{}", "account"),
        Put($"/accounts/{LongName}", "{}", "account"),
        Put("/assets/points", """{"scale":13}""", "scale"),
        Put("/assets/points", """{"scale":-1}""", "scale"),
        Put("/assets/points", """{"scale":0.5}""", "scale"),
        Put("/assets/points", "{}", "scale"),
        Put("/assets/po%20ints", """{"scale":0}""", "asset"),
        Put("", """{"asset":5}""", "asset"),
        Put("", """{"asset":"not an asset"}""", "asset"),
        Put("", "{}", "asset"),
        Put("", "", "body"),
        Put("/assets/points", "", "body"),
        Put("/accounts/Alex", "", "body"),
        Put("/accounts/nobody", " \r\n\t", "body"),
        Post("/holds", "", "body"),
        Post("/transfers", """{"from":"@world","to":"Alex","amount":5,"dry_run":"yes"}""", "dry_run"),
        Post("/transactions", """{"postings":[{"from":"@world","to":"A","amount":1}],"dry_run":1}""", "dry_run"),
        Post("/holds", """{"from":"@world","to":"Alex","amount":5,"dry_run":true}""", "dry_run"),
        Batch("""[{"from":"@world","to":"Alex","amount":5,"dry_run":true}]""", 400, "[0].dry_run"),
        Post("/transactions", "", "body"),
    ];

    private static MalformedRequest[] Queries =>
    [
        Get("/transfers?limit=0", "limit"),
        Get("/transfers?limit=1001", "limit"),
        Get("/transfers?limit=ten", "limit"),
        Get("/transfers?limit=1.5", "limit"),
        Get("/transfers?limit=", "limit"),
        Get("/transfers?limit=5&limit=6", "limit"),
        Get("/transfers?after=damaged", "after"),
        Get("/transfers?after=", "after"),
        Get("/transfers?status=pending", "status"),
        Get("/transfers?from=yesterday", "from"),
        Get("/transfers?to=2026-02-30", "to"),
        Get("/transfers?acount=Alex", "acount"),
        Get("/transfers?account=%FF", "query"),
        Get("/accounts?after=!!!", "after"),
        Get("/accounts?words=", "words"),
        Get("/accounts?words=%20", "words"),
        Get($"/accounts?words={LongName}", "words"),
        Get("/accounts?sort=balance", "sort"),
        Get("/accounts?order=name", "order"),
        Get("/accounts/Alex/history?by=week", "by"),
        Get("/accounts/Alex/history?from=2026-11-02&to=2026-11-01", "from"),
        Get("/accounts/Alex/history?from=2020-11-02&to=2026-11-01", "from"),
        Get("/accounts/Alex/history?from=0001-01-01&to=9999-12-31&by=month", "from"),
        Get("/accounts/Alex/history?from=yesterday", "from"),
        Get("/accounts/Alex/history?asset=nothing", "asset"),
        Get("/accounts/Alex/history?asset=", "asset"),
        new("GET", "/accounts/nobody/history", null, 404, "not_found", null),
        Get("/accounts/Alex/entries?from=yesterday", "from"),
        Get("/accounts/Alex/entries?to=2026-13-01", "to"),
        Get("/search", "q"),
        Get("/search?q=", "q"),
        Get("/search?q=%20%20", "q"),
        Get($"/search?q={LongName}", "q"),
        Get("/search?q=a&limit=101", "limit"),
        Get("/search?q=a&limit=0", "limit"),
        Get("/overview?asset=nothing", "asset"),
        Get("/overview?asset=", "asset"),
        Get("/invoices?overdue=maybe", "overdue"),
        Get("/reports/trial-balance?on=today", "on"),
        Get("/reports/trial-balance?format=xml", "format"),
        Get("/reports/trial-balance?asset=nothing", "asset"),
        Get("/reports/income?to=2026-12-31", "from"),
        Get("/reports/income?from=2026-12-31", "to"),
        Get("/reports/income?from=2026-12-31&to=2026-01-01", "from"),
        Get("/reports/income?from=2026-12-32&to=2026-01-01", "from"),
        Get("/reports/vat?from=1900-01-01&to=2026-01-01", "from"),
        Get("/reports/ageing?from=2026-01-01", "from"),
        Get("/reports/ageing?asset=", "asset"),
        new("GET", "/reports/balance-sheet", null, 404, "not_found", null),
        Get("/verification?height=5", "height"),
        new("DELETE", "/verification", null, 405, "method_not_allowed", null),
        Get("/invoices?from=2026-02-30", "from"),
        Get("/invoices?from=2026-02-03&to=2026-02-01", "from"),
        Get("/charges?to=x", "to"),
        Get("/charges?from=2026-02-03&to=2026-02-01", "from"),
        Get("/accounts?offset=5", "offset"),
        Get("/accounts/Alex/entries?after=damaged", "after"),
        Get("/accounts/Alex/entries?limit=-5", "limit"),
        Get("/accounts/Alex?at=now", "at"),
        Get("/accounts/Alex?at=-1", "at"),
        Get("/accounts/Alex?at=99999", "at"),
        Get("/accounts/nobody?at=9223372036854775807", "at"),
        Get("/accounts/Alex?at=2999-11-21", "at"),
        Get("/balances?at=99999", "at"),
        Get("/balances?at=2999-11-21T20:23:11Z", "at"),
        Get("/balances?at=9999-12-31T23:59:59.9999999Z", "at"),
        Get("/accounts/Alex?at=2026-11-21T20:23:11", "at"),
        Get("/balances?at=2026-11-21T25:00:00Z", "at"),
        Get("/balances?size=5", "size"),
        Get("/blocks?from=0", "from"),
        Get("/blocks?from=-1", "from"),
        Get("/blocks?from=x", "from"),
        Get("/blocks?limit=5000", "limit"),
        Get("/events?after=42-", "after"),
        Get("/events?after=x-7", "after"),
        new("POST", "/transfers?dry_run=true", """{"from":"@world","to":"Alex","amount":5}""", 400, Invalid, "dry_run"),
    ];

    private static MalformedRequest Transfer(string body, string? field, string? mediaType = "application/json",
        int status = 400) => new("POST", "/transfers", body, status, status switch
        {
            413 => "too_large",
            415 => "unsupported_media_type",
            _ => Invalid,
        }, status == 400 ? field : null, mediaType);

    private static MalformedRequest Batch(string body, int status, string? field) =>
        new("POST", "/transfers/batch", body, status, status == 413 ? "too_large" : Invalid, field);

    private static MalformedRequest Post(string target, string body, string field) =>
        new("POST", target, body, 400, Invalid, field);

    private static MalformedRequest Put(string target, string body, string field) =>
        new("PUT", target, body, 400, Invalid, field);

    private static MalformedRequest Get(string target, string field) => new("GET", target, null, 400, Invalid, field);

    private static string Pairs(int count) =>
        string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":\"v\""));

    private static string Postings(int count) =>
        string.Join(',', Enumerable.Repeat("""{"from":"@world","to":"A","amount":1}""", count));
}
