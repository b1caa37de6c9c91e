namespace Settle.Server;

/// <summary>What HTTP itself refuses, before a ledger is asked.</summary>
internal sealed class RequestRefusedException(string code, string message) : SettleException(code, message)
{
    public static RequestRefusedException BatchTooLarge() =>
        new("too_large", $"a batch has at most {Limits.BatchMax} transfers; send the rest in another one");
}
