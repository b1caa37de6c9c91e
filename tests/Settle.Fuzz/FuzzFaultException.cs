namespace Settle.Fuzz;

/// <summary>A reader broke its promise on some input.</summary>
internal sealed class FuzzFaultException(string message, Exception? inner = null)
    : Exception(message, inner);
