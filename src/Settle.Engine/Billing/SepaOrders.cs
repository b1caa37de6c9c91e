using Settle.Reading;
using Settle.Settling;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// Makes SEPA orders, an entry each: what one has, no other one gets. Whatever changes between the
/// plan and the decision is planned again, so any number of runs may overlap (B21).
/// </summary>
internal sealed class SepaOrders(LedgerReader reader, Submitter submitter, Profiles profiles,
    AskedRuns runs, TimeProvider clock)
{
    private const string List = "SEPA orders";

    // Each time, somebody else has decided something about the same invoices.
    private const int TriesMax = 50;

    private static readonly Party Erased = new() { Name = "", Country = "" };

    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>Makes an order for each day of a plan, or tells those that were made.</summary>
    /// <param name="ownId">The run's id; null for a new one.</param>
    /// <param name="isDry">Whether nothing is to be made.</param>
    /// <param name="asked">What it was asked for.</param>
    /// <param name="planner">Makes the plan, each time anew.</param>
    /// <param name="cancellation">Ends it between two orders.</param>
    public async Task<SepaRun> MakeAsync(string? ownId, bool isDry, AskedRun asked,
        Func<SepaPlanner> planner, CancellationToken cancellation)
    {
        var (id, isRefund) = (ownId ?? submitter.NewId(), asked.Makes == AskedRun.Payouts);
        Texts.CheckName("id", Stores.DocumentIds.Encode(id), Limits.RunIdBytesMax);
        var made = new Dictionary<string, SepaOrder>(StringComparer.Ordinal);
        for (var tries = 1; ; tries++)
        {
            await reader.RefreshAsync().ConfigureAwait(false);
            var plan = await planner().FindAsync(id, cancellation).ConfigureAwait(false);
            var orders = OrdersOf(id, plan);
            if (isDry) return Run(id, plan, await DryAsync(plan, orders, isRefund, cancellation)
                .ConfigureAwait(false), isDry);
            var known = await KnownAsync(id, isRefund, cancellation).ConfigureAwait(false);
            if (ownId is not null && tries == 1)
                await RequireSameAsync(id, asked, known, cancellation).ConfigureAwait(false);
            var missing = orders.Where(order => !known.Contains(order.Id)).ToList();
            try
            {
                foreach (var order in missing)
                {
                    cancellation.ThrowIfCancellationRequested();
                    made[order.Id] = await AskAsync(order, plan.Seller, isRefund, cancellation)
                        .ConfigureAwait(false);
                }
                return Run(id, plan, await TellAsync(
                    known.Union(missing.Select(order => order.Id)), made, cancellation)
                    .ConfigureAwait(false), isDry);
            }
            catch (RejectedException e) when (tries < TriesMax
                && e.Refusal == RefusalCode.SepaOrderOutdated)
            {
                continue;
            }
            catch (IdReusedException) when (tries < TriesMax)
            {
                // The same run, somewhere else at this moment.
                continue;
            }
        }
    }

    private async Task RequireSameAsync(
        string id, AskedRun asked, List<string> known, CancellationToken cancellation)
    {
        var first = await runs.FirstAsync(id, asked, isMade: known.Count > 0, cancellation)
            .ConfigureAwait(false);
        var field = first is not null ? first.DifferingField(asked)
            : await new OrderedBefore(reader, asked).DifferingFieldAsync(known, cancellation)
                .ConfigureAwait(false);
        if (field is null) return;
        throw new IdReusedException(id, field, known.Count == 0 ? 0
            : (await BlockOfAsync(known[0], cancellation).ConfigureAwait(false)));
    }

    public async Task<SepaOrder> CancelAsync(
        string order, SepaCancelRequest request, CancellationToken cancellation)
    {
        var found = await FindAsync(order, replayed: false, cancellation).ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no SEPA order '{order}'");
        var named = request.Items?.Select(item => Texts.Given("items", item))
            .ToHashSet(StringComparer.Ordinal);
        if (named?.FirstOrDefault(name => !found.Items.Any(item => item.Number == name))
            is { } unknown)
            throw Parse.Fault("items", unknown, "is not in this order");
        var entry = (await reader.RecallAsync(order, cancellation).ConfigureAwait(false))!;
        var known = request.Id is not { } id ? null
            : await reader.RecallAsync(id, cancellation).ConfigureAwait(false);
        var items = known is { Entry.Kind: EntryKind.SepaOrder, Entry.Reference.IsEmpty: false }
            && named?.SetEquals(ItemsOf(known).Select(NameOf)) != false ? ItemsOf(known)
            : await CancellableAsync(entry, named, cancellation).ConfigureAwait(false);
        if (items.Count == 0)
            throw new InvalidRequestException("items", "has nothing to cancel: all is paid, came "
                + "back as a charge-back, or is cancelled already");
        var isOfRefunds = found.Type == SepaOrderType.Refund;
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        List<SepaViews.ItemState>? states = null;
        return await submitter.SettleAsync(batch => BillingRequests.Add(batch,
            EntryKind.SepaOrder, request.Id ?? submitter.NewId(), (to, ref asked, ref terms) =>
        {
            asked.Reference = to.Append("order", order);
            terms.Date = day.DayNumber;
            terms.IsDefaultDate = true;
            terms.IsOfRefunds = isOfRefunds;
            Fill(to, ref asked, ref terms, items);
        }), async job => await ViewAsync(entry, order, states, job.Verdicts[0].Replayed,
            cancellation).ConfigureAwait(false), cancellation,
            committed: _ => states = StatesOf(entry, order)).ConfigureAwait(false);
    }

    public async Task<SepaOrder?> FindAsync(string id, bool replayed,
        CancellationToken cancellation, string field = "order")
    {
        var location = await reader.ReadAsync(() =>
            Book.FindOrder(Encoding.UTF8.GetBytes(Texts.Given(field, id))) is var at and >= 0
                && at < Book.Orders.DurableCount
                ? Book.Orders.Durable(at).Location : default, cancellation).ConfigureAwait(false);
        if (location.IsNone) return null;
        var entry = await reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        return await ViewAsync(entry, id, null, replayed, cancellation).ConfigureAwait(false);
    }

    public Task<Page<SepaOrderSummary>> ListAsync(PageQuery query, CancellationToken cancellation)
    {
        PageCursor.CheckLimit(query.Limit);
        var before = query.After is null ? int.MaxValue
            : (int)ulong.Min(reader.Decode(query.After, List).Location, int.MaxValue);
        return reader.ReadAsync(() =>
        {
            var last = int.Min(before, Book.Orders.DurableCount) - 1;
            var first = int.Max(0, last + 1 - query.Limit);
            var items = new List<SepaOrderSummary>();
            for (var at = last; at >= first; at--)
                items.Add(SepaViews.Summary(Book.OrderName(at), Book.Orders.Durable(at)));
            return new Page<SepaOrderSummary>(items, first == 0 ? null
                : reader.Encode(new PageCursor { List = List, Location = (ulong)first }));
        }, cancellation);
    }

    // One for each day; more where a message would be too long.
    private static List<Planned> OrdersOf(string id, SepaPlan plan) =>
        [.. plan.Days.SelectMany(day => day.Items.Chunk(Limits.SepaItemsMax)
            .Select((items, part) => new Planned(string.Create(CultureInfo.InvariantCulture,
                $"{id}:{day.Day:yyyy-MM-dd}") + (part == 0 ? "" : string.Create(
                    CultureInfo.InvariantCulture, $":{part + 1}")), day.Day, items)))];

    // A run's id may have colons too, and begin with another run's id.
    private static bool IsOf(string id, string order)
    {
        if (!order.StartsWith(id + ":", StringComparison.Ordinal)) return false;
        var parts = order[(id.Length + 1)..].Split(':');
        return parts.Length <= 2 && DateOnly.TryParseExact(parts[0], "yyyy-MM-dd",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && (parts.Length == 1 || parts[1].All(char.IsAsciiDigit));
    }

    private static SepaRun Run(
        string id, SepaPlan plan, IReadOnlyList<SepaOrder> orders, bool isDry)
    {
        var ordered = orders.SelectMany(order => order.Items).Where(item => !item.Cancelled)
            .Select(item => item.Number).ToHashSet(StringComparer.Ordinal);
        return new SepaRun
        {
            Id = id,
            Orders = orders,
            Skipped = [.. plan.Skipped.Where(item => !ordered.Contains(item.Number))],
            DryRun = isDry,
        };
    }

    /// <summary>The ids of the orders that a run has made.</summary>
    private Task<List<string>> KnownAsync(
        string id, bool isRefund, CancellationToken cancellation) => reader.ReadAsync(() =>
        {
            var known = new List<string>();
            for (var at = 0; at < Book.Orders.DurableCount; at++)
            {
                if (!IsOf(id, Book.OrderName(at))) continue;
                var order = Book.Orders.Durable(at);
                if (order.IsOfRefunds != isRefund)
                    throw new IdReusedException(id, "type", order.Location.Height);
                known.Add(Book.OrderName(at));
            }
            return known;
        }, cancellation);

    private Task<long> BlockOfAsync(string order, CancellationToken cancellation) =>
        reader.ReadAsync(() => Book.Orders.Durable(
            Book.FindOrder(Encoding.UTF8.GetBytes(order))).Location.Height, cancellation);

    private async Task<SepaOrder> AskAsync(
        Planned order, BlockHash seller, bool isRefund, CancellationToken cancellation)
    {
        List<SepaViews.ItemState>? states = null;
        return await submitter.SettleAsync(batch => Add(batch, order, seller, isRefund),
            async job => await ViewAsync(job.Entry(), order.Id, states, job.Verdicts[0].Replayed,
                cancellation).ConfigureAwait(false), cancellation,
            committed: job => states = StatesOf(job.Entry(), order.Id)).ConfigureAwait(false);
    }

    private void Add(RequestBatch batch, Planned order, BlockHash seller, bool isRefund) =>
        BillingRequests.Add(batch, EntryKind.SepaOrder, order.Id, (to, ref asked, ref terms) =>
        {
            terms.Date = order.Day.DayNumber;
            terms.IsOfRefunds = isRefund;
            terms.Seller = to.Append("seller", seller.ToString());
            asked.Timestamp = to.Append("timestamp", Now());
            Fill(to, ref asked, ref terms, order.Items);
        });

    private static void Fill(RequestBatch batch, ref Request asked, ref BillingTerms terms,
        IReadOnlyList<OrderedItem> items)
    {
        var json = new JsonBuffer(256 * items.Count);
        for (var i = 0; i < items.Count; i++) BillingJson.WriteOrdered(json, i == 0, items[i]);
        json.Raw("]"u8);
        terms.Ordered = batch.Append(json.Written);
        asked.Amount = items.Sum(item => item.Amount);
    }

    private string Now() => clock.GetUtcNow().ToString(
        "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Those that were not made just now are read.
    private async Task<List<SepaOrder>> TellAsync(IEnumerable<string> ids,
        Dictionary<string, SepaOrder> made, CancellationToken cancellation)
    {
        var told = new List<SepaOrder>();
        foreach (var id in ids)
        {
            told.Add(made.GetValueOrDefault(id) ?? (await FindAsync(
                id, replayed: true, cancellation).ConfigureAwait(false))!);
        }
        return told;
    }

    private async Task<List<SepaOrder>> DryAsync(
        SepaPlan plan, List<Planned> orders, bool isRefund, CancellationToken cancellation)
    {
        var shown = new List<SepaOrder>();
        foreach (var order in orders)
        {
            var batch = new RequestBatch();
            Add(batch, order, plan.Seller, isRefund);
            shown.Add(await ViewAsync(new RecalledEntry(batch, 0), null, null, replayed: false,
                cancellation).ConfigureAwait(false));
        }
        return shown;
    }

    /// <param name="found">The order's entry.</param>
    /// <param name="id">Its id; null where it is not made.</param>
    /// <param name="states">What its block left of each item; null for how it is now.</param>
    /// <param name="replayed">Whether it was made before.</param>
    /// <param name="cancellation">Gives up.</param>
    private async Task<SepaOrder> ViewAsync(RecalledEntry found, string? id,
        List<SepaViews.ItemState>? states, bool replayed, CancellationToken cancellation)
    {
        var items = ItemsOf(found);
        states ??= await reader.ReadAsync(() => StatesOf(found, id), cancellation)
            .ConfigureAwait(false);
        var parties = await profiles.GetAllAsync(
            items.Select(item => item.Party), cancellation).ConfigureAwait(false);
        var seller = BillingBook.HashOf(found.Batch, found.Batch.Billing(found.Entry).Seller);
        return SepaViews.Order(found,
            await profiles.GetAsync(seller, cancellation).ConfigureAwait(false) ?? Erased,
            items.ConvertAll(item => parties.TryGetValue(item.Party, out var party)
                ? Profiles.PartyIn(item.Party, party) : null), states, replayed);
    }

    private List<SepaViews.ItemState> StatesOf(RecalledEntry found, string? id)
    {
        var isOfRefunds = found.Batch.Billing(found.Entry).IsOfRefunds;
        return ItemsOf(found).ConvertAll(item =>
        {
            var (account, order, _) = StateOf(item, isOfRefunds);
            return new SepaViews.ItemState(Book.CustomerName(Book.Accounts[account].Customer),
                id is not null && order != 1 + Book.FindOrder(Encoding.UTF8.GetBytes(id)));
        });
    }

    private Task<List<OrderedItem>> CancellableAsync(
        RecalledEntry order, HashSet<string>? named, CancellationToken cancellation)
    {
        var isOfRefunds = order.Batch.Billing(order.Entry).IsOfRefunds;
        return reader.ReadAsync(() =>
        {
            var number = 1 + Book.FindOrder(order.Batch.Bytes(order.Entry.Id));
            return ItemsOf(order).FindAll(item =>
                named?.Contains(NameOf(item)) != false
                && StateOf(item, isOfRefunds) is var (_, now, isPending)
                && now == number && isPending);
        }, cancellation);
    }

    private (int Account, int Order, bool IsPending) StateOf(OrderedItem item, bool isOfRefund)
    {
        if (isOfRefund)
        {
            var refund = Book.Refunds.Durable(Book.FindRefund(item.Number));
            return (refund.Account, refund.Order, true);
        }
        var invoice = Book.Invoices.Durable(Book.FindInvoice(item.Number));
        return (invoice.Account, invoice.Order, invoice.IsCollected);
    }

    private static List<OrderedItem> ItemsOf(RecalledEntry order) => BillingJson.ReadOrdered(
        order.Batch.Bytes(order.Batch.Billing(order.Entry).Ordered));

    private static string NameOf(OrderedItem item) => Encoding.UTF8.GetString(item.Number);

    private sealed record Planned(string Id, DateOnly Day, IReadOnlyList<OrderedItem> Items);
}
