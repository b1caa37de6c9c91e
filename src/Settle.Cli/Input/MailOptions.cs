using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Settle.Cli.Sending;

namespace Settle.Cli.Input;

/// <summary>The options of sending through a mail server.</summary>
internal sealed class MailOptions
{
    public const string ServerVariable = "SETTLE_SMTP";
    public const string PasswordVariable = "SETTLE_SMTP_PASSWORD";

    private readonly Option<string> _server = Typed.Text("--smtp", "URL",
        "The mail server: smtp://HOST[:587], whose connection becomes TLS, or smtps://HOST[:465]; "
        + $"@FILE reads it from a file [default: ${ServerVariable}]");

    private readonly Option<string> _user = Typed.Text("--smtp-user", "USER",
        "The user at the mail server; without one there is no login");

    private readonly Option<string> _password = Typed.Text("--password-file", "FILE",
        $"A file with the user's password [default: ${PasswordVariable}]");

    private readonly Option<string> _authorities = Typed.Text("--smtp-ca", "FILE",
        "Certificates (PEM) of the authorities to trust, instead of the system's");

    private readonly Option<bool> _plain = new("--no-tls")
    {
        Description = "Send without TLS, such as to a mail server on this machine",
    };

    private readonly Option<string> _from = Typed.Text("--from", "ADDRESS",
        "The sender, such as 'Werkbank <billing@werkbank.example>' [default: the seller]");

    private readonly Option<string> _replyTo = Typed.Text("--reply-to", "ADDRESS",
        "Where answers go [default: the sender]");

    private readonly Option<string> _templates = Typed.Text("--templates", "FOLDER",
        "Your own texts, such as invoice.de.txt; those you leave out are built in");

    private readonly CliContext _context;
    private readonly Option[] _all;

    public MailOptions(Command command, CliContext context)
    {
        _context = context;
        _all = [_server, _user, _password, _authorities, _plain, _from, _replyTo, _templates];
        foreach (var option in _all) command.Add(option);
    }

    /// <summary>One that is given; null if none is.</summary>
    public string? GivenIn(ParseResult words) =>
        _all.FirstOrDefault(option => words.GetResult(option) is { Implicit: false })?.Name;

    /// <exception cref="InvalidRequestException">A value is wrong, or a file cannot be read.
    /// </exception>
    public async Task<SmtpSender> SenderAsync(
        ParseResult words, ILedger ledger, CancellationToken cancellation)
    {
        var settings = await SettingsAsync(words, cancellation);
        return new SmtpSender(settings, new InvoiceMails(ledger,
            await MailTemplates.ReadAsync(words.GetValue(_templates), cancellation), _context.Time,
            words.GetValue(_from) is { } from ? MailAddresses.One("from", from) : null,
            words.GetValue(_replyTo) is { } replyTo
                ? MailAddresses.One("reply-to", replyTo) : null));
    }

    private async Task<SmtpSettings> SettingsAsync(
        ParseResult words, CancellationToken cancellation)
    {
        var typed = words.GetValue(_server);
        var server = typed ?? _context.Environment(ServerVariable);
        if (string.IsNullOrWhiteSpace(server))
        {
            throw new UsageException($"name a mail server with --smtp (or ${ServerVariable}), "
                + "or a program with --run");
        }
        var settings = SmtpSettings.Parse(server.StartsWith('@')
            ? await LineAsync("smtp", server[1..], cancellation) : server);
        if (settings.Password is not null && typed?.StartsWith('@') == false)
        {
            throw new InvalidRequestException("smtp", "must have no password in it: everybody on "
                + "this machine could read it; use --password-file, or --smtp @FILE");
        }
        return (settings with
        {
            User = words.GetValue(_user) ?? settings.User,
            Password = words.GetValue(_password) is { } file
                ? await LineAsync("password-file", file, cancellation)
                : settings.Password ?? NullIfEmpty(_context.Environment(PasswordVariable)),
            IsPlain = words.GetValue(_plain),
            Authorities = words.GetValue(_authorities) is { } authorities
                ? await AuthoritiesAsync(authorities, cancellation) : null,
        }).Checked();
    }

    private static async Task<X509Certificate2Collection> AuthoritiesAsync(
        string file, CancellationToken cancellation)
    {
        var pem = await InputFile.ReadAsync("smtp-ca", file, cancellation);
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        }
        catch (CryptographicException e)
        {
            throw new InvalidRequestException("smtp-ca", $"cannot read {file}: {e.Message}");
        }
        return certificates.Count > 0 ? certificates : throw new InvalidRequestException(
            "smtp-ca", $"{file} has no certificate; it must be in PEM");
    }

    // Its content is secret, so no error shows it.
    private static async Task<string> LineAsync(
        string field, string file, CancellationToken cancellation)
    {
        var text = Encoding.UTF8.GetString(
            await InputFile.ReadAsync(field, file, cancellation));
        var line = text.TrimStart('\uFEFF').TrimEnd('\r', '\n');
        return line.Length > 0 && !line.Contains('\n', StringComparison.Ordinal) ? line
            : throw new InvalidRequestException(field, $"{file} must have one line");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
