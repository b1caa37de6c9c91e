using Microsoft.AspNetCore.Http;
using Settle.Server;
using Settle.Wire;
using static Settle.Fuzz.Targets.AllTargets;

namespace Settle.Fuzz.Targets;

/// <summary>What comes over HTTP and from the command line.</summary>
internal static class RequestTargets
{
    private static readonly byte[][] JsonWords = Words(
        "{|}|[|]|,|:|null|true|false|\"|\\u0000|\\ud800|\"id\":|\"from\":|\"to\":|\"amount\":|\"asset\":"
        + "|\"memo\":|\"meta\":|\"timestamp\":|\"overdraft\":|\"unlimited\"|\"ceiling\":|\"none\"|\"owners\":"
        + "|\"closed\":|\"postings\":|\"expires_in\":|\"customer\":|\"description\":|\"quantity\":|\"unit_price\":"
        + "|\"tax\":|\"date\":|\"party\":|\"name\":|\"country\":|\"zone\":|\"prices\":\"gross\"|//|/*");

    private static readonly byte[] Transfer = Bytes(
        """{"id":"t1","from":"Alex","to":"Dave","amount":5000,"asset":"EUR","timestamp":"2026-10-31T12:00:00Z","memo":"rent","meta":{"a":"b"}}""");

    public static IEnumerable<Target> All =>
    [
        Body<TransferRequest>("body-transfer", Encoding.UTF8.GetString(Transfer)),
        Body<TransactionRequest>("body-transaction",
            """{"id":"x","postings":[{"from":"a","to":"b","amount":1},{"from":"b","to":"c","amount":2,"asset":"USD"}],"memo":"m"}"""),
        Body<HoldRequest>("body-hold", """{"id":"h","from":"a","to":"b","amount":9,"expires_in":3600}"""),
        Body<AccountBody>("body-account",
            """{"overdraft":100,"ceiling":"none","asset":"EUR","closed":false,"owners":["ada"],"meta":{"k":"v"}}"""),
        Body<ChargeRequest>("body-charge",
            """{"id":"c","customer":"dave","description":"lunch","quantity":2,"unit_price":"9.90","tax":"19","date":"2026-10-31","unit":"HUR"}"""),
        Body<RepriceRequest>("body-reprice",
            """{"id":"v","from":"2026-10-16","quantity":"2","unit_price":"9.5","discount":1}"""),
        Body<SubscriptionRequest>("body-subscription",
            """{"id":"s","customer":"dave","description":"desk","amount":19900,"start":"2026-10-01","prices":"gross"}"""),
        Body<SellerRequest>("body-seller",
            """{"party":{"name":"Werkbank GmbH","street":"Lindenstr. 5","postal_code":"10969","city":"Berlin","country":"DE","vat_id":"DE123456788","logo":"iVBORw0KGgo="},"tax_rates":["19","7"],"zone":"Europe/Berlin"}"""),
        Body<CustomerBody>("body-customer",
            """{"party":{"name":"Dave","country":"FR"},"treatment":"export","terms_days":14,"asset":"EUR"}"""),
        Batch,
        new("body-site-blocks", [Bytes(
            """{"ledger":"9f","giver":"lisbon","blocks":[{"_id":"block:lisbon:000000000001","height":1}]}""")],
            [.. JsonWords, .. Words("\"blocks\":|\"ledger\":|\"giver\":|\"height\":|99999999999999999999")],
            input => Refusing<SettleException>(() => SiteBlocksWire.Read(input, "lisbon"))),
        Text("cursor", ["eyJsIjoxfQ", new PageCursorSample().Text], text => PageCursorSample.Read(text)),
        Text("idempotency-key", ["k-17", "\"k-17\"", "\"a\\\"b\";x=1", "\"a\", \"b\""], text =>
        {
            var request = new DefaultHttpContext().Request;
            request.Headers[IdempotencyKey.Header] = text;
            IdempotencyKey.Of(request);
        }),
        Text("path-name", ["Alex", "customers%3A42", "%C3%A4", "%"], text => PathNames.Decode(text, "account")),
        Text("value-day", ["2026-10-31", "2026-10", "today"], text => Parse.DayOrMonth("date", text)),
        Text("value-time", ["2026-10-31T23:59:60Z", "2026-10-31", "2026-10-31T10:00:00+02:00"],
            text => { Parse.TimeOrDay("at", text); }),
        Text("value-timestamp", ["2026-10-31T12:00:00.123456Z"], text => Parse.Timestamp("timestamp", text)),
        Text("value-duration", ["7d", "90s", "1h30m"], text => Parse.Duration("expires", text)),
        Text("value-decimal", ["10.00", "1,250", "-0.5"], text => Parse.Decimal("amount", text)),
    ];

    // Whatever the quick reader takes, the careful one reads the same.
    private static Target Batch { get; } = new("body-batch", [[(byte)'[', .. Transfer, (byte)',', .. Transfer, (byte)']'],
        Bytes("""[{"id":"1","from":"a","to":"b","amount":1}]""")], JsonWords, input =>
    {
        var quick = new RequestBatch();
        var isQuick = PlainBatch.TryRead(input, quick);
        TransferRequest[]? careful = null;
        Refusing<SettleException>(() => careful = Bodies.ReadBatch<TransferRequest>(input, "transfers"));
        if (!isQuick) return;
        if (careful is null) throw new FuzzFaultException("the quick reader took what the careful one refuses");
        if (careful.Length != quick.Count) throw new FuzzFaultException("the readers count differently");
        for (var i = 0; i < careful.Length; i++)
        {
            ref var request = ref quick[i];
            var same = careful[i].Id == quick.Text(request.Id) && careful[i].From == quick.Text(request.From)
                && careful[i].To == quick.Text(request.To)
                && careful[i].Amount.ToMinor("amount", 0, true) == request.Amount
                && (careful[i].Memo ?? "") == quick.Text(request.Memo)
                && (careful[i].Asset ?? "") == quick.Text(request.Asset);
            if (!same) throw new FuzzFaultException($"the readers differ in [{i}]");
        }
    });

    private static Target Body<T>(string name, string seed) where T : notnull =>
        new(name, [Bytes(seed), Bytes("{}")], JsonWords,
            input => Refusing<SettleException>(() => Bodies.Read<T>(input)));

    private static Target Text(string name, string[] seeds, Action<string> read) =>
        new(name, [.. seeds.Select(Bytes)], Words("%|%2B|%00|T|Z|+|-|:|.|,|e|=|_|d|h|m|s"),
            input => Refusing<SettleException>(() => read(Encoding.UTF8.GetString(input))));
}
