using Settle.Chain;
using Settle.Reading;
using Settle.Settling;
using Settle.Views;

namespace Settle.Billing;

/// <content>Seller and customers.</content>
internal sealed partial class LocalBilling
{
    public async Task<Seller> SetSellerAsync(
        SellerRequest request, CancellationToken cancellation = default)
    {
        var id = request.Id ?? Submitter.NewId();
        PartyCheck.Check(request.Party, isSeller: true);
        var known = await KnownProfileAsync(
            request.Id, () => Book.DurableSeller?.Profile, cancellation).ConfigureAwait(false);
        var profile = await KeepAsync(request.Party, null, known, cancellation)
            .ConfigureAwait(false);
        return await WithProfileAsync(id, request.Party, profile, kept =>
            SettleAsync(id, (batch, ref _, ref terms) =>
        {
            BillingRequests.FillPlace(
                batch, ref terms, request.Party.Country, request.Zone, kept);
            terms.TaxRates = BillingRequests.AppendTexts(batch, "tax_rates", request.TaxRates);
            terms.DefaultTax = batch.Append(
                "default_tax", BillingRequests.Rate(request.DefaultTax));
            terms.Series = batch.Append("series", request.Series);
        }, EntryKind.Seller, job => new ValueTask<Seller>(PartyViews.Seller(
            job.Entry(), request.Party, job.Verdicts[0].Replayed)), cancellation), cancellation)
            .ConfigureAwait(false);
    }

    public async Task<Seller?> GetSellerAsync(CancellationToken cancellation = default)
    {
        var state = await ReadAsync(() => Book.DurableSeller, cancellation).ConfigureAwait(false);
        if (state is null) return null;
        var entry = await _reader.ReadEntryAsync(state.Location, cancellation)
            .ConfigureAwait(false);
        return PartyViews.Seller(
            entry, await PartyAsync(entry, cancellation).ConfigureAwait(false));
    }

    public async Task<Customer> PutCustomerAsync(
        CustomerRequest request, CancellationToken cancellation = default)
    {
        var id = request.Id ?? Submitter.NewId();
        PartyCheck.Check(request.Party, isSeller: false);
        var known = await KnownProfileAsync(request.Id, () => ProfileOf(request.Customer),
            cancellation).ConfigureAwait(false);
        var zone = request.Zone
            ?? await ReadAsync(() => ZoneOf(null), cancellation).ConfigureAwait(false);
        // What is malformed must not leave a document behind.
        BillingRequests.Add(new RequestBatch(), EntryKind.Customer, id, Filler(default));
        var profile = await KeepAsync(request.Party, request.Customer, known, cancellation)
            .ConfigureAwait(false);
        return await WithProfileAsync(id, request.Party, profile, kept =>
            SettleAsync(id, Filler(kept), EntryKind.Customer, job => new ValueTask<Customer>(
                PartyViews.Customer(job.Entry(), request.Party, _reader.DefaultAsset,
                    job.Verdicts[0].Replayed)), cancellation), cancellation)
            .ConfigureAwait(false);

        BillingFiller Filler(BlockHash hash) => BillingRequests.Filler(request, zone, hash);
    }

    public async Task<Customer?> GetCustomerAsync(
        string customer, CancellationToken cancellation = default)
    {
        var location = await ReadAsync(() => FindCustomer(customer) is var number and >= 0
            ? Book.Customers.Durable(number).Location : default, cancellation)
            .ConfigureAwait(false);
        if (location.IsNone) return null;
        var entry = await _reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false);
        return PartyViews.Customer(entry,
            await PartyAsync(entry, cancellation).ConfigureAwait(false), _reader.DefaultAsset);
    }

    public async Task<Page<Customer>> ListCustomersAsync(
        PageQuery query, CancellationToken cancellation = default)
    {
        PageCursor.CheckLimit(query.Limit);
        var after = query.After is null ? null : PageCursor.Decode(query.After).Name;
        var names = await ReadAsync(() => Next(after, query.Limit + 1,
            Book.Customers.DurableCount, Book.CustomerName), cancellation).ConfigureAwait(false);
        var items = new List<Customer>();
        foreach (var name in names.Take(query.Limit))
        {
            if (await GetCustomerAsync(name, cancellation).ConfigureAwait(false) is { } customer)
                items.Add(customer);
        }
        return new Page<Customer>(items, names.Count > query.Limit
            ? new PageCursor { Name = names[query.Limit - 1] }.Encode() : null);
    }

    public async Task<Customer> EraseCustomerAsync(
        string customer, CancellationToken cancellation = default)
    {
        if (await GetCustomerAsync(customer, cancellation).ConfigureAwait(false) is null)
            throw new NotFoundException($"there is no customer {customer}");
        // Issued invoices keep their copy, so that has to be made first.
        await _reader.RefreshAsync().ConfigureAwait(false);
        await _documents.HealAsync(cancellation).ConfigureAwait(false);
        await _profiles.EraseAsync(customer, cancellation).ConfigureAwait(false);
        return (await GetCustomerAsync(customer, cancellation).ConfigureAwait(false))!;
    }

    /// <summary>The names that come next in their order.</summary>
    private static List<string> Next(
        string? after, int limit, int count, Func<int, string> nameOf)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = nameOf(i);
            if (after is not null && string.CompareOrdinal(name, after) <= 0) continue;
            names.Add(name);
            if (names.Count > limit) names.Remove(names.Max!);
        }
        return [.. names];
    }

    private BlockHash? ProfileOf(string customer) =>
        FindCustomer(customer) is var number and >= 0
            ? Book.Customers.Durable(number).Profile : null;

    // A repeated request names the profile that the first one kept.
    private async Task<BlockHash?> KnownProfileAsync(
        string? id, Func<BlockHash?> current, CancellationToken cancellation)
    {
        if (id is not null && await RecordedProfileAsync(id, cancellation).ConfigureAwait(false)
            is { } recorded)
            return recorded;
        return await ReadAsync(current, cancellation).ConfigureAwait(false);
    }

    private async Task<BlockHash?> RecordedProfileAsync(
        string id, CancellationToken cancellation) =>
        await _reader.RecallAsync(id, cancellation).ConfigureAwait(false)
            is { Entry.Kind: EntryKind.Seller or EntryKind.Customer } entry
            && BlockHash.TryParse(
                entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Profile), out var recorded)
            ? recorded : null;

    // Two that sent one request at once have kept a profile each, with salts of their own.
    private async Task<T> WithProfileAsync<T>(string id, Party party, BlockHash profile,
        Func<BlockHash, Task<T>> settle, CancellationToken cancellation)
    {
        try
        {
            return await settle(profile).ConfigureAwait(false);
        }
        catch (IdReusedException)
        {
            var recorded = await Submitter.DecidedAsync(id,
                () => RecordedProfileAsync(id, cancellation)).ConfigureAwait(false);
            if (recorded is null || recorded == profile
                || await Submitter.DecidedAsync(id, () => _profiles.FindSameAsync(
                    party, recorded.Value, cancellation)).ConfigureAwait(false) is not { } same)
                throw;
            return await settle(same).ConfigureAwait(false);
        }
    }

    private async Task<BlockHash> KeepAsync(Party party, string? customer, BlockHash? known,
        CancellationToken cancellation) =>
        (known is { } hash
            ? await _profiles.FindSameAsync(party, hash, cancellation).ConfigureAwait(false)
            : null)
        ?? await _profiles.CreateAsync(party, customer, cancellation).ConfigureAwait(false);

    private async Task<Party?> PartyAsync(RecalledEntry entry, CancellationToken cancellation) =>
        BlockHash.TryParse(
            entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Profile), out var hash)
            ? await _profiles.GetAsync(hash, cancellation).ConfigureAwait(false) : null;
}
