namespace Settle;

/// <summary>The server or database does not know the key or user, or it lacks the right.</summary>
public sealed class UnauthorizedException(string code, string message)
    : SettleException(code, message);
