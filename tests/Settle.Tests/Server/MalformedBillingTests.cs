using Xunit;

namespace Settle.Tests.Server;

/// <summary>More than a hundred malformed requests of billing.</summary>
public sealed class MalformedBillingTests(BillingServerFixture fixture)
    : IClassFixture<BillingServerFixture>
{
    [Theory]
    [MemberData(nameof(MalformedBillingRequests.Rows),
        MemberType = typeof(MalformedBillingRequests), DisableDiscoveryEnumeration = true)]
    public Task A_malformed_request_of_billing_is_refused_by_name_and_changes_nothing(
        MalformedRequest row) =>
        RefusedRequest.CheckAsync(fixture.Server, row);
}
