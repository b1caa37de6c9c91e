namespace Settle;

/// <summary>The server does not know the key, or the key lacks the right.</summary>
public sealed class UnauthorizedException(string code, string message)
    : SettleException(code, message);
