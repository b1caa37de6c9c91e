namespace Settle.Simulation;

/// <summary>A step that a writer waits for.</summary>
/// <param name="Writer">Who waits.</param>
/// <param name="Text">What it is.</param>
/// <param name="Fates">What may become of it.</param>
/// <param name="Do">Lets it happen.</param>
internal sealed record Operation(
    Writer Writer, string Text, IReadOnlyList<Fate> Fates, Action<Fate> Do);
