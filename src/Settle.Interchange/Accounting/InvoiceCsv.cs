using CsvHelper;
using Settle.Journals;

namespace Settle.Accounting;

/// <summary>
/// Invoices and credit notes as CSV for accountants: a row per tax rate, credit notes below zero.
/// </summary>
internal sealed class InvoiceCsv : IDisposable
{
    private readonly CsvWriter _writer;
    private readonly CsvDialect _dialect;

    public InvoiceCsv(Stream output, CsvDialect dialect)
    {
        _dialect = dialect;
        if (dialect.HasMark) output.Write(Encoding.UTF8.Preamble);
        _writer = CsvWriter.Create(output, new CsvWriterOptions
        {
            NewLine = dialect.NewLine, Separator = dialect.Separator,
        }, leaveOpen: true);
        _writer.WriteRecord([.. dialect.Columns]);
    }

    /// <summary>Adds an invoice or a credit note; its rounding and amount are in its first row.
    /// </summary>
    public void Write(Invoice invoice)
    {
        var isCredit = invoice.Kind == InvoiceType.CreditNote;
        var kind = _dialect.Kind(invoice.Kind);
        var zero = invoice.Amount - invoice.Amount;
        for (var i = 0; i < invoice.Taxes.Count; i++)
        {
            var tax = invoice.Taxes[i];
            foreach (var field in (ReadOnlySpan<string?>)[Text(invoice.Number), kind,
                _dialect.Day(invoice.Date), _dialect.Day(invoice.Due), Text(invoice.Customer),
                Text(invoice.Buyer.Name), Text(invoice.Buyer.Country), Text(invoice.Buyer.VatId),
                invoice.Asset, tax.Category,
                _dialect.Number(tax.Rate.ToString(CultureInfo.InvariantCulture)), Amount(tax.Net),
                Amount(tax.Tax), Amount(tax.Net + tax.Tax),
                i == 0 ? Amount(invoice.Rounding ?? zero) : "",
                i == 0 ? Amount(invoice.Amount) : "", Text(invoice.Corrects)])
            {
                _writer.WriteField(field ?? "");
            }
            _writer.EndRecord();
        }
        foreach (var deposit in invoice.Deposits ?? [])
            foreach (var tax in deposit.Taxes) Deduct(deposit, tax);

        static string? Text(string? text) => text is null ? null : CsvFormulas.Defuse(text);

        // A deposit invoice is settled, so the sum of a column counts its tax once.
        void Deduct(SettledDeposit deposit, InvoiceTax tax)
        {
            foreach (var field in (ReadOnlySpan<string?>)[Text(invoice.Number), kind,
                _dialect.Day(invoice.Date), _dialect.Day(invoice.Due), Text(invoice.Customer),
                Text(invoice.Buyer.Name), Text(invoice.Buyer.Country), Text(invoice.Buyer.VatId),
                invoice.Asset, tax.Category,
                _dialect.Number(tax.Rate.ToString(CultureInfo.InvariantCulture)),
                Amount(-tax.Net), Amount(-tax.Tax), Amount(-tax.Net - tax.Tax), "", "",
                Text(deposit.Number)])
            {
                _writer.WriteField(field ?? "");
            }
            _writer.EndRecord();
        }

        string Amount(Money amount) => _dialect.Number((isCredit ? -amount : amount).Digits);
    }

    public void Dispose()
    {
        _writer.Flush();
        _writer.Dispose();
    }
}
