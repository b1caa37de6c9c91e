using System.Text.Json.Serialization;

namespace Settle;

/// <summary>The result of a backup. All of it was verified.</summary>
/// <param name="Path">The backup's file.</param>
/// <param name="Height">Its newest block.</param>
/// <param name="Hash">That block's hash, which covers every block before it too.</param>
/// <param name="Copied">How many blocks it lacked before.</param>
/// <param name="HasDocuments">
/// Whether it has names, addresses and invoices too. A server gives only its blocks.
/// </param>
public sealed record BackupReport(
    string Path, long Height, string Hash, long Copied, bool HasDocuments)
{
    /// <summary>What a person should look at; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }
}

