namespace Settle.Billing.Rules;

/// <summary>The address of a mailbox (RFC 5321), without quotes around its first part.</summary>
internal static class MailAddress
{
    /// <summary>Whether a text has the form of one.</summary>
    public static bool Is(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@')
            && !text.Any(each => char.IsWhiteSpace(each) || each is '<' or '>' or ',' or ';')
            && text[(at + 1)..].Split('.').All(label => label.Length > 0);
    }
}
