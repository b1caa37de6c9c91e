using System.Text.Json.Serialization;

namespace Settle;

/// <summary>One thing that is wrong with a chain.</summary>
/// <param name="Height">The block; 0 if the fault concerns the whole chain.</param>
/// <param name="Entry">
/// The entry's index in the block; null if the fault concerns the whole block.
/// </param>
/// <param name="Id">The entry's id, if it can still be read.</param>
/// <param name="Message">What is wrong.</param>
public sealed record VerificationFault(
    long Height,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Entry,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    string Message)
{
    /// <summary>The site whose chain it is; null where the ledger has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Site { get; init; }
}
