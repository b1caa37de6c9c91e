namespace Settle.Paper.Shaping;

/// <summary>Glyphs that belong together, and what they stand for.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Glyphs">How they are drawn.</param>
/// <param name="Advance">How wide they are, in parts of the text's size.</param>
internal sealed record ShapedCluster(
    string Text, IReadOnlyList<ShapedGlyph> Glyphs, double Advance);
