using Settle.Billing;

namespace Settle.Paper.Letters.Swiss;

/// <summary>
/// What a Swiss QR-bill says, by the Swiss Implementation Guidelines for the QR-bill, version 2.3.
/// </summary>
internal sealed class SwissBill
{
    private SwissBill(Invoice invoice, SwissParty creditor)
    {
        Creditor = creditor;
        Debtor = SwissParty.Of(invoice.Buyer);
        Iban = SwissReference.Compact(invoice.Seller.Iban!);
        (Kind, Reference) = SwissReference.Of(invoice);
        Amount = invoice.Payable.Digits;
        Currency = invoice.Asset;
        Message = string.Concat(invoice.Number.Select(c => SwissParty.IsAllowed(c) ? c : '-'));
    }

    public SwissParty Creditor { get; }

    public SwissParty? Debtor { get; }

    public string Iban { get; }

    /// <summary>QRR, SCOR or NON.</summary>
    public string Kind { get; }

    public string Reference { get; }

    public string Amount { get; }

    public string Currency { get; }

    /// <summary>The invoice's number, as it is.</summary>
    public string Message { get; }

    /// <summary>The bill of an invoice; null where it cannot be paid so.</summary>
    public static SwissBill? Of(Invoice invoice) => SwissReference.CanPay(invoice)
        && SwissParty.Of(invoice.Seller) is { } creditor ? new SwissBill(invoice, creditor) : null;

    /// <summary>The lines of the code.</summary>
    public string Code => string.Join('\n', [
        "SPC", "0200", "1", Iban, .. Creditor.Fields, .. None, Amount, Currency,
        .. Debtor?.Fields ?? None, Kind, Reference, Message, "EPD"]);

    /// <summary>The amount with spaces between thousands.</summary>
    public string AmountText
    {
        get
        {
            var text = new StringBuilder(Amount);
            for (var at = Amount.Length - 6; at > 0; at -= 3) text.Insert(at, ' ');
            return text.ToString();
        }
    }

    /// <summary>The reference in groups: of five from the right, RF of four.</summary>
    public string ReferenceText => Kind == "QRR"
        ? $"{Reference[..2]} {string.Join(' ', Reference[2..].Chunk(5).Select(c => new string(c)))}"
        : LetterNumbers.Iban(Reference);

    // Seven empty fields stand for nobody.
    private static IEnumerable<string> None => Enumerable.Repeat("", 7);
}
