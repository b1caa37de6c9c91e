using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Server;

public sealed partial class ConsoleTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_and_all_that_it_needs_are_served()
    {
        await using var server = await RunningServer.StartAsync();
        var page = await server.Http.GetStringAsync("/", Stop);
        foreach (Match link in Links.Matches(page))
        {
            using var response = await server.Http.GetAsync(link.Groups[1].Value, Stop);
            Assert.True(response.IsSuccessStatusCode, link.Value);
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
        var script = await server.Http.GetStringAsync("/app.js", Stop)
            + await server.Http.GetStringAsync("/billing.js", Stop);
        Assert.DoesNotMatch(Inline, page);
        foreach (var word in new[] { "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(" })
            Assert.DoesNotContain(word, script);
    }

    [Fact]
    public async Task The_script_knows_only_what_the_page_has()
    {
        await using var server = await RunningServer.StartAsync();
        var page = await server.Http.GetStringAsync("/", Stop);
        var script = await server.Http.GetStringAsync("/app.js", Stop)
            + await server.Http.GetStringAsync("/billing.js", Stop);
        foreach (Match id in Ids.Matches(script)) Assert.Contains($"id=\"{id.Groups[1].Value}\"", page);
    }

    [GeneratedRegex("""(?:href|src)="(/[^"]*)" """)]
    private static partial Regex Links { get; }

    [GeneratedRegex("""\sstyle=|\son[a-z]+=|<style|<script>""")]
    private static partial Regex Inline { get; }

    [GeneratedRegex("""\$\("([a-z-]+)"\)""")]
    private static partial Regex Ids { get; }
}
