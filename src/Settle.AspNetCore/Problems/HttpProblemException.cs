namespace Settle.Server;

/// <summary>What is wrong with a call before a ledger is asked.</summary>
internal sealed class HttpProblemException(string code, string message)
    : SettleException(code, message)
{
    /// <summary>The field or the part of the address that it is about.</summary>
    public string? Field { get; init; }

    public static HttpProblemException BatchTooLarge(string what = "transfers") =>
        new("too_large",
            $"a batch has at most {Limits.BatchMax} {what}; send the rest in another one");
}
