namespace Settle.Server;

/// <summary>What HTTP itself refuses, before a ledger is asked.</summary>
internal sealed class RequestRefusedException(string code, string message)
    : SettleException(code, message)
{
    /// <summary>The field or the part of the address that it is about.</summary>
    public string? Field { get; init; }

    public static RequestRefusedException BatchTooLarge(string what = "transfers") =>
        new("too_large",
            $"a batch has at most {Limits.BatchMax} {what}; send the rest in another one");
}
