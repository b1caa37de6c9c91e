using System.Net;
using Settle.Stores.CouchDb.Design;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Documents in a CouchDB database, which any number of processes may use at once. A create is a
/// PUT without a revision, which the server takes only while it has no such document. Where there
/// are several copies, <see cref="ClusterWriter"/> and <see cref="ClusterReader"/> decide what
/// CouchDB leaves open.
/// </summary>
internal sealed class CouchStore : IStore, IFollowable
{
    private const int LargeBytes = 64 * 1024;

    private readonly CouchConnection _connection;
    private readonly CouchAddress _address;
    private readonly bool _isReadOnly;
    private readonly CouchFeed _feed;
    private readonly ClusterWriter? _writer;
    private readonly ClusterReader? _reader;
    private readonly ClusterLook? _look;
    private readonly KnownBlock _known;
    private readonly BlockForm _form;
    private readonly string _instance;
    private volatile bool _areLarge;
    private bool _isDisposed;

    private CouchStore(CouchConnection connection,
        (int Copies, string Instance, int BodyBytesMax) info, bool isReadOnly)
    {
        (_connection, _address, _isReadOnly) = (connection, connection.Address, isReadOnly);
        _feed = new CouchFeed(connection, CouchFeed.UsualPatience);
        (_known, _instance) = (new KnownBlock(connection), info.Instance);
        _form = new BlockForm(connection);
        BodyBytesMax = int.Min(info.BodyBytesMax, Limits.BlockBytesMax);
        if (info.Copies <= 1) return;
        _look = new ClusterLook(
            new CopyReader(connection, info.Instance), connection, info.Copies, isReadOnly);
        _writer = new ClusterWriter(connection, _look, info.Copies);
        _reader = new ClusterReader(_look);
    }

    public CouchAddress Address => _address;

    /// <summary>The same connection, for documents other than blocks.</summary>
    public CouchConnection Connection => _connection;

    public string Location => _address.Location;

    public StoreClock? Clock => _connection.ServerClock;

    public bool KeepsBytes => false;

    public int BodyBytesMax { get; }

    public CouchFeed Feed => _feed;

    public bool HasCopies => _look is not null;

    public bool IsFollowed => _feed.IsAnswering;

    public TimeSpan SilenceMax => CouchFeed.SilenceMax;

    /// <summary>Opens a database.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="mayMake">Whether it is made when absent.</param>
    /// <param name="isReadOnly">Whether nothing is ever written to it.</param>
    /// <param name="cancellation">Gives up opening.</param>
    /// <param name="network">How it is reached; null for the machine's network.</param>
    /// <exception cref="UnauthorizedException">The user may not.</exception>
    /// <exception cref="StoreUnavailableException">Absent, or not to be reached.</exception>
    public static async Task<CouchStore> OpenAsync(CouchAddress address, bool mayMake,
        bool isReadOnly, CancellationToken cancellation, CouchNetwork? network = null)
    {
        var connection = new CouchConnection(address, network);
        try
        {
            var info = await CouchDatabase
                .OpenAsync(connection, mayMake && !isReadOnly, isReadOnly, cancellation)
                .ConfigureAwait(false);
            return new CouchStore(connection, info, isReadOnly);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async ValueTask<CreateOutcome> CreateAsync(
        string id, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isReadOnly) throw CouchErrors.ReadOnly(_address);
        await CheckAsync(cancellation).ConfigureAwait(false);
        var stored = await _form.OfAsync(body).ConfigureAwait(false);
        var asked = _known.Ask();
        var outcome = _writer is null ? await CreateOnOneAsync(id, stored).ConfigureAwait(false)
            : await _writer.CreateAsync(id, stored).ConfigureAwait(false);
        if (outcome != CreateOutcome.Created) return outcome;
        // Below the first block there is none that tells whether the database is still the same.
        if (_known.IsNone) _known.Note(id, CouchRow.HashIn(body.Span), asked);
        await CheckCreatedAsync(id).ConfigureAwait(false);
        _known.Note(id, CouchRow.HashIn(body.Span), asked);
        return outcome;
    }

    // Where answers are slow, the database may have been put back since it was looked at.
    private async Task CheckCreatedAsync(string id)
    {
        try
        {
            await CheckAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            throw new WriteOutcomeUnknownException(id, e);
        }
    }

    private async Task<CreateOutcome> CreateOnOneAsync(string id, ReadOnlyMemory<byte> body)
    {
        // Once it is sent, only an answer ends it: who gives up would not know the outcome.
        var answer = await _connection.PutAsync(id, body).ConfigureAwait(false);
        return answer.Status switch
        {
            HttpStatusCode.Created => Created(id, answer),
            HttpStatusCode.Conflict => CreateOutcome.Exists,
            // Some servers ask who may change the block before they look whether there is one.
            HttpStatusCode.Forbidden
                when await GetAsync(id, CancellationToken.None).ConfigureAwait(false) is not null =>
                CreateOutcome.Exists,
            HttpStatusCode.RequestTimeout => throw CouchErrors.Unknown(id, answer),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError =>
                throw CouchErrors.Refused(_address, answer, id, body),
            // 202 too: too few copies have it, so that it may be lost or outvoted.
            _ => throw CouchErrors.Unknown(id, answer),
        };
    }

    public async ValueTask<IReadOnlyList<Document>> ReadAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (limit == 0
            || DocumentIds.Encode(idFrom).AsSpan().SequenceCompareTo(DocumentIds.Encode(idTo)) > 0)
            return [];
        var asked = _known.Ask();
        var rows = await ReadRowsAsync(idFrom, idTo,
            // One more says which of the ones before it won.
            _reader is null || limit == int.MaxValue ? limit : limit + 1, cancellation)
            .ConfigureAwait(false);
        if (_reader is not null)
        {
            var winners = await _reader.ConfirmAsync(rows, limit, cancellation)
                .ConfigureAwait(false);
            if (winners is [.., var newest])
                _known.Note(newest.Id, CouchRow.Of(newest.Id, newest.Body).Hash, asked);
            return winners;
        }
        if (rows.Count > 0 && rows[int.Min(limit, rows.Count) - 1] is var last)
            _known.Note(last.Id, last.Hash, asked);
        return [.. rows.Take(limit).Select(row => row.Document)];
    }

    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_known.ToLookFor is not var (id, hash)) return;
        var asked = _known.Ask();
        var row = await FindAsync(id, cancellation).ConfigureAwait(false);
        if (row is null || !KnownBlock.IsSame(row.Hash, hash))
        {
            if (_look is null || hash is null)
                throw _known.Lost(id, row is null ? "it has none" : $"it has {row.Hash}");
            await CheckCopiesAsync(id, hash, cancellation).ConfigureAwait(false);
        }
        _known.Note(id, hash, asked);
    }

    public async ValueTask ProbeAsync(bool hasFailed, CancellationToken cancellation)
    {
        await CheckAsync(cancellation).ConfigureAwait(false);
        if (_isReadOnly) throw CouchErrors.ReadOnly(_address);
        await new WriteProbe(_connection).RunAsync(hasFailed, cancellation).ConfigureAwait(false);
    }

    public async ValueTask<Document?> GetAsync(string id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var asked = _known.Ask();
        var row = await FindAsync(id, cancellation).ConfigureAwait(false);
        if (row is null) return null;
        // It may stand on one that is gone, in a database that was put back meanwhile.
        if (_known.IsBelow(id)) await CheckAsync(cancellation).ConfigureAwait(false);
        if (_reader is null)
        {
            // A write whose answer was lost is found here.
            _known.Note(id, row.Hash, asked);
            return row.Document;
        }
        var nextId = BlockOrder.Next(id);
        var next = nextId is null
            ? null : await FindAsync(nextId, cancellation).ConfigureAwait(false);
        var (winner, why) = await _reader.ConfirmAsync(row, next, cancellation)
            .ConfigureAwait(false);
        if (winner is null)
            throw new StoreUnavailableException(
                $"{Location}: which {id} counts is not decided yet: {why}");
        _known.Note(id, CouchRow.Of(id, winner.Body).Hash, asked);
        return winner;
    }

    public Task FollowAsync(Action<string?> onDocument, CancellationToken cancellation) =>
        _feed.FollowAsync(onDocument, cancellation);

    public Task WaitForCopiesAsync(Predicate<string> isWanted, CancellationToken cancellation) =>
        HasCopies ? new CopyBarrier(_connection, _instance).WaitAsync(isWanted, cancellation)
            : Task.CompletedTask;

    public ISideDocuments OpenSideDocuments(bool isReadOnly) => new CouchSideDocuments(this);

    public string? IndexPath(string? cacheFolder) =>
        IndexCache.FolderOf(_address.Name, Location, cacheFolder);

    public async Task InstallViewsAsync(string defaultAsset, CancellationToken cancellation)
    {
        await DesignInstaller.InstallAsync(_connection, defaultAsset, cancellation)
            .ConfigureAwait(false);
        _form.ViewsAreNew();
    }

    public ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true)) _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    // What a cluster answers as a whole may come from copies that lag behind.
    private async Task CheckCopiesAsync(string id, string hash, CancellationToken cancellation)
    {
        var info = await CouchDatabase
            .OpenAsync(_connection, mayMake: false, _isReadOnly, cancellation)
            .ConfigureAwait(false);
        if (info.Instance != _instance) throw _known.Lost(id, "it was recreated");
        var found = await _look!.FindAsync(
            id, body => body.Hash.ToString() == hash, cancellation).ConfigureAwait(false);
        if (found is null) throw _known.Lost(id, "no copy has it");
    }

    private CreateOutcome Created(string id, CouchAnswer answer)
    {
        if (answer.Member("rev") is not { } revision) throw CouchErrors.Unknown(id, answer);
        // The server takes a body on top of a deleted one. Then there was another under this id.
        if (!CouchRow.IsFirst(revision)) throw Deleted(id);
        return CreateOutcome.Created;
    }

    private async Task<CouchRow?> FindAsync(string id, CancellationToken cancellation)
    {
        var answer = await _connection.GetAsync(Uri.EscapeDataString(id), cancellation)
            .ConfigureAwait(false);
        switch (answer)
        {
            case { Status: HttpStatusCode.OK }:
                return answer.As(body => CouchRow.Of(id, body), _address);
            case { Status: HttpStatusCode.NotFound, Reason: "missing" }:
                return null;
            case { Status: HttpStatusCode.NotFound, Reason: "deleted" }:
                throw Deleted(id);
            default:
                throw CouchErrors.Unavailable(_address, answer);
        }
    }

    private async Task<List<CouchRow>> ReadRowsAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        var rows = new List<CouchRow>();
        // A server gives large documents faster one by one than in a listing.
        var next = _areLarge ? BlockOrder.First(idFrom) : null;
        while (next is not null && rows.Count < limit
            && await FindAsync(next, cancellation).ConfigureAwait(false) is { } row)
        {
            rows.Add(row);
            next = BlockOrder.Next(next);
        }
        // That there is nothing behind a missing one, only a listing says.
        if (rows.Count < limit)
        {
            var rest = await ListAsync(next ?? idFrom, idTo, limit - rows.Count, cancellation)
                .ConfigureAwait(false);
            await FillGapsAsync(next ?? idFrom, rest, cancellation).ConfigureAwait(false);
            rows.AddRange(rest);
        }
        if (rows.Count > 0)
            _areLarge = rows.Sum(row => (long)row.Document.Body.Length) / rows.Count >= LargeBytes;
        return rows;
    }

    private async Task<List<CouchRow>> ListAsync(
        string idFrom, string idTo, int limit, CancellationToken cancellation)
    {
        var answer = await _connection.GetAsync(string.Create(CultureInfo.InvariantCulture,
            $"_all_docs?include_docs=true&limit={limit}&startkey={Key(idFrom)}&endkey={Key(idTo)}"),
            cancellation).ConfigureAwait(false);
        if (answer.Status != HttpStatusCode.OK) throw CouchErrors.Unavailable(_address, answer);
        var rows = answer.As(CouchListing.Read, _address)
            ?? throw CouchErrors.Unavailable(_address, answer);
        return rows.ConvertAll(row => row.Row ?? throw Deleted(row.Id));
    }

    // A listing is not a snapshot: each part of the database is read at its own moment. A block
    // that it missed although it has a later one was written in between, and is there now.
    private async Task FillGapsAsync(
        string idFrom, List<CouchRow> rows, CancellationToken cancellation)
    {
        while (BlockOrder.FindGap(idFrom, rows) is { } gap)
        {
            var missed = await FindAsync(gap.Id, cancellation).ConfigureAwait(false);
            if (missed is null) return; // It is missing indeed.
            rows.Insert(gap.At, missed);
        }
    }

    private StoreCorruptException Deleted(string id) =>
        new($"{Location}: {id} was deleted, which nobody may do; run settle verify");

    private static string Key(string id) =>
        Uri.EscapeDataString($"\"{JsonEncodedText.Encode(id)}\"");
}
