namespace Settle;

/// <summary>How far the settling of documents has come.</summary>
/// <param name="Marked">So many are decided and marked.</param>
/// <param name="Found">So many there are, marked ones included, as far as is known.</param>
public readonly record struct DocumentProgress(long Marked, long Found);
