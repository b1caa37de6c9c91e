namespace Settle.Paper.Shaping;

/// <summary>A glyph and where it is drawn, in parts of the text's size.</summary>
/// <param name="Glyph">Its number in the font.</param>
/// <param name="X">How far right of the run's beginning.</param>
/// <param name="Y">How far above the line.</param>
internal readonly record struct ShapedGlyph(int Glyph, double X, double Y);
