using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>Sends a request that has to be refused, and looks at how.</summary>
internal static class RefusedRequest
{
    private static readonly UriCreationOptions AsWritten =
        new() { DangerousDisablePathAndQueryCanonicalization = true };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>It is refused by name, shows nothing of the program, and changes nothing.</summary>
    public static async Task CheckAsync(RunningServer server, MalformedRequest row)
    {
        var height = await HeightAsync(server);
        using var request = new HttpRequestMessage(new HttpMethod(row.Method),
            new Uri(server.Http.BaseAddress!.ToString().TrimEnd('/') + row.Address, AsWritten));
        if (row.Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.Latin1.GetBytes(row.Body));
            if (row.MediaType is not null)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(row.MediaType);
        }
        using var response = await server.Http.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        var what = $"{row.Method} {row.Address} {(row.Body?.Length < 200 ? row.Body : "...")}: {text}";
        Assert.True((int)response.StatusCode == row.Status, $"{(int)response.StatusCode} {what}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await RunningServer.BodyAsync(response);
        Assert.True(problem.GetProperty("code").GetString() == row.Code, what);
        Assert.Equal(row.Status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        var field = problem.TryGetProperty("field", out var named) ? named.GetString() : null;
        Assert.True(field == row.Field, what);
        Assert.DoesNotContain("   at ", text);
        Assert.DoesNotContain("Exception", text);
        Assert.Equal(height, await HeightAsync(server));
    }

    private static async Task<long> HeightAsync(RunningServer server) =>
        (await server.GetAsync("/v1/ledgers/bank")).GetProperty("height").GetInt64();
}
