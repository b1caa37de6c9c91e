namespace Settle.Wire;

/// <summary>How the server is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record HealthStatus(string Status);
