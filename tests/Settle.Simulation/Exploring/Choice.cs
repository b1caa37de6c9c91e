namespace Settle.Simulation;

/// <summary>Something that may happen next.</summary>
/// <param name="Text">What it is, for people.</param>
/// <param name="IsFault">Whether it is one of the few things that may go wrong.</param>
/// <param name="Do">Lets it happen.</param>
internal sealed record Choice(string Text, bool IsFault, Action Do);
