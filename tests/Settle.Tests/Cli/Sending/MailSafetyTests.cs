using Settle.Cli;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>A password and a letter go to the right server only, and through no open line.</summary>
public sealed class MailSafetyTests
{
    [Theory]
    [InlineData("smtp", false)]
    [InlineData("smtps", true)]
    public async Task A_mail_goes_encrypted_to_a_server_that_is_trusted(string scheme, bool beginsWithTls)
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        using var certificate = MailServer.Certificate("localhost");
        await using var server = await MailServer.StartAsync(certificate, beginsWithTls, needsUser: true);
        string[] words =
        [
            "send", "--smtp", $"{scheme}://localhost:{server.Port}", "--smtp-user", MailServer.User,
            "--password-file", run.File("secret", MailServer.Password + "\n"),
        ];
        var unknown = await run.OutboxAsync(words);
        Assert.Equal(ExitStatus.Store, unknown.Status);
        Assert.Contains("no certificate that this machine trusts", unknown.Error);
        var sent = await run.OutboxAsync(
            [.. words, "--smtp-ca", run.File("ca.pem", certificate.ExportCertificatePem())]);
        Assert.True(sent.Status == ExitStatus.Done, sent.Error);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task The_example_in_the_documentation_sends()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        using var certificate = MailServer.Certificate("localhost");
        await using var server = await MailServer.StartAsync(certificate, needsUser: true);
        var authority = run.File("ca.pem", certificate.ExportCertificatePem());
        var secret = run.File("mail.secret", MailServer.Password);
        var examples = File.ReadLines(Path.Combine(Repository.Root, "docs/billing.md"))
            .Where(line => line.StartsWith("    settle outbox ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split(' ')[2..]).ToList();
        Assert.Equal(2, examples.Count);
        foreach (var words in examples)
        {
            var done = await run.OutboxAsync([.. words.Select(word => word switch
            {
                "smtp://mail.example.com:587" => MailRun.Plain(server),
                "mail.secret" => secret,
                _ => word,
            }), .. words[0] == "send" ? ["--smtp-ca", authority] : Array.Empty<string>()]);
            Assert.True(done.Status == ExitStatus.Done, done.Error);
        }
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_trusted_certificate_for_another_name_is_refused()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        using var certificate = MailServer.Certificate("mail.example.com");
        await using var server = await MailServer.StartAsync(certificate);
        var sent = await run.OutboxAsync("send", "--smtp", MailRun.Plain(server),
            "--smtp-ca", run.File("ca.pem", certificate.ExportCertificatePem()));
        Assert.Equal(ExitStatus.Store, sent.Status);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_does_not_encrypt_gets_nothing_unless_asked_for()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await using var server = await MailServer.StartAsync();
        var sent = await run.OutboxAsync("send", "--smtp", MailRun.Plain(server));
        Assert.Equal(ExitStatus.Store, sent.Status);
        Assert.Contains("STARTTLS", sent.Error);
        Assert.Empty(server.Mails);
        Assert.Contains("\"waiting\"", await run.ListAsync());
    }

    [Fact]
    public async Task A_wrong_password_claims_nothing_and_is_shown_nowhere()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        using var certificate = MailServer.Certificate("localhost");
        await using var server = await MailServer.StartAsync(certificate, needsUser: true);
        run.Environment["SETTLE_SMTP"] = MailRun.Plain(server);
        run.Environment["SETTLE_SMTP_PASSWORD"] = "wrong-password";
        var sent = await run.OutboxAsync("send", "--smtp-user", MailServer.User,
            "--smtp-ca", run.File("ca.pem", certificate.ExportCertificatePem()));
        Assert.Equal(ExitStatus.Store, sent.Status);
        Assert.Contains(MailServer.User, sent.Error);
        Assert.DoesNotContain("wrong-password", sent.Error + sent.Output);
        Assert.Contains("\"waiting\"", await run.ListAsync());
    }

    [Theory]
    [InlineData("everybody on this machine could read it", "--smtp", "smtp://u:hidden@localhost")]
    [InlineData("is not the address of a mail server", "--smtp", "hidden.example.com")]
    [InlineData("is missing: u needs a password", "--smtp", "smtp://u@localhost")]
    [InlineData("would show the password", "--smtp", "@secret", "--no-tls")]
    [InlineData("is for smtp://", "--smtp", "smtps://localhost", "--no-tls")]
    [InlineData("--run cannot be combined with --from", "--run", "x", "--from", "a@b.example")]
    [InlineData("name a mail server with --smtp")]
    [InlineData("is not a mail address", "--smtp", "smtp://localhost", "--from", "dave")]
    [InlineData("has several mail addresses", "--smtp", "smtp://localhost", "--from", "a@b.c, d@e.f")]
    [InlineData("is not a mail address", "--smtp", "smtp://localhost", "--reply-to", "a@b.c\r\nBcc: d@e.f")]
    [InlineData("is not a folder", "--smtp", "smtp://localhost", "--templates", "nowhere")]
    public async Task What_is_typed_wrong_is_refused_before_a_server_is_asked(
        string message, params string[] words)
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        var secret = run.File("secret", "smtp://u:hidden@mail.example.com\n");
        var sent = await run.OutboxAsync(["send",
            .. words.Select(word => word.Replace("@secret", "@" + secret, StringComparison.Ordinal))]);
        Assert.True(sent.Status == ExitStatus.Usage, sent.Error + sent.Output);
        Assert.Contains(message, sent.Error);
        Assert.DoesNotContain("hidden", sent.Error);
    }

    [Theory]
    [InlineData("dave")]
    [InlineData("dave@")]
    [InlineData("dave@example..com")]
    [InlineData("dave @example.com")]
    [InlineData("dave@exam\u00a0ple.com")]
    [InlineData("a@example.com, b  c@example.com")]
    [InlineData("all: dave@example.com, alex@example.com;")]
    [InlineData("dave@example.com>, <x@y.example")]
    public async Task What_cannot_be_an_address_is_not_taken_for_one(string email)
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        var error = await Assert.ThrowsAsync<InvalidRequestException>(
            () => run.ChangeAsync("dave", email));
        Assert.Equal("party.email", error.Field);
    }

    [Theory]
    [InlineData("dave@-example.com")]
    [InlineData("dave@[127.0.0.1]")]
    public async Task An_address_that_is_none_waits_to_be_corrected(string email)
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await run.ChangeAsync("dave", email);
        await using var server = await MailServer.StartAsync();
        var sent = await run.SendAsync(server);
        Assert.Contains($"'{email}' is not a mail address", sent.Error);
        Assert.Equal(ExitStatus.Refused, sent.Status);
        Assert.Empty(server.Mails);
        Assert.Contains("\"waiting\"", await run.ListAsync());
    }
}
