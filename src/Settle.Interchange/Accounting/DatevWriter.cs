using Settle.Billing;
using Settle.Journals;

namespace Settle.Accounting;

/// <summary>
/// Writes invoices and credit notes as a posting batch for DATEV: EXTF, category 21
/// (Buchungsstapel), version 700 of the header, version 13 of the columns, in Windows-1252.
/// </summary>
internal sealed class DatevWriter : IDisposable
{
    private const int TextMax = 60;
    private const int NumberMax = 36;

    private readonly StreamWriter _writer;
    private readonly DatevOptions _options;
    private readonly DatevAccounts _accounts;

    public DatevWriter(Stream output, DatevOptions options)
    {
        _options = options;
        _accounts = new DatevAccounts(options);
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252,
            new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)!;
        _writer = new StreamWriter(output, encoding, 16 * 1024, leaveOpen: true)
        {
            NewLine = "\r\n",
        };
        WriteHeader();
    }

    /// <summary>
    /// Adds the postings of an invoice or a credit note: one per tax rate and cost centre.
    /// </summary>
    /// <returns>False when its date is outside the batch, and nothing was written.</returns>
    /// <exception cref="InvalidRequestException">
    /// It is not in euro, or no account is set for its tax.
    /// </exception>
    public bool Write(Invoice invoice)
    {
        if (invoice.Date < _options.From || invoice.Date > _options.To) return false;
        if (invoice.Asset != "EUR")
        {
            throw new InvalidRequestException("asset",
                $"of {invoice.Number} is {invoice.Asset}; DATEV takes only euro without an "
                + "exchange rate");
        }
        foreach (var tax in invoice.Taxes)
        {
            foreach (var (centre, amount) in ByCostCentre(invoice, tax))
                Row(invoice, amount, _accounts.Of(invoice, tax), tax.Category, centre);
        }
        if (invoice.Rounding is { } rounding)
            Row(invoice, rounding, _accounts.Rounding, "", null);
        return true;
    }

    public void Dispose() => _writer.Dispose();

    private void WriteHeader()
    {
        if (_options.To < _options.From || _options.From < _options.YearStart
            || _options.To >= _options.YearStart.AddYears(1))
        {
            throw new InvalidRequestException("through",
                "a DATEV batch has to lie within one financial year");
        }
        _writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\"EXTF\";700;21;\"Buchungsstapel\";13;{_options.Created:yyyyMMddHHmmssfff};;"
            + $"\"RE\";\"\";\"\";{_options.Consultant};{_options.Client};"
            + $"{_options.YearStart:yyyyMMdd};4;{_options.From:yyyyMMdd};{_options.To:yyyyMMdd};"
            + $"\"Rechnungsausgang\";\"\";1;0;0;\"EUR\";;\"\";;;\"{_options.Chart}\";;;\"\";\"\""));
        _writer.WriteLine(string.Join(';', DatevColumns.Names));
    }

    // The tax is on the sum of a rate: each centre gets its share, and the shares add up to it.
    private static List<(string? Centre, Money Amount)> ByCostCentre(
        Invoice invoice, InvoiceTax tax)
    {
        var nets = invoice.Lines
            .Where(line => (line.Category, line.Rate) == (tax.Category, tax.Rate))
            .GroupBy(line => line.CostCentre)
            .Select(lines => (Centre: lines.Key, Net: lines.Sum(line => (long)line.Net.Units)))
            .ToList();
        var gross = tax.Net + tax.Tax;
        var total = nets.Sum(each => each.Net);
        if (nets.Count < 2 || total == 0)
            return [(nets.Count == 1 ? nets[0].Centre : null, gross)];
        Int128 before = 0;
        var given = gross - gross;
        var shares = new List<(string?, Money)>(nets.Count);
        foreach (var (centre, net) in nets)
        {
            before += net;
            var share = Money.OfMinor(Rounded.Divide(gross.Units * before, total),
                invoice.Asset, invoice.Scale) - given;
            given += share;
            shares.Add((centre, share));
        }
        return shares;
    }

    // Debit of the debtor; a credit note is the other way round.
    private void Row(Invoice invoice, Money amount, int account, string category, string? centre)
    {
        if (amount.IsZero) return;
        var isCredit = (invoice.Kind == InvoiceType.CreditNote) != amount.IsNegative;
        var row = new string?[DatevColumns.Names.Count + 1];
        row[DatevColumns.Amount] =
            (amount.IsNegative ? -amount : amount).Digits.Replace('.', ',');
        row[DatevColumns.Side] = isCredit ? "H" : "S";
        row[DatevColumns.Currency] = "EUR";
        row[DatevColumns.Account] =
            _accounts.Debtor(invoice.Customer).ToString(CultureInfo.InvariantCulture);
        row[DatevColumns.Contra] = account.ToString(CultureInfo.InvariantCulture);
        row[DatevColumns.Date] = invoice.Date.ToString("ddMM", CultureInfo.InvariantCulture);
        row[DatevColumns.Number] = Cut(invoice.Number, NumberMax);
        row[DatevColumns.Text] = Cut(invoice.Buyer.Name, TextMax);
        row[DatevColumns.CostCentre] = CsvFormulas.Defuse(centre ?? "");
        if (category is "K" or "AE" && invoice.Buyer.Country != invoice.Seller.Country)
            row[DatevColumns.VatId] = invoice.Buyer.VatId ?? "";
        if (invoice.Kind != InvoiceType.CreditNote)
        {
            row[DatevColumns.Due] =
                invoice.Due.ToString("ddMMyyyy", CultureInfo.InvariantCulture);
        }
        _writer.WriteLine(DatevColumns.Line(row));
    }

    private static string Cut(string text, int length)
    {
        text = CsvFormulas.Defuse(text);
        return text.Length <= length ? text : text[..length];
    }
}
