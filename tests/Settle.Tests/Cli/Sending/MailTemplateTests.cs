using Settle.Cli;
using Settle.Cli.Sending;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>The texts of mails can be one's own.</summary>
public sealed class MailTemplateTests
{
    [Fact]
    public async Task Own_texts_replace_those_that_are_built_in()
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        var file = run.File("texts/invoice.en.txt",
            "Subject: {number} for {name} \u20ac\n\nDear {contact},\npay to {iban}: {open}\n");
        await using var server = await MailServer.StartAsync();
        var sent = await run.SendAsync(server, "--templates", Path.GetDirectoryName(file)!);
        Assert.True(sent.Status == ExitStatus.Done, sent.Error);
        var mail = Assert.Single(server.Mails);
        Assert.Equal("2026-000001 for dave \u20ac", mail.Subject);
        Assert.Equal("Dear dave,\npay to DE02 1203 0000 0000 2020 51: 11.90 EUR\n",
            mail.TextBody!.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("invoice.en.txt", "Subject: x\n\n{numbr}\n", "did you mean '{number}'?")]
    [InlineData("invoce.en.txt", "Subject: x\n\ny\n", "did you mean 'invoice.en.txt'?")]
    [InlineData("invoice.en.txt", "Dear customer,\n", "must begin with a line 'Subject: ...'")]
    [InlineData("invoice.en.txt", "Subject:\n\ntext\n", "has no subject")]
    public async Task A_text_with_a_fault_is_refused_before_anything_is_sent(
        string name, string text, string message)
    {
        using var run = await MailRun.WithInvoicesAsync("dave");
        var file = run.File("texts/" + name, text);
        await using var server = await MailServer.StartAsync();
        var sent = await run.SendAsync(server, "--templates", Path.GetDirectoryName(file)!);
        Assert.Equal(ExitStatus.Usage, sent.Status);
        Assert.Contains(message, sent.Error);
        Assert.Contains("\"waiting\"", await run.ListAsync());
    }

    [Fact]
    public void A_name_with_line_breaks_and_braces_adds_no_header_and_is_not_filled_in_again()
    {
        var template = new MailTemplate("t", "Subject: For {name}\n\n{name}\n", ["name", "iban"]);
        var subject = template.Subject(new Dictionary<string, string>
            { ["name"] = "Dave\r\nBcc: eve@example.com\u2028{iban}" });
        Assert.Equal("For Dave  Bcc: eve@example.com {iban}", subject);
    }
}
