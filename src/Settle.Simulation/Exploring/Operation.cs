namespace Settle.Simulation;

/// <summary>A step that a writer waits for.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Fates">What may become of it.</param>
/// <param name="IsQuick">
/// Whether nobody else can see it happen, so that it may as well happen at once.
/// </param>
/// <param name="Do">Lets it happen.</param>
internal sealed record Operation(
    string Text, IReadOnlyList<Fate> Fates, Func<bool> IsQuick, Action<Fate> Do);
