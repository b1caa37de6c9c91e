using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Settle.Tests.Cli;

/// <summary>A real mail server on this machine; a test says what it refuses.</summary>
internal sealed class MailServer : IMessageStore, IMailboxFilter, IAsyncDisposable
{
    public const string User = "billing@werkbank.example";
    public const string Password = "s3cret-\u00fc of the test";

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _mails = [];
    private Task _running = Task.CompletedTask;

    /// <summary>What has arrived.</summary>
    public IReadOnlyList<MimeMessage> Mails => [.. _mails];

    /// <summary>To whom the last mail went: the envelope, not its headers.</summary>
    public IReadOnlyList<string> Receivers { get; private set; } = [];

    /// <summary>Refuses a receiver; null for taking it.</summary>
    public Func<string, SmtpResponse?> RefusesReceiver { get; set; } = _ => null;

    /// <summary>Refuses a whole message; null for taking it.</summary>
    public Func<SmtpResponse?> RefusesMessage { get; set; } = () => null;

    /// <summary>Whether it takes a message and hangs up without an answer.</summary>
    public bool HangsUp { get; set; }

    public int Port { get; private set; }

    public static async Task<MailServer> StartAsync(X509Certificate2? certificate = null,
        bool beginsWithTls = false, bool needsUser = false, int sizeMax = 0)
    {
        var server = new MailServer();
        var port = new TaskCompletionSource<int>();
        var listeners = new EndpointListenerFactory();
        listeners.EndpointStarted += (_, started) =>
            port.TrySetResult(((IPEndPoint)started.LocalEndPoint).Port);
        var services = new ServiceProvider();
        services.Add((IMessageStore)server);
        services.Add((IMailboxFilter)server);
        services.Add((IEndpointListenerFactory)listeners);
        services.Add((IUserAuthenticator)new DelegatingUserAuthenticator(
            (user, password) => user == User && password == Password));
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, 0)).IsSecure(beginsWithTls)
                .AuthenticationRequired(needsUser);
            if (certificate is not null) endpoint.Certificate(certificate);
        });
        if (sizeMax > 0) options.MaxMessageSize(sizeMax, MaxMessageSizeHandling.Strict);
        server._running = new SmtpServer.SmtpServer(options.Build(), services)
            .StartAsync(server._stop.Token);
        server.Port = await port.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return server;
    }

    /// <summary>A certificate that only those who know it trust.</summary>
    public static X509Certificate2 Certificate(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=" + host, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        return request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size,
        CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from,
        CancellationToken cancellationToken) =>
        RefusesReceiver($"{to.User}@{to.Host}") is { } refusal
            ? throw new SmtpResponseException(refusal) : Task.FromResult(true);

    public Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction,
        ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        if (RefusesMessage() is { } refusal) return Task.FromResult(refusal);
        Receivers = [.. transaction.To.Select(to => $"{to.User}@{to.Host}")];
        _mails.Enqueue(MimeMessage.Load(new MemoryStream(buffer.ToArray()), cancellationToken));
        if (HangsUp) ((IDisposable)context.Pipe).Dispose();
        return Task.FromResult(new SmtpResponse(SmtpReplyCode.Ok, "queued as 4711"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
