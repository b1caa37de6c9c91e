namespace Settle.Simulation;

/// <summary>Something that may happen next.</summary>
/// <param name="Text">What it is, for people; only told when somebody wants to know.</param>
/// <param name="Mishap">What goes wrong with it; nothing for an ordinary step.</param>
/// <param name="Do">Lets it happen.</param>
internal sealed record Choice(Func<string> Text, Mishap Mishap, Action Do);
