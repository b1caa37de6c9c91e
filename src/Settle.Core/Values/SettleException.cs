namespace Settle;

/// <summary>The base class of every error that Settle throws on purpose.</summary>
public abstract class SettleException : Exception
{
    /// <summary>Makes the error with its stable code and a message for people.</summary>
    protected SettleException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The stable code, such as <c>insufficient_funds</c>.</summary>
    public string Code { get; }
}
