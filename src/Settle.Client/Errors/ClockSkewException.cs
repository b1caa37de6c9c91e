namespace Settle;

/// <summary>This machine's clock is too far behind the newest block. Nothing was decided.</summary>
public sealed class ClockSkewException(string message) : SettleException("clock_skew", message);
