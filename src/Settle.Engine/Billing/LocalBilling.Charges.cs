using Settle.Reading;
using Settle.Settling;
using Settle.Views;

namespace Settle.Billing;

/// <content>Charges and subscriptions.</content>
internal sealed partial class LocalBilling
{
    private const string Charges = "charges";
    private const string Subscriptions = "subscriptions";
    private const string Uninvoiced = "uninvoiced";
    private const string Invoiced = "invoiced";
    private const long BytesPerPage = 8 * 1024 * 1024;

    public async Task<Charge> ChargeAsync(
        ChargeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = _clock.GetUtcNow();
        var (day, asset) = (await FactsOfAsync(new[] { request }, now, cancellationToken)
            .ConfigureAwait(false))[0];
        return await _submitter.SettleAsync(
            batch => BillingRequests.Add(batch, request, request.Id ?? _submitter.NewId(), day,
                asset, _reader.Assets),
            async job =>
            {
                var (entry, replayed) = (job.Entry(), job.Verdicts[0].Replayed);
                if (!replayed) return ChargeViews.Of(entry, null, _reader.Assets);
                return await ToChargeAsync(entry, cancellationToken).ConfigureAwait(false)
                    with { Replayed = true };
            }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Verdict[]> ChargeBatchAsync(
        ReadOnlyMemory<ChargeRequest> requests, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (requests.IsEmpty) return [];
        var now = _clock.GetUtcNow();
        var facts = await FactsOfAsync(requests, now, cancellationToken).ConfigureAwait(false);
        var job = new Job(int.Max(1, requests.Length), 256 * requests.Length);
        for (var i = 0; i < requests.Length; i++)
        {
            var charge = requests.Span[i];
            try
            {
                BillingRequests.Add(job.Batch, charge, charge.Id ?? _submitter.NewId(),
                    facts[i].Day, facts[i].Asset, _reader.Assets);
            }
            catch (InvalidRequestException e)
            {
                throw e.Within($"[{i}]");
            }
        }
        await _submitter.SettleAsync(job).ConfigureAwait(false);
        return job.Verdicts;
    }

    public async Task<Charge> WithdrawAsync(
        string charge, string? id = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(charge);
        if (id is null && await GetChargeAsync(charge, cancellationToken).ConfigureAwait(false)
            is { Withdrawn: true } known)
            return known with { Replayed = true };
        var day = await TodayAsync(null, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(id ?? _submitter.NewId(), (batch, ref asked, ref terms) =>
        {
            asked.Reference = batch.Append("charge", charge);
            terms.Date = day.DayNumber;
            terms.IsDefaultDate = true;
        }, EntryKind.Withdrawal, job => new ValueTask<Charge>(
            ChargeViews.Of(job.Ended!, null, _reader.Assets, job.Verdicts[0].Replayed)
                with { Withdrawn = true }), cancellationToken).ConfigureAwait(false);
    }

    public async Task<Charge?> GetChargeAsync(
        string id, CancellationToken cancellationToken = default)
    {
        var entry = await _reader.RecallAsync(id, cancellationToken).ConfigureAwait(false);
        return entry is not null && ChargeKind.IsCharge(entry.Batch, entry.Entry)
            ? await ToChargeAsync(entry, cancellationToken).ConfigureAwait(false) : null;
    }

    public async Task<Page<Charge>> ListChargesAsync(
        ChargeQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageCursor.CheckLimit(query.Limit);
        var cursor = query.After is not null ? _reader.Decode(query.After, Charges)
            : new PageCursor
            {
                List = Charges, Account = query.Customer, Status = StateOf(query),
                OnFrom = query.From, OnTo = query.To,
            };
        PageCursor.CheckSame("customer", query.Customer, cursor.Account);
        PageCursor.CheckSame("uninvoiced", StateOf(query), cursor.Status);
        PageCursor.CheckSame("from", query.From, cursor.OnFrom);
        PageCursor.CheckSame("to", query.To, cursor.OnTo);
        if (query.From > query.To)
            throw new InvalidRequestException("from", "must not be after to");
        query = query with
        {
            Customer = cursor.Account,
            From = cursor.OnFrom,
            To = cursor.OnTo,
            Uninvoiced = cursor.Status is { } state ? state == Uninvoiced : null,
        };
        if (query.Uninvoiced == true)
            return await ListOpenAsync(query, cursor, cancellationToken).ConfigureAwait(false);
        return await ListAllAsync(query, cursor, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Subscription> SubscribeAsync(
        SubscriptionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        var asset = await ReadAssetAsync(request.Customer, cancellationToken)
            .ConfigureAwait(false);
        var fill = BillingRequests.Filler(request, id, asset, _reader.Assets);
        return await SettleSubscriptionAsync(id, fill, job => job.Entry(), cancellationToken)
            .ConfigureAwait(false);
    }

    public Task<Subscription> EndSubscriptionAsync(string subscription, DateOnly end,
        string? id = null, CancellationToken cancellationToken = default) =>
        SettleSubscriptionAsync(id ?? _submitter.NewId(), (batch, ref _, ref terms) =>
        {
            terms.Subscription = batch.Append("subscription", subscription);
            terms.End = end.DayNumber;
        }, job => job.Ended!, cancellationToken);

    public async Task<Subscription> RepriceSubscriptionAsync(string subscription,
        RepriceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var name = Encoding.UTF8.GetBytes(Texts.Given("subscription", subscription));
        var asset = await ReadAssetAsync(() => FindSubscription(name).Row
                is { Location.IsNone: false } known ? AssetCode(known.Asset) : null,
            found => found is not null, cancellationToken).ConfigureAwait(false);
        return await SettleSubscriptionAsync(request.Id ?? _submitter.NewId(),
            BillingRequests.Filler(request, subscription, asset, _reader.Assets),
            job => job.Ended!, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Page<Subscription>> ListSubscriptionsAsync(
        PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageCursor.CheckLimit(query.Limit);
        var after = query.After is null ? null
            : _reader.Decode(query.After, Subscriptions).Name;
        var order = await _subscriptions.GetAsync(cancellationToken).ConfigureAwait(false);
        var names = order.NamesAfter(after, query.Limit + 1);
        var items = new List<Subscription>();
        foreach (var name in names.Take(query.Limit))
            items.Add((await GetSubscriptionAsync(name, cancellationToken).ConfigureAwait(false))!);
        return new Page<Subscription>(items, names.Count > query.Limit
            ? _reader.Encode(new PageCursor { List = Subscriptions, Name = names[query.Limit - 1] })
            : null);
    }

    private static string? StateOf(ChargeQuery query) =>
        query.Uninvoiced is not { } isOpen ? null : isOpen ? Uninvoiced : Invoiced;

    public async Task<Subscription?> GetSubscriptionAsync(
        string subscription, CancellationToken cancellationToken = default)
    {
        var name = Encoding.UTF8.GetBytes(Texts.Given("subscription", subscription));
        var (row, prices) = await ReadAsync(() => FindSubscription(name), cancellationToken)
            .ConfigureAwait(false);
        if (row.Location.IsNone) return null;
        var entry = await _reader.ReadEntryAsync(row.Location, cancellationToken)
            .ConfigureAwait(false);
        return ChargeViews.Of(entry, row.End, prices, _reader.Assets);
    }

    /// <summary>
    /// Makes, reprices or ends a subscription. The last day is what was decided; where that was
    /// before now, it may have got another one since.
    /// </summary>
    private Task<Subscription> SettleSubscriptionAsync(string id, BillingFiller fill,
        Func<Job, RecalledEntry> made, CancellationToken cancellationToken)
    {
        SubscriptionLeft? left = null;
        return SettleAsync(id, fill, EntryKind.Subscription, async job =>
            {
                var replayed = job.Verdicts[0].Replayed;
                left ??= await ReadAsync(() => LeftOf(job), cancellationToken)
                    .ConfigureAwait(false);
                var done = ChargeViews.Of(
                    made(job), left.End, left.Prices, _reader.Assets, replayed);
                return done.End is not { } last ? done : done with
                {
                    Warning = await EndWarningAsync(left, done.Start, last, cancellationToken)
                        .ConfigureAwait(false),
                };
            }, cancellationToken, committed: job => left = LeftOf(job));
    }

    // What a decision has left of a subscription; of one made before, how it is now.
    private SubscriptionLeft LeftOf(Job job)
    {
        var entry = job.Entry();
        var terms = entry.Batch.Billing(entry.Entry);
        var number = Book.FindSubscription(entry.Batch.Bytes(terms.Subscription));
        var end = job.Verdicts[0].Replayed || terms.Start != 0
            ? Book.Subscriptions.Durable(number).End : terms.End;
        return new SubscriptionLeft(end, Book.DurableDaysOf(number).Prices,
            end == 0 ? [] : Book.ChargedBeyond(number, end));
    }

    private async Task<string?> EndWarningAsync(SubscriptionLeft left, DateOnly start,
        DateOnly end, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        if (end < start)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"it ends before its first "
                + $"day, {start:yyyy-MM-dd}, so that none of its days counts"));
        }
        foreach (var (id, last) in left.Beyond)
        {
            var charge = await GetChargeAsync(id, cancellationToken).ConfigureAwait(false);
            if (charge is null or { Invoice: null, Withdrawn: false }) continue;
            var isCredited = charge.Invoice is { } invoice && await ReadAsync(
                () => Book.Invoices.Durable(Book.FindInvoice(Encoding.UTF8.GetBytes(invoice)))
                    .LastCredit >= 0, cancellationToken).ConfigureAwait(false);
            warnings.Add(BeyondWarning(id, last, end, charge.Invoice, isCredited));
            if (charge.Invoice is not null) break;
        }
        return warnings.Count == 0 ? null : string.Join("; ", warnings);
    }

    // Only an invoice that has no credit note yet can be credited to be billed again.
    private static string BeyondWarning(
        string id, int last, DateOnly end, string? invoice, bool isCredited)
    {
        var to = string.Create(CultureInfo.InvariantCulture,
            $"to {Days.Text(last)} already, beyond its end, {end:yyyy-MM-dd}");
        if (invoice is null)
        {
            return $"its charge {id}, {to}, was withdrawn, so that no run bills these days; "
                + "charge those that count by themselves";
        }
        return isCredited
            ? $"it was billed {to}, by {invoice}, which has a credit note; charge days that count, "
                + "and that the credit note took back, by themselves"
            : $"it is billed {to}; to bill only the days that count, credit the invoice with "
                + "rebill, and the next run bills it again";
    }

    /// <summary>A subscription and its prices; the default when it is not durable.</summary>
    private (SubscriptionRow Row, IReadOnlyList<SubscriptionPrice> Prices) FindSubscription(
        ReadOnlySpan<byte> name) =>
        Book.FindSubscription(name) is var number and >= 0
            && number < Book.Subscriptions.DurableCount
            ? (Book.Subscriptions.Durable(number), Book.DurableDaysOf(number).Prices)
            : (default, []);

    private Task<(DateOnly Day, string? Asset)[]> FactsOfAsync(
        ReadOnlyMemory<ChargeRequest> requests, DateTimeOffset now,
        CancellationToken cancellationToken) => ReadAssetAsync(
            () => FactsOf(requests.Span, now),
            facts => facts.All(each => each.Asset is not null), cancellationToken);

    /// <summary>The days of charges, and the assets of their customers.</summary>
    private (DateOnly Day, string? Asset)[] FactsOf(
        ReadOnlySpan<ChargeRequest> requests, DateTimeOffset now)
    {
        var facts = new (DateOnly, string?)[requests.Length];
        for (var i = 0; i < facts.Length; i++)
        {
            var request = requests[i]
                ?? throw new InvalidRequestException($"[{i}]", "is missing");
            facts[i] = (request.Date
                ?? Zones.DayOf(request.Time ?? now, ZoneOf(request.Customer)),
                AssetOf(request.Customer));
        }
        return facts;
    }

    private async Task<Charge> ToChargeAsync(
        RecalledEntry entry, CancellationToken cancellationToken)
    {
        var (invoice, amended) = await _invoiceOf.FindAsync(entry, cancellationToken)
            .ConfigureAwait(false);
        var charge = ChargeViews.Of(entry, invoice, _reader.Assets);
        if (amended is { } now)
        {
            charge = charge with
            {
                Amount = _reader.Assets.Of(now.Amount, charge.Asset),
                Date = DateOnly.FromDayNumber(now.Date),
            };
        }
        var quote = entry.Batch.Billing(entry.Entry).IsOffered
            ? await ReadAsync(() => QuoteOf(entry), cancellationToken).ConfigureAwait(false)
            : default;
        return charge with
        {
            Quote = quote.Number,
            Offered = quote.IsOffered,
            Withdrawn = invoice is null && await _reader.RecallAsync(
                KeyHash.Withdrawal, entry.Batch.Text(entry.Entry.Id), cancellationToken)
                .ConfigureAwait(false) is not null,
        };
    }

    private (string? Number, bool IsOffered) QuoteOf(RecalledEntry charge)
    {
        var quote = Book.FindQuoteOf(charge.Batch.Bytes(charge.Entry.Id));
        if (quote < 0 || quote >= Book.Quotes.DurableCount) return (null, true);
        var row = Book.Quotes.Durable(quote);
        return (Book.NumberOf(row), !row.IsAccepted);
    }

    /// <summary>Every charge of the chain after a place, refused ones too.</summary>
    private async Task<Page<Charge>> ListAllAsync(
        ChargeQuery query, PageCursor cursor, CancellationToken cancellationToken)
    {
        var newest = await ReadAsync(() => _reader.State.Height, cancellationToken)
            .ConfigureAwait(false);
        var wanted = query.Customer is null ? null : Encoding.UTF8.GetBytes(query.Customer);
        var after = new EntryLocation(cursor.Location);
        var (items, bytes) = (new List<Charge>(), 0L);
        for (var height = long.Max(1, after.Height); height <= newest; height++)
        {
            var block = await _reader.Blocks.GetAsync(height,
                cancellationToken).ConfigureAwait(false);
            foreach (var offset in BlockEntries.Where(block, IsWanted))
            {
                var entry = BlockEntries.Read(block, offset);
                if (entry.Location.Packed <= after.Packed) continue;
                var charge = await ToChargeAsync(entry, cancellationToken).ConfigureAwait(false);
                if (query.Uninvoiced == false && charge.Invoice is null) continue;
                if (charge.Date < query.From || charge.Date > query.To) continue;
                if (items.Count == query.Limit) return Page(after);
                items.Add(charge);
                after = entry.Location;
            }
            bytes += block.Body.Length;
            // Where few are wanted, a page ends before it is full.
            if (bytes > BytesPerPage && height < newest)
                return Page(new EntryLocation(height + 1, 0));
        }
        return new Page<Charge>(items, null);

        Page<Charge> Page(EntryLocation last) =>
            new(items, _reader.Encode(cursor with { Location = last.Packed }));

        bool IsWanted(RequestBatch batch) => ChargeKind.IsCharge(batch, batch[0])
            && (wanted is null || batch.Bytes(batch.Billing(batch[0]).Customer)
                .SequenceEqual(wanted));
    }

    /// <summary>The charges that no invoice bills, in the order in which they opened.</summary>
    private async Task<Page<Charge>> ListOpenAsync(
        ChargeQuery query, PageCursor cursor, CancellationToken cancellationToken)
    {
        var open = await new OpenChargeList(_reader, cursor)
            .ReadAsync(query.Customer, (query.From, query.To), query.Limit + 1, cancellationToken)
            .ConfigureAwait(false);
        var items = new List<Charge>();
        foreach (var (_, id, _) in open.Take(query.Limit))
            items.Add((await GetChargeAsync(id, cancellationToken).ConfigureAwait(false))!);
        if (open.Count <= query.Limit) return new Page<Charge>(items, null);
        var (location, last, row) = open[query.Limit - 1];
        return new Page<Charge>(items,
            _reader.Encode(cursor with { Location = location, Name = last, Row = row }));
    }

    /// <summary>What a subscription's terms came to.</summary>
    /// <param name="End">Its last day; 0 for none.</param>
    /// <param name="Prices">Its prices, the newest word first.</param>
    /// <param name="Beyond">The charges that have days after its end all the same.</param>
    private sealed record SubscriptionLeft(int End, IReadOnlyList<SubscriptionPrice> Prices,
        List<(string Id, int Last)> Beyond);
}
