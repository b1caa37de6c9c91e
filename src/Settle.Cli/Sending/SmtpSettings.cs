using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Settle.Cli.Sending;

/// <summary>A mail server, and how to get into it.</summary>
internal sealed record SmtpSettings
{
    /// <summary>The port of mail programs, whose connection becomes TLS (STARTTLS).</summary>
    private const int SubmissionPort = 587;

    /// <summary>The port whose connection is TLS from the start.</summary>
    private const int TlsPort = 465;

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Whether its connections are TLS from the start.</summary>
    public bool BeginsWithTls { get; init; }

    /// <summary>Whether nothing is encrypted.</summary>
    public bool IsPlain { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Who is trusted to sign its certificate; null for those of the system.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>For people; without the password.</summary>
    public string Place => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    /// <summary>Whether it is this machine.</summary>
    private bool IsHere => Host == "localhost"
        || (IPAddress.TryParse(Host.Trim('[', ']'), out var address)
            && IPAddress.IsLoopback(address));

    /// <summary>Reads <c>smtp://host:587</c> or <c>smtps://host:465</c>.</summary>
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    public static SmtpSettings Parse(string text)
    {
        // It may contain a password, so none of it is quoted.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0
            || uri.PathAndQuery.Trim('/').Length > 0 || uri.Fragment.Length > 0)
        {
            throw new InvalidRequestException("smtp",
                "is not the address of a mail server; write smtp://mail.example.com:587, "
                    + "or smtps://mail.example.com:465 where TLS begins at once");
        }
        var isTls = uri.Scheme == "smtps";
        var user = uri.UserInfo.Split(':', 2);
        return new SmtpSettings
        {
            Host = uri.IdnHost,
            Port = uri.Port > 0 ? uri.Port : isTls ? TlsPort : SubmissionPort,
            BeginsWithTls = isTls,
            User = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
    }

    /// <summary>The same, if it is safe and whole.</summary>
    /// <exception cref="InvalidRequestException">Names what to change.</exception>
    public SmtpSettings Checked()
    {
        if (IsPlain && BeginsWithTls)
        {
            throw new InvalidRequestException(
                "no-tls", "is for smtp://; with smtps:// all is encrypted");
        }
        if (IsPlain && User is not null && !IsHere)
        {
            throw new InvalidRequestException("no-tls",
                $"would show the password of {User} to the network; leave it out, or send "
                    + "through a mail server on this machine");
        }
        if (User is not null && Password is null)
        {
            throw new InvalidRequestException("password-file",
                $"is missing: {User} needs a password, in a file or in SETTLE_SMTP_PASSWORD");
        }
        if (User is null && Password is not null)
            throw new InvalidRequestException("smtp-user", "is missing: there is a password");
        return this;
    }
}
