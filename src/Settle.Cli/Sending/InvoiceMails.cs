using System.Security.Cryptography;
using MimeKit;
using Settle.Paper.Letters;
using Settle.Views;

namespace Settle.Cli.Sending;

/// <summary>Makes the mail of an invoice, with its paper.</summary>
internal sealed class InvoiceMails(ILedger ledger, MailTemplates templates, TimeProvider time,
    MailboxAddress? from, MailboxAddress? replyTo)
{
    private const int IdBytes = 12;

    /// <exception cref="InvalidRequestException">An address is missing or wrong.</exception>
    /// <exception cref="UnprintableException">It has no letter.</exception>
    public async Task<MimeMessage> MakeAsync(
        Invoice invoice, Customer customer, CancellationToken cancellation)
    {
        var template = templates.Of(invoice);
        var values = ValuesOf(invoice);
        var sender = from ?? SenderOf(invoice.Seller);
        var mail = new MimeMessage();
        mail.From.Add(sender);
        if (replyTo is not null) mail.ReplyTo.Add(replyTo);
        mail.To.AddRange(ReceiversOf(customer));
        mail.Subject = template.Subject(values);
        mail.Date = time.GetLocalNow();
        mail.MessageId = await IdOfAsync(invoice, sender, cancellation);
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        var body = new BodyBuilder { TextBody = template.Body(values) };
        var name = Uri.EscapeDataString(invoice.Number);
        body.Attachments.Add(
            name + ".pdf", InvoicePaper.Pdf(invoice), new ContentType("application", "pdf"));
        // An authority takes the XRechnung itself, not one that is inside a letter.
        if (invoice.Buyer.LeitwegId is not null)
        {
            body.Attachments.Add(
                name + ".xml", InvoicePaper.Ubl(invoice), new ContentType("application", "xml"));
        }
        mail.Body = body.ToMessageBody();
        mail.Body.Headers.Add(HeaderId.ContentLanguage, invoice.Language);
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
        Invoice invoice, MailboxAddress sender, CancellationToken cancellation)
    {
        var blocks = await ledger.ReadBlocksAsync(invoice.Block, 1, cancellation);
        var hash = SHA256.HashData(
            [.. blocks[0].Body.Span, .. Encoding.UTF8.GetBytes(invoice.Number)]);
        var domain = invoice.Seller.Email is null ? sender.Domain : SenderOf(invoice.Seller).Domain;
        return $"invoice.{Convert.ToHexStringLower(hash.AsSpan(0, IdBytes))}@{domain}";
    }

    private static Dictionary<string, string> ValuesOf(Invoice invoice)
    {
        var words = InvoiceWords.Of(invoice.Language);
        var numbers = new LetterNumbers(words, invoice.Scale);
        var debit = DirectDebit.Of(invoice);
        string Amount(Money amount) => $"{numbers.Amount(amount)} {invoice.Asset}";
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = invoice.Number,
            ["date"] = words.DayText(invoice.Date),
            ["due"] = words.DayText(invoice.Due),
            ["amount"] = Amount(invoice.Amount),
            ["open"] = Amount(invoice.Open),
            ["customer"] = invoice.Customer,
            ["name"] = invoice.Buyer.Name,
            ["contact"] = invoice.Buyer.Contact ?? invoice.Buyer.Name,
            ["corrects"] = invoice.Corrects ?? "",
            ["seller"] = invoice.Seller.Name,
            ["iban"] = invoice.Seller.Iban is { } iban ? LetterNumbers.Iban(iban) : "",
            ["debit"] = debit is null ? "" : words.DayText(debit.Day),
            ["mandate"] = debit?.Mandate ?? "",
        };
    }

    private static string OneLine(string text) =>
        new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
