using System.Text.Json.Serialization;

namespace Settle;

/// <summary>The result of a restore. All of it was verified before it took its place.</summary>
/// <param name="Path">The ledger's file.</param>
/// <param name="Height">Its newest block.</param>
/// <param name="Hash">That block's hash, which covers every block before it too.</param>
/// <param name="LostHeight">
/// The newest block that was known in this place, where the ledger does not have it now. The ledger
/// takes its next request only after a person confirms that; see
/// <see cref="LedgerOptions.AcceptRollback"/>.
/// </param>
/// <param name="KeptAs">Where the file is now that was there before; null if there was none.
/// </param>
public sealed record RestoreReport(string Path, long Height, string Hash,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? LostHeight,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? KeptAs)
{
    /// <summary>What a person should look at; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }
}

