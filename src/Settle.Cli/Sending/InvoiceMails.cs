using System.Security.Cryptography;
using MimeKit;

namespace Settle.Cli.Sending;

/// <summary>Makes the mail of a paper, with its letter.</summary>
internal sealed class InvoiceMails(ILedger ledger, MailTemplates templates, TimeProvider time,
    MailboxAddress? from, MailboxAddress? replyTo)
{
    private const int IdBytes = 12;

    /// <exception cref="InvalidRequestException">An address is missing or wrong.</exception>
    /// <exception cref="UnprintableException">It has no letter.</exception>
    public async Task<MimeMessage> MakeAsync(
        OutboxPaper paper, Customer customer, CancellationToken cancellation)
    {
        var template = templates.Of(paper);
        var values = paper.Values;
        var sender = from ?? SenderOf(paper.Seller);
        var mail = new MimeMessage();
        mail.From.Add(sender);
        if (replyTo is not null) mail.ReplyTo.Add(replyTo);
        mail.To.AddRange(ReceiversOf(customer));
        mail.Subject = template.Subject(values);
        mail.Date = time.GetLocalNow();
        mail.MessageId = await IdOfAsync(paper, sender, cancellation);
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        var body = new BodyBuilder { TextBody = template.Body(values) };
        var name = Uri.EscapeDataString(paper.Number);
        body.Attachments.Add(
            name + ".pdf", paper.Letter(), new ContentType("application", "pdf"));
        if (paper.Xml is { } xml)
            body.Attachments.Add(name + ".xml", xml(), new ContentType("application", "xml"));
        mail.Body = body.ToMessageBody();
        mail.Body.Headers.Add(HeaderId.ContentLanguage, paper.Language);
        return mail;
    }

    private static List<MailboxAddress> ReceiversOf(Customer customer) =>
        customer.Party?.Email is { } email ? MailAddresses.Each("email", email)
            : throw new InvalidRequestException("email",
                $"{customer.Id} has no mail address; give one with 'settle customer', or send it "
                    + "another way and run 'settle outbox done'");

    private static MailboxAddress SenderOf(Party seller)
    {
        if (seller.Email is null)
        {
            throw new InvalidRequestException(
                "from", "is missing: the seller has no mail address; give one with --from");
        }
        var address = MailAddresses.One("from", seller.Email);
        return new MailboxAddress(
            string.IsNullOrEmpty(address.Name) ? OneLine(seller.Name) : address.Name,
            address.Address);
    }

    // The same for every try of one invoice, so that whoever gets a second copy can tell. The
    // block tells two ledgers apart, and what an invoice says about its seller never changes.
    private async Task<string> IdOfAsync(
        OutboxPaper paper, MailboxAddress sender, CancellationToken cancellation)
    {
        var blocks = await ledger.ReadBlocksAsync(paper.Block, 1, cancellation);
        var hash = SHA256.HashData(
            [.. blocks[0].Body.Span, .. Encoding.UTF8.GetBytes(paper.Number)]);
        var domain = paper.Seller.Email is null ? sender.Domain : SenderOf(paper.Seller).Domain;
        return $"invoice.{Convert.ToHexStringLower(hash.AsSpan(0, IdBytes))}@{domain}";
    }

    private static string OneLine(string text) =>
        new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
