using System.Text;
using Settle.Server;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>
/// The tables of docs/http.md are those of the server. With <c>SETTLE_WRITE_DOCS=1</c> they are
/// written again.
/// </summary>
public sealed class HttpDocumentTests
{
    private const string Ruler = "|---|---|---|\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_about_HTTP_is_what_the_server_says()
    {
        var file = Path.Combine(Repository.Root, "docs", "http.md");
        var page = (await File.ReadAllTextAsync(file, Stop)).ReplaceLineEndings("\n");
        var text = WithTable(page, "## Operations", await OperationsAsync());
        text = WithTable(text, "## Errors", Errors());
        if (Environment.GetEnvironmentVariable("SETTLE_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, page = text, Stop);
        Assert.Equal(text, page);
    }

    private static async Task<string> OperationsAsync()
    {
        await using var server = await RunningServer.StartAsync();
        var rows = new StringBuilder();
        var document = new OpenApiDocumentView(await server.GetAsync("/openapi/v1.json"));
        foreach (var (path, method, operation) in document.Operations)
        {
            var description = operation.GetProperty("description").GetString()!;
            var role = description.Split('`').Reverse().Skip(1).FirstOrDefault() ?? "";
            role = description.Contains("Asks for the role", StringComparison.Ordinal) ? role : "none";
            rows.Append($"| `{method} {path.Replace("/v1/ledgers/{ledger}", "...")}` "
                + $"| {operation.GetProperty("summary").GetString()} | {role} |\n");
        }
        return rows.ToString();
    }

    private static string Errors()
    {
        var rows = new StringBuilder();
        foreach (var (code, status, title) in ProblemTable.Rows().Where(row =>
            !Refusals.All.Any(refusal => refusal.Text == row.Code && row.Status == 422)))
            rows.Append($"| {status} | `{code}` | {title} |\n");
        return rows.Append("| 422 | see [refusals](refusals.md) | The ledger said no |\n").ToString();
    }

    /// <summary>The page with these rows in the table under a heading.</summary>
    private static string WithTable(string page, string heading, string rows)
    {
        var start = page.IndexOf(Ruler,
            page.IndexOf($"\n{heading}\n", StringComparison.Ordinal), StringComparison.Ordinal)
            + Ruler.Length;
        var end = page.IndexOf("\n\n", start, StringComparison.Ordinal);
        return page[..start] + rows + (end < 0 ? "" : page[(end + 1)..]);
    }
}
