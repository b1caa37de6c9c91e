using System.Text.Json.Serialization;

namespace Settle;

/// <summary>The result of a mirror.</summary>
/// <param name="Copied">How many blocks were copied.</param>
/// <param name="Height">The newest block of both ledgers.</param>
/// <param name="Hash">Its hash, which covers every block before it too.</param>
/// <param name="Documents">
/// How many side documents were copied: names and addresses, invoices.
/// </param>
public sealed record MirrorReport(long Copied, long Height, string Hash, long Documents = 0)
{
    /// <summary>What a person should look at; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }
}

