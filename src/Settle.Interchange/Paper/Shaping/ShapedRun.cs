using Settle.Paper.Pdf;

namespace Settle.Paper.Shaping;

/// <summary>A part of a text that one font draws.</summary>
/// <param name="Font">The font.</param>
/// <param name="Clusters">Its signs, from the left to the right.</param>
internal sealed record ShapedRun(TrueTypeFont Font, IReadOnlyList<ShapedCluster> Clusters);
