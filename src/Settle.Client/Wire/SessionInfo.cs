namespace Settle.Wire;

/// <summary>Who asks, and what they may do.</summary>
/// <param name="NeedsKey">
/// Whether the server asks for keys; one that asks for none serves its own machine only.
/// </param>
internal sealed record SessionInfo(bool NeedsKey)
{
    /// <summary>Whose key it is; absent when nobody is signed in.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// <c>reader</c>, <c>teller</c>, <c>peer</c> or <c>admin</c>; absent when nobody is signed in.
    /// </summary>
    public string? Role { get; init; }

    /// <summary>
    /// The ledgers that the key opens; <c>*</c> is all of them. Absent when nobody is signed in.
    /// </summary>
    public IReadOnlyList<string>? Ledgers { get; init; }
}
