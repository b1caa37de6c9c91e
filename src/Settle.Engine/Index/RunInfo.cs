namespace Settle.Index;

/// <summary>A run as the manifest knows it.</summary>
/// <param name="File">The file's name in the index folder.</param>
/// <param name="Rows">How many rows it has.</param>
internal sealed record RunInfo(string File, long Rows);
