namespace Settle.Chain;

/// <summary>A block is not damaged: a newer program wrote it.</summary>
internal sealed class NewerFormatException(string message) : FormatException(message);
