namespace Settle.Server;

/// <summary>Metadata of a host's endpoints: the policy that it asks for each role.</summary>
/// <param name="Of">The policy's name.</param>
internal sealed record RolePolicies(Func<ApiRole, string> Of);
