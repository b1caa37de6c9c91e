namespace Settle;

/// <summary>
/// The server refused in a way that only HTTP knows (<c>too_large</c>, <c>too_many_requests</c>),
/// or something on the way gave an answer that is not Settle's (<c>bad_answer</c>).
/// </summary>
public sealed class HttpAnswerException(string code, string message, Exception? inner = null)
    : SettleException(code, message, inner);
