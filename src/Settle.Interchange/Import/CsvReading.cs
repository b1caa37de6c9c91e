using Settle.Journals;

namespace Settle.Import;

/// <summary>How the files of an import are read.</summary>
/// <param name="Scales">The assets that the ledger knows.</param>
/// <param name="Asset">The asset of rows that name none; null is the ledger's default.</param>
/// <param name="MetaColumns">Further columns to keep as <c>meta</c>.</param>
internal sealed record CsvReading(
    AssetScales Scales, string? Asset, IReadOnlyList<string> MetaColumns)
{
    /// <summary>See <see cref="RequestBatch.KnowsAccount"/>.</summary>
    public Func<ReadOnlySpan<byte>, bool>? KnowsAccount { get; init; }
}
