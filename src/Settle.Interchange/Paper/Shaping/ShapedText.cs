namespace Settle.Paper.Shaping;

/// <summary>A text as it is drawn, from the left to the right.</summary>
/// <param name="Runs">Its parts.</param>
/// <param name="Width">How wide it is, in parts of the text's size.</param>
internal sealed record ShapedText(IReadOnlyList<ShapedRun> Runs, double Width);
