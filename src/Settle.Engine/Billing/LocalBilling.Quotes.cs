using Settle.Reading;
using Settle.Views;

namespace Settle.Billing;

/// <content>Quotes.</content>
internal sealed partial class LocalBilling
{
    private const string Quotes = "quotes";
    private const int LineBytes = 256;

    // The lines are charges that are recorded first: without the quote they are never open, so that
    // this can end anywhere and be asked for again.
    public async Task<Quote> QuoteAsync(
        QuoteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        Texts.CheckName("id", Encoding.UTF8.GetBytes(id), Limits.RunIdBytesMax);
        var day = await DateAsync(request.Date, request.Customer, cancellationToken)
            .ConfigureAwait(false);
        var fill = Filler(request, day);
        BillingRequests.Add(new RequestBatch(), EntryKind.Quote, id, fill);
        var asset = await ReadAssetAsync(request.Customer, cancellationToken)
            .ConfigureAwait(false);
        var job = _submitter.NewJob(request.Lines.Count, LineBytes * request.Lines.Count);
        for (var i = 0; i < request.Lines.Count; i++)
            AddLine(job.Batch, request, id, i, day, asset);
        if (!await IsRepeatedAsync(id, request.Lines.Count, cancellationToken)
            .ConfigureAwait(false))
            await RequireNameAsync(request.Customer, cancellationToken).ConfigureAwait(false);
        await _submitter.SettleAsync(job).ConfigureAwait(false);
        if (Array.Find(job.Verdicts, verdict => verdict.Refusal == RefusalCode.IdReused)
            is { Refusal: RefusalCode.IdReused } other)
            throw new IdReusedException(id, job.DifferingField ?? "lines", other.Block);
        return await SettleAsync(id, fill, EntryKind.Quote, async made =>
        {
            var entry = made.Entry();
            return (await GetQuoteAsync(
                entry.Batch.Text(entry.Batch.Billing(entry.Entry).Number), cancellationToken)
                .ConfigureAwait(false))! with { Replayed = made.Verdicts[0].Replayed };
        }, cancellationToken).ConfigureAwait(false);
    }

    public Task<Quote> AcceptQuoteAsync(string quote, QuoteAnswerRequest request,
        CancellationToken cancellationToken = default) =>
        AnswerAsync(quote, request, isDeclined: false, cancellationToken);

    public Task<Quote> DeclineQuoteAsync(string quote, QuoteAnswerRequest request,
        CancellationToken cancellationToken = default) =>
        AnswerAsync(quote, request, isDeclined: true, cancellationToken);

    public async Task<Quote?> GetQuoteAsync(
        string number, CancellationToken cancellationToken = default)
    {
        var today = await TodayAsync(null, cancellationToken).ConfigureAwait(false);
        var (summary, location, asset) = await ReadAsync(() =>
        {
            var quote = FindQuote(number);
            if (quote < 0) return default;
            var row = Book.Quotes.Durable(quote);
            return (QuoteViews.Summary(_reader.State.Book, quote, row, today), row.Location,
                _reader.State.Book.Assets[Book.Accounts[row.Account].Asset]);
        }, cancellationToken).ConfigureAwait(false);
        if (summary is null) return null;
        var entry = await _reader.ReadEntryAsync(location, cancellationToken).ConfigureAwait(false);
        var lines = new List<RecalledEntry>();
        for (var line = 1; line <= entry.Batch.Billing(entry.Entry).LineCount; line++)
        {
            lines.Add((await _reader.RecallAsync(QuoteKind.LineId(summary.Id, line),
                cancellationToken).ConfigureAwait(false))!);
        }
        return QuoteViews.Whole(summary, entry, lines, asset, await _documents.GetPartiesAsync(
            entry, number, cancellationToken).ConfigureAwait(false));
    }

    public async Task<Page<Quote>> ListQuotesAsync(
        QuoteQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageCursor.CheckLimit(query.Limit);
        var status = query.Status is { } wanted ? Words<QuoteStatus>.Of(wanted) : null;
        var cursor = query.After is null
            ? new PageCursor
            {
                List = Quotes, Name = query.Customer, Status = status, Location = int.MaxValue,
            }
            : _reader.Decode(query.After, Quotes);
        PageCursor.CheckSame("customer", query.Customer, cursor.Name);
        PageCursor.CheckSame("status", status, cursor.Status);
        QuoteStatus? only = cursor.Status is { } word
            ? Words<QuoteStatus>.Parse("after", word) : null;
        var today = await TodayAsync(null, cancellationToken).ConfigureAwait(false);
        return await NewestAsync(cursor, query.Limit, () => Book.Quotes.DurableCount,
            row => Book.Quotes.Durable(row).Account, row =>
            {
                var quote = Book.Quotes.Durable(row);
                return only is not null && quote.StatusOn(today.DayNumber) != only ? null
                    : QuoteViews.Summary(_reader.State.Book, row, quote, today);
            }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Quote> AnswerAsync(string quote, QuoteAnswerRequest request, bool isDeclined,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Texts.Given("quote", quote);
        var customer = await ReadAsync(() => FindQuote(quote) is var number and >= 0
            ? Book.CustomerName(Book.Accounts[Book.Quotes[number].Account].Customer) : null,
            cancellation).ConfigureAwait(false);
        var day = await DateAsync(request.Date, customer, cancellation).ConfigureAwait(false);
        if (!isDeclined && customer is not null && (request.Id is not { } id || await _reader
            .RecallAsync(id, cancellation).ConfigureAwait(false) is null))
            await RequireNameAsync(customer, cancellation).ConfigureAwait(false);
        return await SettleAsync(request.Id ?? _submitter.NewId(),
            (batch, ref asked, ref terms) =>
        {
            asked.Reference = batch.Append("quote", quote);
            PrintableText.Check("reason", request.Reason);
            asked.Memo = batch.Append("reason", request.Reason);
            (terms.IsDeclined, terms.IsLate) = (isDeclined, request.Late);
            terms.Date = day.DayNumber;
            terms.IsDefaultDate = request.Date is null;
        }, EntryKind.QuoteAnswer, async job => (await GetQuoteAsync(quote, cancellation)
            .ConfigureAwait(false))! with { Replayed = job.Verdicts[0].Replayed }, cancellation)
            .ConfigureAwait(false);
    }

    private static BillingFiller Filler(QuoteRequest quote, DateOnly day) =>
        (RequestBatch batch, ref Request asked, ref BillingTerms terms) =>
    {
        terms.Customer = batch.Append("customer", quote.Customer);
        terms.LineCount = quote.Lines?.Count ?? 0;
        terms.Date = day.DayNumber;
        terms.IsDefaultDate = quote.Date is null;
        terms.Due = quote.ValidUntil?.DayNumber ?? 0;
        PrintableText.Check("note", quote.Note);
        asked.Memo = batch.Append("note", quote.Note);
    };

    private void AddLine(RequestBatch batch, QuoteRequest quote, string id, int at, DateOnly day,
        string? asset)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"lines[{at}]");
        var line = quote.Lines[at] ?? throw new InvalidRequestException(place, "is missing");
        try
        {
            BillingRequests.Add(batch, BillingRequests.Offered(quote, line),
                QuoteKind.LineId(id, at + 1), day, asset, _reader.Assets, isOffered: true);
        }
        catch (InvalidRequestException e)
        {
            throw e.Within(place);
        }
    }

    // More or fewer lines would be other charges.
    private async Task<bool> IsRepeatedAsync(string id, int lines, CancellationToken cancellation)
    {
        if (await _reader.RecallAsync(id, cancellation).ConfigureAwait(false) is not { } known)
            return false;
        if (known.Entry.Kind != EntryKind.Quote
            || known.Batch.Billing(known.Entry).LineCount != lines)
        {
            throw new IdReusedException(
                id, known.Entry.Kind == EntryKind.Quote ? "lines" : "type", known.Height);
        }
        return true;
    }

    // Its invoice could not be made either. Nothing is recorded: it can be asked for again.
    private async Task RequireNameAsync(string customer, CancellationToken cancellation)
    {
        var profile = await ReadAsync(() => FindCustomer(customer) is var number and >= 0
            ? Book.Customers.Durable(number).Profile : (BlockHash?)null, cancellation)
            .ConfigureAwait(false);
        if (profile is { } hash
            && await _profiles.GetAsync(hash, cancellation).ConfigureAwait(false) is null)
        {
            throw Parse.Fault("customer", customer, "has no name or address here, because they "
                + "were erased; put the customer again");
        }
    }

    /// <summary>A quote by its number; -1 when it is not durable.</summary>
    private int FindQuote(string number) =>
        Book.FindQuote(Encoding.UTF8.GetBytes(Texts.Given("number", number))) is var quote
            && quote < Book.Quotes.DurableCount ? quote : -1;
}
