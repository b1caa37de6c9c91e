using Settle.Reading;
using Settle.Settling;
using Settle.Views;

namespace Settle.Billing;

/// <content>Seller and customers.</content>
internal sealed partial class LocalBilling
{
    private const string Customers = "customers";

    public async Task<Seller> PutSellerAsync(
        SellerRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        request = SellerTerms.Checked(request);
        var job = _submitter.Rent();
        // What is malformed must not leave a document behind.
        BillingRequests.Add(job.Batch, EntryKind.Seller, id,
            BillingRequests.Filler(request, _reader.Assets));
        var current = await ReadAsync(() =>
        {
            SeriesRules.Check(Book, request.Series);
            return Book.DurableSeller?.Profile;
        }, cancellationToken).ConfigureAwait(false);
        var profile = await KeepAsync(
            request.Id, request.Party, null, current, cancellationToken).ConfigureAwait(false);
        return await SettleAsync(job, id, request.Party, profile, job =>
            PartyViews.Seller(
                job.Entry(), request.Party, _reader.Assets, job.Verdicts[0].Replayed),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<Seller?> GetSellerAsync(CancellationToken cancellationToken = default)
    {
        var state = await ReadAsync(() => Book.DurableSeller,
            cancellationToken).ConfigureAwait(false);
        if (state is null) return null;
        var entry = await _reader.ReadEntryAsync(state.Location, cancellationToken)
            .ConfigureAwait(false);
        return PartyViews.Seller(
            entry, await PartyAsync(entry, cancellationToken).ConfigureAwait(false),
            _reader.Assets);
    }

    public async Task<Customer> PutCustomerAsync(
        CustomerRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? _submitter.NewId();
        request = request with { Party = PartyCheck.Checked(request.Party, isSeller: false) };
        var (current, zone) = await ReadAsync(() =>
            (ProfileOf(request.Customer), request.Zone ?? ZoneOf(null)), cancellationToken)
            .ConfigureAwait(false);
        var job = _submitter.Rent();
        // What is malformed must not leave a document behind.
        BillingRequests.Add(
            job.Batch, EntryKind.Customer, id, BillingRequests.Filler(request, zone));
        var profile = await KeepAsync(request.Id, request.Party, request.Customer, current,
            cancellationToken).ConfigureAwait(false);
        return await SettleAsync(job, id, request.Party, profile, job =>
            PartyViews.Customer(job.Entry(), request.Party, _reader.DefaultAsset,
                job.Verdicts[0].Replayed), cancellationToken).ConfigureAwait(false);
    }

    public async Task<Customer?> GetCustomerAsync(
        string customer, CancellationToken cancellationToken = default)
    {
        var location = await ReadAsync(() => FindCustomer(customer) is var number and >= 0
            ? Book.Customers.Durable(number).Location : default, cancellationToken)
            .ConfigureAwait(false);
        if (location.IsNone) return null;
        var entry = await _reader.ReadEntryAsync(location, cancellationToken).ConfigureAwait(false);
        return PartyViews.Customer(entry,
            await PartyAsync(entry, cancellationToken).ConfigureAwait(false), _reader.DefaultAsset);
    }

    public async Task<Page<Customer>> ListCustomersAsync(
        PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageCursor.CheckLimit(query.Limit);
        var after = query.After is null ? null : _reader.Decode(query.After, Customers).Name;
        var order = await _customers.GetAsync(cancellationToken).ConfigureAwait(false);
        var names = order.NamesAfter(after, query.Limit + 1);
        var items = new List<Customer>();
        foreach (var name in names.Take(query.Limit))
        {
            if (await GetCustomerAsync(name,
                cancellationToken).ConfigureAwait(false) is { } customer)
                items.Add(customer);
        }
        return new Page<Customer>(items, names.Count > query.Limit
            ? _reader.Encode(new PageCursor { List = Customers, Name = names[query.Limit - 1] })
            : null);
    }

    public async Task<Customer> EraseCustomerAsync(
        string customer, CancellationToken cancellationToken = default)
    {
        var known = await GetCustomerAsync(customer, cancellationToken).ConfigureAwait(false)
            ?? throw new NotFoundException($"there is no customer {customer}");
        // Issued invoices keep their copy, so that has to be made first.
        await _reader.RefreshAsync().ConfigureAwait(false);
        await _documents.HealAsync(cancellationToken).ConfigureAwait(false);
        await _profiles.EraseAsync(customer, cancellationToken).ConfigureAwait(false);
        return known with { Party = null, Erased = true };
    }

    private BlockHash? ProfileOf(string customer) =>
        FindCustomer(customer) is var number and >= 0
            ? Book.Customers.Durable(number).Profile : null;

    private async Task<BlockHash?> RecordedProfileAsync(
        string id, CancellationToken cancellationToken) =>
        await _reader.RecallAsync(id, cancellationToken).ConfigureAwait(false)
            is { Entry.Kind: EntryKind.Seller or EntryKind.Customer } entry
            && BlockHash.TryParse(
                entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Profile), out var recorded)
            ? recorded : null;

    // Two that sent one request at once have kept a profile each, with salts of their own.
    private async Task<T> SettleAsync<T>(Job job, string id, Party party, BlockHash profile,
        Func<Job, T> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await SettleAs(profile).ConfigureAwait(false);
        }
        catch (IdReusedException)
        {
            var recorded = await Submitter.DecidedAsync(id,
                () => RecordedProfileAsync(id, cancellationToken)).ConfigureAwait(false);
            if (recorded is null || recorded == profile
                || await Submitter.DecidedAsync(id, () => _profiles.FindSameAsync(
                    party, recorded.Value,
                        cancellationToken)).ConfigureAwait(false) is not { } same)
                throw;
            return await SettleAs(same).ConfigureAwait(false);
        }

        Task<T> SettleAs(BlockHash kept) => _submitter.SettleAsync(
            batch => BillingRequests.FillProfile(batch, ref batch.Billing(batch[0]), kept),
            settled => new ValueTask<T>(answer(settled)), cancellationToken, job);
    }

    // A repeated request names the profile that the first one kept.
    private async Task<BlockHash> KeepAsync(string? id, Party party, string? customer,
        BlockHash? current, CancellationToken cancellationToken)
    {
        var known = id is null ? current
            : await RecordedProfileAsync(id, cancellationToken).ConfigureAwait(false) ?? current;
        return (known is not { } hash ? null
            : await _profiles.FindSameAsync(party, hash, cancellationToken).ConfigureAwait(false))
            ?? await _profiles.CreateAsync(party, customer, cancellationToken)
                .ConfigureAwait(false);
    }

    private async Task<Party?> PartyAsync(RecalledEntry entry,
        CancellationToken cancellationToken) =>
        BlockHash.TryParse(
            entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Profile), out var hash)
            ? await _profiles.GetAsync(hash, cancellationToken).ConfigureAwait(false) : null;
}
