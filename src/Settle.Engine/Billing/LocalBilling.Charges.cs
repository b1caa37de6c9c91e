using System.Text;
using Settle.Chain;
using Settle.Local;

namespace Settle.Billing;

/// <content>Charges and subscriptions.</content>
internal sealed partial class LocalBilling
{
    public async Task<Charge> ChargeAsync(
        ChargeRequest request, CancellationToken cancellation = default)
    {
        var id = request.Id ?? NewId();
        var job = _ledger.Rent();
        BillingRequests.Add(job.Batch, request, id,
            await DayOfAsync(request, cancellation).ConfigureAwait(false));
        var verdict = await _ledger.SettleOneAsync(job, cancellation).ConfigureAwait(false);
        var charge = await LocalLedger.AfterDecisionAsync(
            job, decided => GetChargeAsync(decided, cancellation)).ConfigureAwait(false);
        return charge! with { Replayed = verdict.Replayed };
    }

    public async Task<Verdict[]> ChargeBatchAsync(
        ReadOnlyMemory<ChargeRequest> requests, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (requests.IsEmpty) return [];
        var now = _options.Clock.GetUtcNow();
        var days = await ReadAsync(() => DaysOf(requests.Span, now), cancellation)
            .ConfigureAwait(false);
        var job = new Settling.Job(int.Max(1, requests.Length), 256 * requests.Length);
        for (var i = 0; i < requests.Length; i++)
        {
            var charge = requests.Span[i];
            try
            {
                BillingRequests.Add(job.Batch, charge, charge.Id ?? NewId(), days[i]);
            }
            catch (InvalidRequestException e)
            {
                throw e.Within($"[{i}]");
            }
        }
        await _ledger.SettleAsync(job).ConfigureAwait(false);
        return job.Verdicts;
    }

    public async Task<Charge?> GetChargeAsync(
        string id, CancellationToken cancellation = default)
    {
        var entry = await _ledger.RecallAsync(id, cancellation).ConfigureAwait(false);
        return entry is { Entry.Kind: EntryKind.Charge }
            ? await ToChargeAsync(entry, cancellation).ConfigureAwait(false) : null;
    }

    public async Task<Page<Charge>> ListChargesAsync(
        ChargeQuery query, CancellationToken cancellation = default)
    {
        CheckLimit(query.Limit);
        var cursor = query.After is null ? new Cursor() : Cursor.Decode(query.After);
        if (query.Uninvoiced == true)
            return await ListOpenAsync(query, cursor, cancellation).ConfigureAwait(false);
        var after = new EntryLocation(cursor.Location);
        var items = new List<Charge>();
        await foreach (var entry in AllEntriesAsync(query, after, cancellation)
            .ConfigureAwait(false))
        {
            var charge = await ToChargeAsync(entry, cancellation).ConfigureAwait(false);
            if (query.Uninvoiced == false && charge.Invoice is null) continue;
            if (items.Count == query.Limit)
                return new Page<Charge>(items, new Cursor { Location = after.Packed }.Encode());
            items.Add(charge);
            after = entry.Location;
        }
        return new Page<Charge>(items, null);
    }

    public async Task<Subscription> SubscribeAsync(
        SubscriptionRequest request, CancellationToken cancellation = default)
    {
        var id = request.Id ?? NewId();
        return await SettleAsync(id, BillingRequests.Filler(request, id), EntryKind.Subscription,
            async (entry, replayed) =>
            {
                var name = entry.Batch.Text(entry.Batch.Billing(entry.Entry).Subscription);
                return (await GetSubscriptionAsync(name, cancellation).ConfigureAwait(false))!
                    with { Replayed = replayed };
            }, cancellation).ConfigureAwait(false);
    }

    public async Task<Subscription> EndSubscriptionAsync(string subscription, DateOnly end,
        string? id = null, CancellationToken cancellation = default)
    {
        return await SettleAsync(id ?? NewId(), (batch, ref _, ref terms) =>
        {
            terms.Subscription = batch.Append("subscription", subscription);
            terms.End = end.DayNumber;
        }, EntryKind.Subscription, async (_, replayed) =>
            (await GetSubscriptionAsync(subscription, cancellation).ConfigureAwait(false))!
                with { Replayed = replayed }, cancellation).ConfigureAwait(false);
    }

    public async Task<Page<Subscription>> ListSubscriptionsAsync(
        PageQuery query, CancellationToken cancellation = default)
    {
        CheckLimit(query.Limit);
        var after = query.After is null ? null : Cursor.Decode(query.After).Name;
        var names = await ReadAsync(() => Next(after, query.Limit + 1,
            Book.Subscriptions.DurableCount, Book.SubscriptionName), cancellation)
            .ConfigureAwait(false);
        var items = new List<Subscription>();
        foreach (var name in names.Take(query.Limit))
            items.Add((await GetSubscriptionAsync(name, cancellation).ConfigureAwait(false))!);
        return new Page<Subscription>(items, names.Count > query.Limit
            ? new Cursor { Name = names[query.Limit - 1] }.Encode() : null);
    }

    private async Task<Subscription?> GetSubscriptionAsync(
        string subscription, CancellationToken cancellation)
    {
        var row = await ReadAsync(() =>
        {
            var number = Book.FindSubscription(Encoding.UTF8.GetBytes(subscription));
            return number >= 0 && number < Book.Subscriptions.DurableCount
                ? Book.Subscriptions.Durable(number) : default;
        }, cancellation).ConfigureAwait(false);
        if (row.Location.IsNone) return null;
        var entry = await _ledger.ReadEntryAsync(row.Location, cancellation)
            .ConfigureAwait(false);
        var terms = entry.Batch.Billing(entry.Entry);
        return new Subscription
        {
            Id = subscription,
            Customer = entry.Batch.Text(terms.Customer),
            Amount = row.Amount,
            Asset = EntryViews.Asset(entry.Batch, entry.Entry.Asset,
                await _ledger.DefaultAssetAsync(cancellation).ConfigureAwait(false)),
            Description = entry.Batch.Text(terms.Description),
            Tax = row.Tax.Text,
            Prices = row.IsGross ? "gross" : "net",
            Start = DateOnly.FromDayNumber(row.Start),
            End = row.End == 0 ? null : DateOnly.FromDayNumber(row.End),
            Block = entry.Height,
        };
    }

    private async Task<DateOnly> DayOfAsync(
        ChargeRequest request, CancellationToken cancellation)
    {
        var now = _options.Clock.GetUtcNow();
        return (await ReadAsync(() => DaysOf([request], now), cancellation)
            .ConfigureAwait(false))[0];
    }

    private DateOnly[] DaysOf(ReadOnlySpan<ChargeRequest> requests, DateTimeOffset now)
    {
        var days = new DateOnly[requests.Length];
        for (var i = 0; i < days.Length; i++)
        {
            if (requests[i].Customer is not { } customer)
                throw new InvalidRequestException("customer", "is missing").Within($"[{i}]");
            days[i] = requests[i].Date
                ?? Zones.DayOf(requests[i].Time ?? now, ZoneOf(customer));
        }
        return days;
    }

    private async Task<Charge> ToChargeAsync(
        RecalledEntry entry, CancellationToken cancellation)
    {
        var batch = entry.Batch;
        var terms = batch.Billing(entry.Entry);
        var id = batch.Text(entry.Entry.Id);
        return new Charge
        {
            Id = id,
            Customer = batch.Text(terms.Customer),
            Amount = entry.Entry.Amount,
            Asset = EntryViews.Asset(batch, entry.Entry.Asset,
                await _ledger.DefaultAssetAsync(cancellation).ConfigureAwait(false)),
            Date = DateOnly.FromDayNumber(terms.Date),
            Description = batch.Text(terms.Description),
            Tax = terms.Tax.IsEmpty ? null : batch.Text(terms.Tax),
            Prices = terms.IsGross ? "gross" : "net",
            Quantity = terms.HasUnitPrice ? terms.Quantity / (decimal)Scaled.One : null,
            UnitPrice = terms.HasUnitPrice ? terms.UnitPrice / (decimal)Scaled.One : null,
            Unit = terms.Unit.IsEmpty ? null : batch.Text(terms.Unit),
            Discount = terms.Discount == 0 ? null : terms.Discount,
            CostCentre = terms.CostCentre.IsEmpty ? null : batch.Text(terms.CostCentre),
            Subscription = terms.Subscription.IsEmpty ? null : batch.Text(terms.Subscription),
            Invoice = await _views.FindInvoiceOfAsync(entry, cancellation).ConfigureAwait(false),
            Status = EntryViews.Status(entry.Entry.Refusal),
            Reason = EntryViews.Reason(entry.Entry.Refusal),
            Block = entry.Height,
        };
    }

    /// <summary>Every charge of the chain after a place, refused ones too.</summary>
    private async IAsyncEnumerable<RecalledEntry> AllEntriesAsync(
        ChargeQuery query, EntryLocation after,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var newest = await ReadAsync(() => _ledger.State.Height, cancellation)
            .ConfigureAwait(false);
        var wanted = query.Customer is null ? null : Encoding.UTF8.GetBytes(query.Customer);
        for (var height = long.Max(1, after.Height); height <= newest; height++)
        {
            var block = await _ledger.ReadBlockAsync(height, cancellation).ConfigureAwait(false);
            foreach (var offset in BlockEntries.Where(block, IsWanted))
            {
                if (new EntryLocation(height, offset).Packed > after.Packed)
                    yield return LocalLedger.ReadEntry(block, offset);
            }
        }

        bool IsWanted(RequestBatch batch) => batch[0].Kind == EntryKind.Charge
            && (wanted is null || batch.Bytes(batch.Billing(batch[0]).Customer)
                .SequenceEqual(wanted));
    }

    /// <summary>The charges that no invoice bills, in the order in which they opened.</summary>
    private async Task<Page<Charge>> ListOpenAsync(
        ChargeQuery query, Cursor cursor, CancellationToken cancellation)
    {
        var rows = await ReadAsync(() => OpenAfter(query, cursor), cancellation)
            .ConfigureAwait(false);
        var items = new List<Charge>();
        foreach (var (_, id) in rows.Take(query.Limit))
            items.Add((await GetChargeAsync(id, cancellation).ConfigureAwait(false))!);
        if (rows.Count <= query.Limit) return new Page<Charge>(items, null);
        var last = rows[query.Limit - 1];
        return new Page<Charge>(
            items, new Cursor { Location = last.Location, Name = last.Id }.Encode());
    }

    // A credit note opens several at one place: their ids order them. Only the first ones are
    // kept, or each page of very many would sort them all.
    private List<(ulong Location, string Id)> OpenAfter(ChargeQuery query, Cursor cursor)
    {
        var lastFirst = Comparer<int>.Create((a, b) => Compare(b, a));
        var first = new PriorityQueue<int, int>(query.Limit + 2, lastFirst);
        var only = query.Customer is null ? -1
            : Book.FindCustomer(Encoding.UTF8.GetBytes(query.Customer));
        for (var account = 0; account < Book.Accounts.DurableCount; account++)
        {
            if (query.Customer is not null && Book.Accounts[account].Customer != only) continue;
            foreach (var at in Book.OpenNow(account))
            {
                var location = Book.Charges[at].Location.Packed;
                if (location < cursor.Location
                    || (location == cursor.Location && IsBefore(IdOf(at)))) continue;
                if (first.Count <= query.Limit) first.Enqueue(at, at);
                else first.EnqueueDequeue(at, at);
            }
        }
        var found = new List<(ulong, string)>(first.Count);
        while (first.TryDequeue(out var at, out _))
            found.Add((Book.Charges[at].Location.Packed, IdOf(at)));
        found.Reverse();
        return found;

        int Compare(int a, int b)
        {
            var order = Book.Charges[a].Location.Packed.CompareTo(Book.Charges[b].Location.Packed);
            return order != 0 ? order : string.CompareOrdinal(IdOf(a), IdOf(b));
        }

        string IdOf(int charge) => Encoding.UTF8.GetString(Book.Charges.IdOf(charge));

        bool IsBefore(string id) =>
            cursor.Name is not null && string.CompareOrdinal(id, cursor.Name) <= 0;
    }
}
