using System.Text;
using MimeKit;
using Settle.Cli;
using SmtpServer.Protocol;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Invoices go out by mail, each once, and what became of each is known.</summary>
public sealed class MailTests
{
    private static readonly SmtpResponse Busy = new((SmtpReplyCode)451, "greylisted, come back later");

    private static readonly SmtpResponse Nobody = new(SmtpReplyCode.MailboxUnavailable, "no such mailbox");

    [Fact]
    public async Task An_invoice_is_mailed_to_its_customer_with_its_paper()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await using var server = await MailServer.StartAsync();
        var sent = await run.SendAsync(server, "--reply-to", "Ada <ada@werkbank.example>");
        Assert.True(sent.Status == ExitStatus.Done, sent.Error);
        Assert.Equal("1 sent, 0 failed, 0 stuck from before", sent.Output.Trim());
        var mail = Assert.Single(server.Mails);
        Assert.Equal("\"Werkbank GmbH\" <rechnung@werkbank.example>", Assert.Single(mail.From).ToString());
        Assert.Equal("dave@example.com", Assert.Single(mail.To.Mailboxes).Address);
        Assert.Equal("ada@werkbank.example", Assert.Single(mail.ReplyTo.Mailboxes).Address);
        Assert.Equal("Invoice 2026-000001 from Werkbank GmbH", mail.Subject);
        Assert.Contains("of 1 Nov 2026 for 11.90 EUR", mail.TextBody);
        Assert.Contains("Please pay 11.90 EUR by 15 Nov 2026", mail.TextBody);
        var paper = Assert.IsType<MimePart>(Assert.Single(mail.Attachments));
        Assert.Equal("2026-000001.pdf", paper.FileName);
        var pdf = Encoding.Latin1.GetString(BytesOf(paper));
        Assert.StartsWith("%PDF-", pdf);
        Assert.Contains("factur-x.xml", pdf);
        Assert.Contains("queued as 4711", await run.ListAsync());
    }

    [Fact]
    public async Task Each_invoice_is_mailed_once_however_many_send()
    {
        using var run = await MailRun.WithInvoicesAsync("dave", "alex");
        await using var server = await MailServer.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => run.SendAsync(server))));
        await run.SendAsync(server);
        Assert.Equal(["alex@example.com", "dave@example.com"],
            server.Mails.Select(mail => mail.To.Mailboxes.Single().Address).Order());
    }

    [Theory]
    [InlineData("de", "Rechnung 2026-000001 von Werkbank GmbH", "über 11,90 EUR")]
    [InlineData("en", "Invoice 2026-000001 from Werkbank GmbH", "for 11.90 EUR")]
    [InlineData("fr", "Facture 2026-000001 de Werkbank GmbH", "d'un montant de 11,90 EUR")]
    public async Task A_mail_is_in_the_language_of_its_invoice(string language, string subject, string body)
    {
        using var run = await MailRun.WithInvoicesAsync();
        await InvoiceInAsync(run, language);
        await using var server = await MailServer.StartAsync();
        await run.SendAsync(server);
        var mail = Assert.Single(server.Mails);
        Assert.Equal(subject, mail.Subject);
        Assert.Contains(body, mail.TextBody);
        Assert.Equal(language, mail.Body!.Headers[HeaderId.ContentLanguage]);
    }

    [Theory]
    [InlineData("de", "Anzahlungsrechnung 2026-000001 von", "die Anzahlungsrechnung 2026-000001 vom", "Schlussrechnung 2026-000002 von",
        "die Schlussrechnung 2026-000002 vom", "über 10,00 EUR")]
    [InlineData("en", "Deposit invoice 2026-000001 from", "attached deposit invoice 2026-000001 of",
        "Final invoice 2026-000002 from", "attached final invoice 2026-000002 of", "for 10.00 EUR")]
    [InlineData("fr", "Facture d’acompte 2026-000001 de", "la facture d’acompte 2026-000001 du", "Facture de solde 2026-000002 de",
        "la facture de solde 2026-000002 du", "d'un montant de 10,00 EUR")]
    public async Task A_mail_of_a_deposit_says_what_it_is(
        string language, string deposit, string depositText, string final, string finalText, string credited)
    {
        using var run = await MailRun.WithInvoicesAsync();
        await run.ChangeAsync("dave", "dave@example.com", language);
        await using (var ledger = await Settle.Ledger.OpenAsync(run.Bank))
        {
            await BillAsync(ledger, isDeposit: true, settles: null);
            await ledger.Billing.PayAsync(new PaymentRequest
                { Invoice = "2026-000001", Amount = Money.OfMinor(1190, "EUR"), Date = new DateOnly(2026, 11, 1) });
            await BillAsync(ledger, isDeposit: false, "2026-000001");
            await ledger.Billing.CreditAsync(new CreditRequest { Invoice = "2026-000002", Date = new DateOnly(2026, 11, 1) });
        }
        await using var server = await MailServer.StartAsync();
        await run.SendAsync(server);
        Assert.Equal(3, server.Mails.Count);
        foreach (var (subject, text) in ((string, string)[])[(deposit, depositText), (final, finalText), ("C2026-000001", credited)])
        {
            var mail = Assert.Single(server.Mails, each => each.Subject!.Contains(subject, StringComparison.Ordinal));
            Assert.Contains(text, mail.TextBody);
        }

        // A final invoice of 21.90, of which 11.90 are paid by the deposit.
        static async Task BillAsync(ILedger ledger, bool isDeposit, string? settles)
        {
            await ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Customer = "dave", Amount = Money.OfMinor(isDeposit ? 1190 : 2190, "EUR"), Description = "room",
                Date = new DateOnly(2026, 10, 12), Deposit = isDeposit, Prices = PriceKind.Gross,
            });
            await ledger.Billing.InvoiceAsync(new InvoiceRunRequest { Through = new DateOnly(2026, 10, 31),
                Date = new DateOnly(2026, 11, 1), Customer = "dave", Settles = settles is null ? null : [settles] });
        }
    }

    [Fact]
    public async Task What_the_server_refuses_for_good_is_shown_and_waits_for_a_person()
    {
        using var run = await MailRun.WithInvoicesAsync("dave", "alex");
        await using var server = await MailServer.StartAsync();
        server.RefusesReceiver = to => to == "dave@example.com" ? Nobody : null;
        var first = await run.SendAsync(server);
        Assert.Equal(ExitStatus.Refused, first.Status);
        Assert.Contains("1 sent, 1 failed", first.Output);
        Assert.Contains("dave@example.com: 550", first.Error);
        server.RefusesReceiver = _ => null;
        Assert.Contains("1 stuck", (await run.SendAsync(server)).Output);
        Assert.Contains("no such mailbox", await run.ListAsync());
        await run.OutboxAsync("retry", "2026-000001");
        Assert.Contains("1 sent, 0 failed", (await run.SendAsync(server)).Output);
        Assert.Equal(2, server.Mails.Count);
    }

    [Fact]
    public async Task If_one_of_several_receivers_is_refused_nobody_gets_the_mail()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await run.ChangeAsync("dave", "dave@example.com; books@example.com");
        await using var server = await MailServer.StartAsync();
        server.RefusesReceiver = to => to == "books@example.com" ? Nobody : null;
        Assert.Contains("0 sent, 1 failed", (await run.SendAsync(server)).Output);
        Assert.Empty(server.Mails);
        server.RefusesReceiver = _ => null;
        await run.OutboxAsync("retry", "2026-000001");
        await run.SendAsync(server);
        Assert.Equal(["dave@example.com", "books@example.com"], server.Receivers);
    }

    [Fact]
    public async Task What_the_server_refuses_for_now_is_tried_again_after_growing_waits()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await using var server = await MailServer.StartAsync();
        var tries = 0;
        server.RefusesMessage = () => ++tries > 0 ? Busy : null;
        foreach (var hours in new[] { 0, 0.09, 0.35, 1.4, 4.5, 14, 39, 64, 89 })
        {
            run.Later = TimeSpan.FromHours(hours);
            var before = tries;
            var sent = await run.SendAsync(server);
            Assert.Equal(before + 1, tries);
            Assert.Contains("451 greylisted", sent.Error);
            // It is not tried again before its time, and nobody has to do anything.
            Assert.Equal(ExitStatus.Refused, (await run.SendAsync(server)).Status);
            Assert.Equal(before + 1, tries);
        }
        Assert.Contains("after 9 tries", await run.ListAsync());
        Assert.Contains("\"failed\"", await run.ListAsync());
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task What_was_put_off_arrives_once_the_server_takes_it()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await using var server = await MailServer.StartAsync();
        server.RefusesReceiver = _ => Busy;
        Assert.Contains("1 to be tried again", (await run.SendAsync(server)).Output);
        Assert.Contains("next_try", await run.ListAsync());
        server.RefusesReceiver = _ => null;
        run.Later = TimeSpan.FromMinutes(6);
        Assert.Equal(ExitStatus.Done, (await run.SendAsync(server)).Status);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task A_mail_without_an_answer_is_not_sent_again_and_a_second_copy_can_be_recognized()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await using var server = await MailServer.StartAsync();
        server.HangsUp = true;
        var lost = await run.SendAsync(server);
        Assert.Equal(ExitStatus.Refused, lost.Status);
        Assert.Contains("1 with an unknown outcome", lost.Output);
        Assert.Contains("may have been sent or not", lost.Error);
        server.HangsUp = false;
        Assert.Contains("1 stuck", (await run.SendAsync(server)).Output);
        var first = Assert.Single(server.Mails);
        Assert.Contains(first.MessageId!, await run.ListAsync());
        Assert.Contains(first.MessageId!, lost.Error);
        await run.OutboxAsync("retry", "2026-000001");
        await run.SendAsync(server, "--from", "other@elsewhere.example");
        Assert.Equal([first.MessageId, first.MessageId], server.Mails.Select(mail => mail.MessageId));
    }

    [Fact]
    public async Task Without_a_server_nothing_is_claimed()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        var server = await MailServer.StartAsync();
        await server.DisposeAsync();
        var sent = await run.SendAsync(server);
        Assert.Equal(ExitStatus.Store, sent.Status);
        Assert.Contains("[mail_server_unavailable]", sent.Error);
        Assert.Contains("\"waiting\"", await run.ListAsync());
    }

    [Fact]
    public async Task Who_has_no_address_waits_until_there_is_one()
    {
        using var run = await MailRun.WithInvoicesAsync("dave", "alex");
        await run.ChangeAsync("dave", email: null);
        await using var server = await MailServer.StartAsync();
        var first = await run.SendAsync(server);
        Assert.Contains("1 that cannot be sent", first.Output);
        Assert.Contains("dave has no mail address", first.Error);
        await run.ChangeAsync("dave", "dave@elsewhere.example");
        Assert.Equal(ExitStatus.Done, (await run.SendAsync(server)).Status);
        Assert.Equal("dave@elsewhere.example", server.Receivers.Single());
    }

    [Fact]
    public async Task A_domain_is_sent_in_the_form_that_every_server_takes()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await run.ChangeAsync("dave", "dave@m\u00fcller.example");
        await using var server = await MailServer.StartAsync();
        await run.SendAsync(server);
        Assert.Equal("dave@xn--mller-kva.example", server.Receivers.Single());
    }

    [Fact]
    public async Task Letters_before_the_at_sign_go_to_a_server_that_takes_them()
    {
        using var run = await MailRun.WithInvoicesAsync("dave", "alex");
        await run.ChangeAsync("dave", "j\u00f6rg@m\u00fcller.example");
        await using var server = await MailServer.StartAsync();
        Assert.Equal(ExitStatus.Done, (await run.SendAsync(server)).Status);
        Assert.Contains("j\u00f6rg@", server.Mails.Select(mail => mail.To.ToString()).Single(to =>
            !to.Contains("alex", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_mail_that_is_too_large_for_the_server_is_not_sent()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        await using var server = await MailServer.StartAsync(sizeMax: 5000);
        var sent = await run.SendAsync(server);
        Assert.Contains("takes 5000", sent.Error);
        Assert.Contains("\"waiting\"", await run.ListAsync());
    }

    private static async Task InvoiceInAsync(MailRun run, string language)
    {
        await run.ChangeAsync("dave", "dave@example.com", language);
        await using var ledger = await Settle.Ledger.OpenAsync(run.Bank);
        await ledger.Billing.ChargeAsync(new ChargeRequest
        {
            Customer = "dave", Amount = Money.OfMinor(1000, "EUR"), Description = "room",
            Date = new DateOnly(2026, 10, 12),
        });
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 11, 1) });
    }

    private static byte[] BytesOf(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return bytes.ToArray();
    }
}
