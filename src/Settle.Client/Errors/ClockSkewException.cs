namespace Settle;

/// <summary>This machine's clock is behind the newest block by more than the tolerance.</summary>
public sealed class ClockSkewException(string message) : SettleException("clock_skew", message);
