using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.IO;
using Settle.Billing;

namespace Settle.Cli.Sending;

/// <summary>Sends invoices through a mail server, over one connection.</summary>
internal sealed class SmtpSender : IInvoiceSender
{
    // RFC 5321 lets a server take ten minutes for a whole message.
    private const int AnswerMillisecondsMax = 10 * 60 * 1000;

    private readonly SmtpSettings _settings;
    private readonly InvoiceMails _mails;
    private readonly SmtpConversation _conversation = new();
    private readonly SmtpClient _client;
    private bool _speaksUtf8;

    public SmtpSender(SmtpSettings settings, InvoiceMails mails)
    {
        (_settings, _mails) = (settings, mails);
        _client = new SmtpClient(_conversation)
        {
            Timeout = AnswerMillisecondsMax,
            // As HttpClient: many authorities answer no question about one certificate.
            CheckCertificateRevocation = false,
        };
        if (settings.Authorities is not null)
            _client.ServerCertificateValidationCallback = IsTrusted;
    }

    /// <exception cref="MailServerException">It cannot be reached, or does not let us in.
    /// </exception>
    public async Task<PreparedSending> PrepareAsync(
        OutboxPaper paper, Customer customer, CancellationToken cancellation)
    {
        var mail = await _mails.MakeAsync(paper, customer, cancellation);
        var format = FormatOptions.Default.Clone();
        format.International = NeedsUtf8(mail);
        if (_speaksUtf8 != format.International) await QuitAsync();
        _speaksUtf8 = format.International;
        await ConnectAsync(cancellation);
        if (_speaksUtf8 && !_client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            throw Parse.Fault("email", mail.To.ToString(),
                $"has letters before the @ that {_settings.Place} does not take (SMTPUTF8); "
                    + "give another address");
        }
        mail.Prepare(EncodingConstraint.SevenBit);
        using var measured = new MeasuringStream();
        await mail.WriteToAsync(format, measured, cancellation);
        if (_client.MaxSize > 0 && measured.Length > _client.MaxSize)
        {
            throw new InvalidRequestException("size", string.Create(CultureInfo.InvariantCulture,
                $"the mail has {measured.Length} bytes, and {_settings.Place} takes "
                    + $"{_client.MaxSize}; "
                    + $"send this invoice another way"));
        }
        return new PreparedSending($"<{mail.MessageId}> to {mail.To.Mailboxes.First().Address}",
            () => SendAsync(format, mail));
    }

    public async ValueTask DisposeAsync()
    {
        await QuitAsync();
        _client.Dispose();
    }

    private async Task QuitAsync()
    {
        if (!_client.IsConnected) return;
        try
        {
            await _client.DisconnectAsync(quit: true);
        }
        catch (Exception e) when (IsConnectionFault(e) || e is SmtpCommandException)
        {
            // All is sent and noted; the connection ends one way or another.
            await _client.DisconnectAsync(quit: false);
        }
    }

    private async Task<OutboxOutcome> SendAsync(FormatOptions format, MimeMessage mail)
    {
        _conversation.Begin();
        try
        {
            return OutboxOutcome.Done(await _client.SendAsync(format, mail));
        }
        catch (Exception e) when (IsConnectionFault(e) || e is SmtpCommandException
            or ServiceNotConnectedException)
        {
            return _conversation.OutcomeAfter(e);
        }
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            if (_client.IsConnected && await AnswersAsync(cancellation)) return;
            await _client.ConnectAsync(_settings.Host, _settings.Port,
                _settings.BeginsWithTls ? SecureSocketOptions.SslOnConnect
                    : _settings.IsPlain ? SecureSocketOptions.None
                    : SecureSocketOptions.StartTls, cancellation);
            if (_settings.User is { } user)
            {
                await _client.AuthenticateAsync(Encoding.UTF8,
                    new NetworkCredential(user, _settings.Password), cancellation);
            }
            // One command and one answer at a time: so it is known what the server took.
            _client.Capabilities &= ~(SmtpCapabilities.Pipelining | SmtpCapabilities.Chunking
                | SmtpCapabilities.BinaryMime);
            // With it, MailKit writes domains in letters that later servers may not take.
            if (!_speaksUtf8) _client.Capabilities &= ~SmtpCapabilities.UTF8;
        }
        catch (AuthenticationException e)
        {
            throw new MailServerException($"{_settings.Place} does not accept user "
                + $"'{_settings.User}' with this password: {e.Message}");
        }
        catch (SslHandshakeException)
        {
            throw new MailServerException($"{_settings.Place} has no certificate that this "
                + "machine trusts for that name; name its authority with --smtp-ca, or write "
                + "smtp:// or smtps:// as the server begins");
        }
        catch (NotSupportedException e)
        {
            throw new MailServerException($"{_settings.Place}: {e.Message}");
        }
        catch (Exception e) when (IsConnectionFault(e) || e is SmtpCommandException)
        {
            throw new MailServerException($"{_settings.Place} cannot be reached: {e.Message}");
        }
    }

    // A server may have hung up after the message before this one.
    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await _client.NoOpAsync(cancellation);
            return true;
        }
        catch (Exception e) when (IsConnectionFault(e) || e is SmtpCommandException)
        {
            await _client.DisconnectAsync(quit: false, CancellationToken.None);
            return false;
        }
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain,
        SslPolicyErrors errors)
    {
        if (certificate is null || chain is null
            || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            return false;
        }
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_settings.Authorities!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var whole = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(whole);
    }

    private static bool NeedsUtf8(MimeMessage mail) => mail.To.Mailboxes
        .Concat(mail.From.Mailboxes).Concat(mail.ReplyTo.Mailboxes).Any(MailAddresses.NeedsUtf8);

    private static bool IsConnectionFault(Exception e) => e is SmtpProtocolException
        or IOException or SocketException or TimeoutException;
}
