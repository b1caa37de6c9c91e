namespace Settle.Wire;

/// <summary>A key of the server.</summary>
/// <param name="Name">Whose key it is.</param>
/// <param name="Role">
/// <c>reader</c>, <c>teller</c>, <c>peer</c> or <c>admin</c>.
/// </param>
/// <param name="Ledgers">The ledgers that it opens; <c>*</c> is all of them.</param>
internal sealed record KeyInfo(string Name, string Role, IReadOnlyList<string> Ledgers)
{
    /// <summary>
    /// The key itself, when it was just made: it is nowhere else, and is never shown again.
    /// </summary>
    public string? Key { get; init; }
}
