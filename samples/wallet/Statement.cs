namespace Wallet;

/// <summary>A page of a statement. The next one is behind <c>Next</c>; null on the last.</summary>
internal sealed record Statement(IReadOnlyList<StatementLine> Lines, string? Next);
