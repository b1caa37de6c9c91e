using Settle.Billing;
using Settle.Views;

namespace Settle.Paper.Letters;

/// <summary>Numbers as the readers of a letter write them.</summary>
internal sealed class LetterNumbers(InvoiceWords words, int scale)
{
    /// <summary>An amount: 1,234.50, or 1.234,50.</summary>
    public string Amount(Money amount) => Grouped(amount.Digits);

    /// <summary>A price with the decimals of the currency, or those it needs.</summary>
    public string Price(decimal price)
    {
        var plain = ElectronicInvoice.Plain(price);
        var zero = new decimal(0, 0, 0, false, (byte)scale);
        var padded = plain.Scale >= scale ? plain : plain + zero;
        return Grouped(padded.ToString(CultureInfo.InvariantCulture));
    }

    public string Quantity(decimal quantity) =>
        Grouped(ElectronicInvoice.Plain(quantity).ToString(CultureInfo.InvariantCulture));

    public string Percent(decimal rate) =>
        $"{Grouped(ElectronicInvoice.Plain(rate).ToString(CultureInfo.InvariantCulture))}"
        + $"{words.PercentSpace}%";

    /// <summary>An IBAN in groups of four.</summary>
    public static string Iban(string iban)
    {
        var plain = iban.Replace(" ", "", StringComparison.Ordinal);
        return string.Join(' ', plain.Chunk(4).Select(part => new string(part)));
    }

    private string Grouped(string number)
    {
        var sign = number.StartsWith('-') ? "−" : "";
        var digits = number.TrimStart('-');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var text = new StringBuilder(sign);
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && (whole.Length - i) % 3 == 0) text.Append(words.GroupSeparator);
            text.Append(whole[i]);
        }
        return point < 0 ? text.ToString() : text + words.DecimalPoint + digits[(point + 1)..];
    }
}
