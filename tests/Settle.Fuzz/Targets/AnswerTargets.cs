using Settle.Billing;
using Settle.Http;
using static Settle.Fuzz.Targets.AllTargets;

namespace Settle.Fuzz.Targets;

/// <summary>What a server answers that may be any program: clients and other sites read it.</summary>
internal static class AnswerTargets
{
    private static readonly byte[][] JsonWords = Words(
        "{|}|[|]|,|:|null|true|\"|\\u0000|\\ud800|\"items\":[|\"next\":|\"height\":|\"hash\":|\"site\":|-1"
        + "|9223372036854775807|1e400|\"asset\":|\"balance\":|\"unlimited\"|\"code\":|\"detail\":|\"_id\":");

    public static IEnumerable<Target> All =>
    [
        Answer("answer-tips",
            """{"ledger":"9f","site":"lisbon","items":[{"site":"main","height":7,"hash":"00ff"}]}""",
            ledger => ledger.Sites.ReadTipsAsync()),
        Answer("answer-blocks", """{"items":[{"_id":"block:lisbon:000000000001","height":1}],"next":null}""",
            ledger => ledger.Sites.ReadBlocksAsync("lisbon", 1, 10)),
        Answer("answer-sites", """{"items":[{"name":"lisbon","own":true,"height":3,"peers":[{"url":"http://a:1/b","lag":0}]}],"next":null}""",
            ledger => ledger.Sites.ListAsync()),
        Answer("answer-account",
            """{"account":"ada","balances":[{"asset":"EUR","balance":"5.00","available":500,"spendable":"unlimited"}],"closed":false}""",
            ledger => ledger.GetAccountAsync("ada")),
        Answer("answer-invoice", """{"number":"2026-0001","asset":"EUR","total":1190,"lines":[{"description":"x","amount":1000}]}""",
            ledger => ledger.Billing.GetInvoiceAsync("2026-0001")),
        new("answer-problem", [Bytes("""{"type":"urn:x","title":"x","status":422,"code":"insufficient_funds","reason":"insufficient_funds","detail":"x","id":"1","block":3,"account":"ada","needed":5,"asset":"EUR"}""")],
            JsonWords, input =>
            {
                // What it is made of is the error itself.
                using var reply = ReplyOf(input);
                ProblemReader.Read(reply, "1", null);
            }),
        new("answer-event", [Bytes("""{"block":3,"entries":[{"id":"1","type":"transfer"}]}""")], JsonWords,
            input => Refusing<SettleException>(() => EventStream.ReadEntry(input))),
        new("dunning", [.. new[] { DunningTerms.Usual(2), DunningTerms.Usual(0) with
            { Levels = [new(3, 1, [("de", "Bitte")])] } }.Select(terms => terms.Write().Written.ToArray())],
            Words("\"levels\":[|\"days\":|\"fee\":|\"texts\":{|\"de\":\"x\"|null|{|}|[|]|-1|1.5|99999999999999999999"),
            input => Refusing<FormatException>(() =>
                Refusing<SettleException>(() => DunningTerms.Read(input).Check()))),
    ];

    private static Target Answer(string name, string seed, Func<HttpLedger, Task> read)
    {
        var server = new AnyAnswer();
        var ledger = HttpLedger.Open("http://127.0.0.1:1/bank",
            new HttpLedgerOptions { HttpClient = () => new HttpClient(server, disposeHandler: false) });
        return new(name, [Bytes(seed), Bytes("{}")], JsonWords, input => Refusing<SettleException>(() =>
        {
            server.Body = input;
            read(ledger).GetAwaiter().GetResult();
        }));
    }

    private static HttpReply ReplyOf(byte[] input)
    {
        using var answer = new HttpResponseMessage { Content = new ByteArrayContent(input) };
        answer.Content.Headers.ContentType = new("application/problem+json");
        return HttpReply.ReadAsync(answer, default).GetAwaiter().GetResult();
    }

    private sealed class AnyAnswer : HttpMessageHandler
    {
        public byte[] Body { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new ByteArrayContent(Body) });
    }
}
