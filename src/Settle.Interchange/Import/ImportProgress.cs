namespace Settle.Import;

/// <summary>How far an import has come.</summary>
/// <param name="Phase">What is under way: <c>checking</c> or <c>settling</c>.</param>
/// <param name="File">The file's name.</param>
/// <param name="Bytes">How much of the file is done.</param>
/// <param name="BytesMax">The file's size.</param>
internal readonly record struct ImportProgress(string Phase, string File, long Bytes,
    long BytesMax);
