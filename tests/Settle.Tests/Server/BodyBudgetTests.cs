using System.Text;
using Microsoft.AspNetCore.Http;
using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>All bodies that are under way share a limit.</summary>
public sealed class BodyBudgetTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task Bodies_that_do_not_fit_beside_the_others_are_refused_until_one_is_done()
    {
        var budget = new BodyBudget(8 * Megabyte);
        var first = await ReadAsync(budget, 3 * Megabyte);
        Assert.Equal(3 * Megabyte, first.Span.Length);
        var busy = await Assert.ThrowsAsync<HttpProblemException>(() => ReadAsync(budget, 3 * Megabyte));
        Assert.Equal("busy", busy.Code);
        Assert.Equal("not_applied", ProblemMaker.From(busy)!.Outcome);
        using (var small = await ReadAsync(budget, 1000)) Assert.Equal(1000, small.Span.Length);
        first.Dispose();
        for (var i = 0; i < 20; i++)
            using (var next = await ReadAsync(budget, 3 * Megabyte)) Assert.Equal(3 * Megabyte, next.Span.Length);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_breaks_off_holds_nothing()
    {
        var budget = new BodyBudget(8 * Megabyte);
        for (var i = 0; i < 20; i++)
        {
            var tooLarge = await Assert.ThrowsAsync<HttpProblemException>(() => ReadAsync(budget, 5 * Megabyte, Megabyte));
            Assert.Equal("too_large", tooLarge.Code);
            await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync(budget, new BrokenStream(2 * Megabyte)));
        }
        using var body = await ReadAsync(budget, 3 * Megabyte);
        Assert.Equal(3 * Megabyte, body.Span.Length);
    }

    private static Task<RequestBody> ReadAsync(BodyBudget budget, int bytes, int bytesMax = 4 * Megabyte) =>
        ReadAsync(budget, new MemoryStream(new byte[bytes]), bytesMax);

    private static async Task<RequestBody> ReadAsync(BodyBudget budget, Stream stream, int bytesMax = 4 * Megabyte)
    {
        var api = new SettleApi(null!, null!) { BodyBytesMax = bytesMax };
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(api with { Bodies = budget }), null));
        context.Request.ContentType = "application/json";
        context.Request.Body = stream;
        return await RequestBody.ReadAsync(context);
    }

    /// <summary>Ends with an error of the connection.</summary>
    private sealed class BrokenStream(int bytes) : MemoryStream(new byte[bytes])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException(Encoding.ASCII.GetString("broken"u8));
        }
    }
}
