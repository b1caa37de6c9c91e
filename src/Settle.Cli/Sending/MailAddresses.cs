using MimeKit;

namespace Settle.Cli.Sending;

/// <summary>Reads mail addresses strictly: what is odd is refused before anything is sent.
/// </summary>
internal static class MailAddresses
{
    private const int LocalPartBytesMax = 64;
    private const int AddressBytesMax = 254;

    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowUnquotedCommasInAddresses = false,
        AllowAddressesWithoutDomain = false,
        MaxAddressGroupDepth = 1,
    };

    private static readonly IdnMapping Domains = new() { UseStd3AsciiRules = true };

    /// <summary>One address, with or without a name before it.</summary>
    /// <exception cref="InvalidRequestException">It is not one address.</exception>
    public static MailboxAddress One(string field, string text) => Each(field, text) is [var one]
        ? one : throw Settle.Parse.Fault(field, text, "has several mail addresses; give one");

    /// <summary>One or more addresses, with commas or semicolons between them.</summary>
    /// <inheritdoc cref="One"/>
    public static List<MailboxAddress> Each(string field, string text)
    {
        if (text.Any(char.IsControl)
            || !InternetAddressList.TryParse(Strict, text.Replace(';', ','), out var list)
            || list.Count == 0)
        {
            throw Fault(field, text);
        }
        return [.. list.Select(address => address is MailboxAddress mailbox
                ? Checked(field, text, mailbox) : throw Fault(field, text))
            .DistinctBy(mailbox => mailbox.Address, StringComparer.Ordinal)];
    }

    /// <summary>Whether only a server with SMTPUTF8 takes it.</summary>
    public static bool NeedsUtf8(MailboxAddress address) => !Ascii.IsValid(address.LocalPart);

    // A domain in its ASCII form is understood by every server.
    private static MailboxAddress Checked(string field, string text, MailboxAddress mailbox)
    {
        try
        {
            var domain = Domains.GetAscii(mailbox.Domain.ToLowerInvariant());
            var address = $"{mailbox.LocalPart}@{domain}";
            if (Uri.CheckHostName(domain) == UriHostNameType.Dns
                && Encoding.UTF8.GetByteCount(mailbox.LocalPart) <= LocalPartBytesMax
                && Encoding.UTF8.GetByteCount(address) <= AddressBytesMax)
            {
                return new MailboxAddress(mailbox.Name, address);
            }
        }
        catch (ArgumentException)
        {
            throw Fault(field, text);
        }
        throw Fault(field, text);
    }

    private static InvalidRequestException Fault(string field, string text) => Settle.Parse.Fault(
        field, text, "is not a mail address, such as dave@example.com; "
            + "separate several with commas");
}
