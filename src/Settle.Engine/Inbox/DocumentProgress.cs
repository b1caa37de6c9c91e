namespace Settle;

/// <summary>The progress of settling documents.</summary>
/// <param name="Marked">How many are decided and marked.</param>
/// <param name="Found">How many there are in all, as far as is known.</param>
public readonly record struct DocumentProgress(long Marked, long Found);
