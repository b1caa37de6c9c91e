using System.Diagnostics;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

/// <summary>The server for the tests, as far as all of them lean on it.</summary>
public sealed class CouchServerTests
{
    [Fact]
    public async Task A_server_that_dies_by_itself_comes_back()
    {
        Assert.SkipUnless(File.Exists(CouchServer.Program), "pouchdb-server is not installed");
        await using var server = new CouchServer();
        await server.StartAsync();
        using (var process = Process.GetProcessById(server.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await server.UntilStartedAsync();
        using var place = new CouchPlace(server.Address, "made-since");
        using var answer = place.Send(HttpMethod.Put, "");
        Assert.True(answer.IsSuccessStatusCode);
    }
}
