namespace Settle.Billing;

/// <content>Quotes, and what they offer.</content>
internal sealed partial class BillingBook
{
    private readonly NameTable _quoteNames = new();

    /// <summary>In the order of the chain.</summary>
    public VersionedTable<QuoteRow> Quotes { get; } = new();

    /// <summary>What the lines of quotes would charge.</summary>
    public VersionedTable<InvoiceItem> QuoteLines { get; } = new();

    /// <summary>The numbers of quotes, which no invoice has a part in.</summary>
    public NumberSeries QuoteSeries { get; } = new();

    /// <summary>A quote by its number; -1 for none.</summary>
    public int FindQuote(ReadOnlySpan<byte> number) => QuoteSeries.Find(number);

    /// <summary>The quote that a charge is a line of; -1 for none.</summary>
    /// <param name="charge">The charge's id.</param>
    public int FindQuoteOf(ReadOnlySpan<byte> charge)
    {
        if (charge.LastIndexOf((byte)':') is not (var colon and > 0)) return -1;
        var quote = _quoteNames.Find(charge[..colon]);
        // A subscription may be called as the quote is: its charges have days in their ids.
        return quote >= 0 && int.TryParse(charge[(colon + 1)..], NumberStyles.None,
            CultureInfo.InvariantCulture, out var line) && line >= 1 && line <= Quotes[quote].Lines
            ? quote : -1;
    }

    public string QuoteName(int quote) => _quoteNames.Text(quote);

    public string NumberOf(in QuoteRow quote) => QuoteSeries.Format(quote.Series, quote.Sequence);

    /// <summary>
    /// The number that comes next in a series of quotes, which begins where the seller says, and
    /// above every old number of it.
    /// </summary>
    public string NextQuoteNumber(string series) => NumberSeries.Format(series,
        QuoteSeries.NextOf(series) is > 0 and var next ? next : FirstOf(series, Seller));

    /// <summary>Whether a series of quotes can begin with a number, or has begun with it.
    /// </summary>
    public bool CanBeginQuotes(string series, int first) => CanBegin(QuoteSeries, series, first);

    /// <summary>What a quote offers, in the order of its lines.</summary>
    public IEnumerable<InvoiceItem> ItemsOf(QuoteRow quote) =>
        Enumerable.Range(quote.FirstLine, quote.Lines).Select(line => QuoteLines[line]);

    /// <summary>Adds a quote under the next number of its series.</summary>
    public void AddQuote(ReadOnlySpan<byte> id, string number, QuoteRow row)
    {
        if (!NumberSeries.TrySplit(number, out var text, out row.Sequence)) throw Damaged("number");
        if (NextQuoteNumber(text) != number)
            throw new BrokenInvariantException($"{number} leaves a gap");
        row.Series = QuoteSeries.FindOrAdd(text);
        _quoteNames.FindOrAdd(id);
        QuoteSeries.Add(row.Series, row.Sequence, Quotes.Add(row));
    }

    private void BeginQuotes()
    {
        Quotes.Begin();
        QuoteLines.Begin();
    }

    private void UndoQuotes()
    {
        for (var quote = Quotes.Count; quote > Quotes.CountBefore; quote--)
            QuoteSeries.RemoveLast(Quotes[quote - 1].Series);
        _quoteNames.Truncate(Quotes.CountBefore);
        Quotes.Undo();
        QuoteLines.Undo();
    }

    private void CommitQuotes()
    {
        Quotes.Commit();
        QuoteLines.Commit();
    }

    private void SaveQuotes(Action<ReadOnlySpan<byte>> write)
    {
        write.Long(_quoteNames.Count);
        _quoteNames.Save(write);
        write.Long(QuoteSeries.Count);
        for (var i = 0; i < QuoteSeries.Count; i++) write.Text(QuoteSeries.TextOf(i));
        Quotes.Save(write);
        QuoteLines.Save(write);
    }

    private void LoadQuotes(Action<Span<byte>> read)
    {
        _quoteNames.Load((int)read.Long(), read);
        for (var series = read.Long(); series > 0; series--) QuoteSeries.FindOrAdd(read.Text());
        Quotes.Load(read);
        QuoteLines.Load(read);
        for (var i = 0; i < Quotes.Count; i++)
            QuoteSeries.Add(Quotes[i].Series, Quotes[i].Sequence, i);
    }
}
