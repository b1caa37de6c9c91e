namespace Settle.Wire;

/// <summary>A key to make.</summary>
internal sealed record KeyBody
{
    /// <summary>Whose key it is, for people and logs; no other key has this name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// <c>reader</c>, <c>teller</c>, <c>peer</c> or <c>admin</c>; <c>teller</c> if absent.
    /// </summary>
    public string? Role { get; init; }

    /// <summary>
    /// The ledgers that it opens; <c>*</c> is all of them. Those of the key that asks if absent.
    /// </summary>
    public IReadOnlyList<string>? Ledgers { get; init; }
}
