namespace Settle.Cli;

/// <summary>The command's words are wrong.</summary>
internal sealed class UsageException(string message) : SettleException("invalid_command", message);
