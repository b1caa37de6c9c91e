using Settle.Reading;
using Settle.Scheduling;
using Settle.Stores;
using Settle.Wire;

namespace Settle.Billing;

/// <summary>
/// The documents of issued invoices, each with its own copy of seller and buyer. They follow the
/// blocks: whoever finds one missing writes it, so that a process that ended in between is made up
/// for by the next one.
/// </summary>
internal sealed class InvoiceDocuments(
    LedgerReader reader, ISideDocuments sideDocuments, Profiles profiles, Scheduler scheduler)
{
    private const int PageInvoices = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<BlockHash, byte[]> _sellers = [];
    private SharedPromise? _healing;
    private long _place;

    private BillingBook Book => reader.State.Book.Billing;

    /// <summary>Writes every document that is missing.</summary>
    public async Task HealAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var count = await reader.ReadAsync(() => Book.Invoices.DurableCount, cancellation)
                .ConfigureAwait(false);
            if (count <= Interlocked.Read(ref _place)) return;
            var mine = new SharedPromise(scheduler.Promise);
            Task? others;
            lock (_gate)
            {
                others = _healing?.WaitAsync();
                _healing ??= mine;
            }
            if (others is null) await HealAsync(mine, count, cancellation).ConfigureAwait(false);
            else await others.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The same beside whatever the caller does; what fails is tried again.</summary>
    public Task StartHealing(CancellationToken cancellation) =>
        scheduler.StartAsync(() => HealAsync(cancellation));

    /// <summary>Seller and buyer as they are on an invoice.</summary>
    public async Task<(Party Seller, Party Buyer)> GetPartiesAsync(
        RecalledEntry invoice, string number, CancellationToken cancellation)
    {
        var terms = invoice.Batch.Billing(invoice.Entry);
        var sellerHash = BillingBook.HashOf(invoice.Batch, terms.Seller);
        var buyerHash = BillingBook.HashOf(invoice.Batch, terms.Buyer);
        var seller = await profiles.GetAsync(sellerHash, cancellation).ConfigureAwait(false);
        var id = "invoice:" + number;
        var body = await sideDocuments.GetAsync(id, cancellation).ConfigureAwait(false);
        if (body is { } json)
        {
            return SideDocumentJson.Read(id, json, document => (
                Read(document, "seller") with { Logo = seller?.Logo }, Read(document, "buyer")));
        }
        var buyer = await profiles.GetAsync(buyerHash, cancellation).ConfigureAwait(false);
        return (seller ?? Unknown, buyer ?? Unknown);
    }

    /// <summary>The seller and a customer as they are now.</summary>
    public async Task<(Party Seller, Party Buyer)> GetPartiesNowAsync(
        string customer, CancellationToken cancellation)
    {
        var (sellerHash, buyerHash) = await reader.ReadAsync(() => (Book.DurableSeller!.Profile,
            Book.Customers.Durable(Book.FindCustomer(Encoding.UTF8.GetBytes(customer))).Profile),
            cancellation).ConfigureAwait(false);
        return (await profiles.GetAsync(sellerHash, cancellation).ConfigureAwait(false) ?? Unknown,
            await profiles.GetAsync(buyerHash, cancellation).ConfigureAwait(false) ?? Unknown);
    }

    private async Task HealAsync(SharedPromise whenOver, int count, CancellationToken cancellation)
    {
        try
        {
            var place = await FindPlaceAsync(count, cancellation).ConfigureAwait(false);
            while (place < count)
            {
                var to = int.Min(count, place + PageInvoices);
                await WriteAsync(place, to, cancellation).ConfigureAwait(false);
                place = to;
            }
            Interlocked.Exchange(ref _place, count);
        }
        finally
        {
            lock (_gate) _healing = null;
            whenOver.SetResult();
        }
    }

    // Documents are written in the order of their invoices, a page at a time. So if a page of them
    // in a row is there, all before them are too: nobody has to note how far they are, and nobody
    // is believed who does.
    private async Task<int> FindPlaceAsync(int count, CancellationToken cancellation)
    {
        var known = (int)Interlocked.Read(ref _place);
        if (known > 0) return known;
        for (var to = count; to > 0;)
        {
            var (from, ids) = await reader.ReadAsync(() => PageBefore(to), cancellation)
                .ConfigureAwait(false);
            var found = await sideDocuments.FindAsync(ids, cancellation).ConfigureAwait(false);
            if (found.Count == ids.Count) return to;
            // In a copy of the chain without its names and addresses none can be made.
            if (to == count && !await HasSellerAsync(cancellation).ConfigureAwait(false))
                return count;
            to = from;
        }
        return 0;
    }

    // As many invoices as are written together, and where the first of them is.
    private (int From, List<string> Ids) PageBefore(int to)
    {
        var ids = new List<string>(PageInvoices);
        var from = to;
        while (from > 0 && ids.Count < PageInvoices)
            if (IsShown(Book.Invoices[--from])) ids.Add(IdOf(Book.Invoices[from]));
        return (from, ids);
    }

    // A credit note has the parties of its invoice, and what was brought along has a paper already.
    private static bool IsShown(in InvoiceRow row) =>
        row is { IsCreditNote: false, IsOurs: true };

    private string IdOf(in InvoiceRow row) => "invoice:" + Book.NumberOf(row);

    private async Task<bool> HasSellerAsync(CancellationToken cancellation)
    {
        var hash = await reader.ReadAsync(() => Book.DurableSeller?.Profile, cancellation)
            .ConfigureAwait(false);
        return hash is { } known
            && await profiles.GetAsync(known, cancellation).ConfigureAwait(false) is not null;
    }

    private static Party Unknown => new() { Name = "?", Country = "ZZ" };

    private static Party Read(JsonElement document, string name) =>
        document.GetProperty(name).Deserialize(WireJson.Compact.Party) ?? Unknown;

    private async Task WriteAsync(int from, int to, CancellationToken cancellation)
    {
        var rows = await reader.ReadAsync(() =>
        {
            var rows = new List<(EntryLocation Location, string Id)>(to - from);
            for (var i = from; i < to; i++)
            {
                if (IsShown(Book.Invoices[i]))
                    rows.Add((Book.Invoices[i].Location, IdOf(Book.Invoices[i])));
            }
            return rows;
        }, cancellation).ConfigureAwait(false);
        var found = await sideDocuments.FindAsync([.. rows.Select(row => row.Id)], cancellation)
            .ConfigureAwait(false);
        var entries = new List<RecalledEntry>(rows.Count);
        foreach (var (location, id) in rows)
        {
            if (found.Contains(id)) continue;
            entries.Add(
                await reader.ReadEntryAsync(location, cancellation).ConfigureAwait(false));
        }
        var buyers = await profiles.GetAllAsync(entries.Select(BuyerOf), cancellation)
            .ConfigureAwait(false);
        var documents = new List<Document>(entries.Count);
        foreach (var entry in entries)
        {
            if (buyers.TryGetValue(BuyerOf(entry), out var buyer)
                && await MakeAsync(entry, Profiles.JsonIn(BuyerOf(entry), buyer), cancellation)
                    .ConfigureAwait(false) is { } document)
                documents.Add(document);
        }
        await sideDocuments.CreateAsync(documents, cancellation).ConfigureAwait(false);
    }

    // None in a copy of the chain whose names and addresses were not copied (yet).
    private async Task<Document?> MakeAsync(
        RecalledEntry invoice, byte[] buyer, CancellationToken cancellation)
    {
        var batch = invoice.Batch;
        var terms = batch.Billing(invoice.Entry);
        var sellerHash = BillingBook.HashOf(batch, terms.Seller);
        if (!_sellers.TryGetValue(sellerHash, out var seller))
        {
            var party = await profiles.GetAsync(sellerHash, cancellation).ConfigureAwait(false);
            if (party is null) return null;
            seller = Json(party with { Logo = null });
            _sellers.Add(sellerHash, seller);
        }
        var number = batch.Text(terms.Number);
        return new Document("invoice:" + number,
            Write(batch, invoice.Entry, seller, buyer, reader.DefaultAsset));
    }

    private static BlockHash BuyerOf(RecalledEntry invoice) =>
        BillingBook.HashOf(invoice.Batch, invoice.Batch.Billing(invoice.Entry).Buyer);

    /// <exception cref="StoreCorruptException">Its parties cannot be read.</exception>
    public static void Check(Document document) => SideDocumentJson.Read(document.Id,
        document.Body, json => (Read(json, "seller"), Read(json, "buyer")));

    private static byte[] Json(Party party) =>
        JsonSerializer.SerializeToUtf8Bytes(party, WireJson.Compact.Party);

    private static byte[] Write(RequestBatch batch, in Request entry, byte[] seller,
        byte[] buyer, string defaultAsset)
    {
        ref readonly var terms = ref batch.Billing(entry);
        var json = new JsonBuffer(1024);
        json.Raw("{\"amount\":"u8);
        json.Number(entry.Amount);
        Text("asset", entry.Asset.IsEmpty
            ? Encoding.UTF8.GetBytes(defaultAsset) : batch.Bytes(entry.Asset));
        Key("buyer").Raw(buyer);
        if (!terms.CashDiscount.IsEmpty) Text("cash_discount", batch.Bytes(terms.CashDiscount));
        Text("customer", batch.Bytes(terms.Customer));
        Day("date", terms.Date);
        if (terms.IsDeposit) Key("deposit").Raw("true"u8);
        else if (!terms.Deposits.IsEmpty) Key("deposits").Raw(batch.Bytes(terms.Deposits));
        Day("due", terms.Due);
        Text("id", batch.Bytes(entry.Id));
        Key("invoiced_charges").Raw(batch.Bytes(terms.Charges));
        Key("net").Number(terms.Net);
        Text("number", batch.Bytes(terms.Number));
        if (!terms.RatePair.IsEmpty)
        {
            Text("rate", batch.Bytes(terms.Rate));
            Day("rate_date", terms.RateDate);
            Text("rate_pair", batch.Bytes(terms.RatePair));
        }
        Key("seller").Raw(seller);
        Key("tax").Number(terms.TaxSum);
        if (!terms.RatePair.IsEmpty)
        {
            Text("tax_currency", batch.Bytes(terms.TaxCurrency));
            Key("tax_in_currency").Number(terms.TaxConverted);
        }
        Key("taxes").Raw(batch.Bytes(terms.Taxes));
        Day("through", terms.Through);
        Text("type", "invoice"u8);
        json.Raw("}"u8);
        return json.Written.ToArray();

        JsonBuffer Key(string name)
        {
            json.Raw(Encoding.ASCII.GetBytes($",\"{name}\":"));
            return json;
        }

        void Text(string name, ReadOnlySpan<byte> text) => Key(name).String(text);

        void Day(string name, int day)
        {
            var text = (stackalloc byte[Days.TextLength]);
            Days.Write(text, day);
            Key(name).String(text);
        }
    }
}
