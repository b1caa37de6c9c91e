using System.Text;
using Settle.Server;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>docs/http.md says what the server says. With <c>SETTLE_WRITE_DOCS=1</c> it is written again.</summary>
public sealed class HttpDocumentTests
{
    private const string Head = """
        # HTTP

        `settle serve` serves one or more ledgers, or a folder of them. `/openapi/v1.json` describes every
        operation with its types, examples and errors; this page is the overview.

        ## Rules

        * **Amounts** are JSON integers in the asset's minor unit: `5000` is 50.00 USD. Totals can be larger than
          2^53 and are integers all the same.
        * **Ids.** Whatever decides something has an `id`; leave it out and the server makes one. The same id
          with the same content gives the recorded verdict again (200, `replayed: true`); with other content it
          is refused (409, naming the field that differs, and the block that decided the id). So a request whose
          answer got lost is simply sent again.
        * **A refusal is a verdict.** It is recorded, and a problem with status 422, the `reason`, and the
          recorded transfer. In a batch it is one of the verdicts, and the batch is 200.
        * **Strict.** Unknown, repeated, mistyped and missing fields are refused with their path, such as
          `[17].amount`; so are unknown parameters. What is refused as malformed uses up no id.
        * **Names in addresses** are percent-encoded UTF-8: `customers/42` is `customers%2F42`.
        * **Lists** are `{"items":[...],"next":"<cursor>"}`. A cursor keeps the filter it was made with; `next` is
          null after the last page. `at` takes the height of a block or a time by RFC 3339.
        * **Events.** `.../events` sends every entry of the chain, then each new one as it is settled. The id of
          an event is its position (`42-7`); a client that connects again with `Last-Event-ID` misses nothing.
        * **Bodies** are `application/json` in UTF-8 of at most 8 MB (`settle serve --body-limit`); a batch has at
          most 10 000 transfers.
        * **Billing.** Quantities, prices and rates are decimals as texts (`"2.5"`), days are `2026-10-31`. A run
          (`.../invoice-runs`) may take longer than a request usually may; send it again with its id, and you wait for the
          same run. [billing.md](billing.md) says what it promises.
        * **Rate.** A key, or without keys an address, may make 20 000 requests a second (`--rate-limit`); then it
          is 429, and nothing was decided.

        ## Who may

        Without keys the server listens on this machine's own addresses only, and refuses web pages from
        elsewhere: `Host` must be this machine, `Origin` the server itself. With `--keys FILE` each request needs
        `Authorization: Bearer sk_...`; `settle keys add NAME --role teller --for bank` makes a key. The file
        holds only hashes, and a running server takes note when it changes. A *reader* reads, a *teller* also
        moves money, charges and invoices, an *admin* also opens accounts, declares assets, sets the seller and erases; each on the ledgers that the key names.

        ## When it is down

        503 with `code: store_unavailable` says in `outcome` whether nothing was decided (`not_applied`) or that
        may be (`unknown`). Send the same id again in both cases, and a batch as a whole, with all of its ids: what
        was decided gives its recorded verdict. So give ids of your own. `Settle.Client` does all this by itself until
        its deadline, and then tells the two apart: `StoreUnavailableException`, `OutcomeUnknownException` (with `Ids`).

        `/health/live` and `/health/ready` need no key. `ready` is 503 until every ledger is open, and again when a
        ledger has stopped because its chain is damaged or a rule of its own was broken; the body names it, the
        log has the cause. `/metrics` is for Prometheus and needs a key for all ledgers.

        A server that is told to stop ends what is under way, ends the streams of events, then closes the ledgers.

        ## Operations

        `...` is `/v1/ledgers/{ledger}`.

        | | | role |
        |---|---|---|

        """;

    private const string Errors = """

        ## Errors

        Every error is `application/problem+json` by RFC 9457, with a stable `code`. Only what is no HTTP at all (a
        malformed request line or header, too long a target, too many headers) is refused before that, with 400, 414, 431
        or 505, without a body, and the connection is closed.

        | status | code | meaning |
        |---|---|---|

        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_about_HTTP_is_what_the_server_says()
    {
        await using var server = await RunningServer.StartAsync();
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var document = new OpenApiDocumentView(await server.GetAsync("/openapi/v1.json"));
        foreach (var (path, method, operation) in document.Operations)
        {
            var description = operation.GetProperty("description").GetString()!;
            var role = description.Split('`').Reverse().Skip(1).FirstOrDefault() ?? "";
            role = description.Contains("Asks for the role", StringComparison.Ordinal) ? role : "none";
            text.Append($"| `{method} {path.Replace("/v1/ledgers/{ledger}", "...")}` "
                + $"| {operation.GetProperty("summary").GetString()} | {role} |\n");
        }
        text.Append(Errors.ReplaceLineEndings("\n"));
        foreach (var (code, status, title) in ProblemTable.Rows().Where(row =>
            !Refusals.All.Any(refusal => refusal.Text == row.Code && row.Status == 422)))
            text.Append($"| {status} | `{code}` | {title} |\n");
        text.Append("| 422 | see [refusals](refusals.md) | The ledger said no |\n");
        var file = Path.Combine(Repository.Root, "docs", "http.md");
        if (Environment.GetEnvironmentVariable("SETTLE_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, text.ToString(), Stop);
        Assert.Equal(text.ToString(), (await File.ReadAllTextAsync(file, Stop)).ReplaceLineEndings("\n"));
    }
}
