using Xunit;

namespace Settle.Tests.Server;

public sealed class MalformedRequestTests(RunningServerFixture fixture) : IClassFixture<RunningServerFixture>
{
    [Theory]
    [MemberData(nameof(MalformedRequests.Rows), MemberType = typeof(MalformedRequests), DisableDiscoveryEnumeration = true)]
    public Task A_malformed_request_is_refused_by_name_and_changes_nothing(MalformedRequest row) =>
        RefusedRequest.CheckAsync(fixture.Server, row);
}
