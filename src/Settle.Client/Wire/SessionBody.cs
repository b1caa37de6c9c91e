namespace Settle.Wire;

/// <summary>A key that a person signs in with.</summary>
internal sealed record SessionBody
{
    /// <summary>The key, <c>sk_...</c>. A server without keys asks for none.</summary>
    public string? Key { get; init; }
}
