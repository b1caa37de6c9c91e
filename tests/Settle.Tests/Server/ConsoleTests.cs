using System.IO.Compression;
using System.Text.RegularExpressions;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Server;

public sealed partial class ConsoleTests
{
    private static readonly string[] Scripts = ["/app.js", "/verify.js"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_and_all_that_it_needs_are_served()
    {
        await using var server = await RunningServer.StartAsync();
        var page = await server.Http.GetStringAsync("/", Stop);
        var links = Links.Matches(page).Select(link => "/" + link.Groups[1].Value).Concat(Scripts).Distinct().ToList();
        Assert.Superset(new HashSet<string> { "/app.css", "/app.js", "/favicon.svg" }, links.ToHashSet());
        foreach (var link in links)
        {
            using var response = await server.Http.GetAsync(link, Stop);
            Assert.True(response.IsSuccessStatusCode, link);
        }
    }

    [Fact]
    public async Task The_page_asks_again_only_for_what_has_changed()
    {
        await using var server = await RunningServer.StartAsync();
        using var first = await server.Http.GetAsync("/app.js", Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/app.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await server.Http.SendAsync(request, Stop);
        Assert.Equal(304, (int)second.StatusCode);
    }

    [Fact]
    public async Task Nothing_that_a_ledger_holds_can_become_markup()
    {
        await using var server = await RunningServer.StartAsync();
        var page = await server.Http.GetStringAsync("/", Stop);
        Assert.DoesNotMatch(Inline, page);
        foreach (var script in Scripts)
            Assert.DoesNotMatch(Evaluated, await server.Http.GetStringAsync(script, Stop));
        var sources = Repository.Files("src/Settle.Console", "*.ts").Concat(Repository.Files("src/Settle.Console", "*.tsx")).ToList();
        Assert.NotEmpty(sources);
        foreach (var file in sources)
        {
            var source = await File.ReadAllTextAsync(file, Stop);
            foreach (var word in new[] { "innerHTML", "outerHTML", "InnerHTML", "insertAdjacentHTML", "document.write", "srcdoc" })
                Assert.False(source.Contains(word, StringComparison.Ordinal), $"{file}: {word}");
        }
    }

    [Fact]
    public async Task The_page_is_allowed_its_own_files_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync();
        using var page = await server.Http.GetAsync("/", Stop);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.All(policy.Split("; ")[1..], part => Assert.Matches("^[a-z-]+ ('self'|'none')( data:)?$", part));
    }

    [Fact]
    public async Task Scripts_and_styles_are_small()
    {
        await using var server = await RunningServer.StartAsync();
        var total = 0L;
        foreach (var file in Scripts.Append("/app.css"))
        {
            using var packed = new MemoryStream();
            await using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                zip.Write(await server.Http.GetByteArrayAsync(file, Stop));
            total += packed.Length;
        }
        Assert.InRange(total, 1, 100_000);
    }

    [GeneratedRegex("""(?:href|src)="\./([^"]*)""")]
    private static partial Regex Links { get; }

    [GeneratedRegex("""\sstyle=|\son[a-z]+=|<style|<script>""")]
    private static partial Regex Inline { get; }

    [GeneratedRegex("""\beval\(|\bnew Function\b|\bFunction\(""")]
    private static partial Regex Evaluated { get; }
}
