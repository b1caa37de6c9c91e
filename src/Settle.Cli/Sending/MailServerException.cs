namespace Settle.Cli.Sending;

/// <summary>A mail server cannot be reached, or does not let us in. Nothing was sent.</summary>
internal sealed class MailServerException(string message)
    : SettleException("mail_server_unavailable", message);
