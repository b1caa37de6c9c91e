using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Settle.Hosting;
using Settle.Local;
using Settle.Settling;
using Settle.Stores;

namespace Settle.Server;

/// <summary>The ledgers that a server has open, by name.</summary>
internal sealed partial class LedgerHost : ILedgerDirectory, IAsyncDisposable
{
    private const string FileExtension = ".db";
    private readonly ServeOptions _options;
    private readonly KeyRing? _keys;
    private readonly ClockWitness _witness;
    private readonly ILogger _log;
    private readonly string? _folder;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private ImmutableSortedDictionary<string, ILedger> _ledgers =
        ImmutableSortedDictionary.Create<string, ILedger>(StringComparer.Ordinal);

    // The obstacles that the log has: each is logged once, however often somebody looks.
    private ImmutableDictionary<string, string> _logged = ImmutableDictionary<string, string>.Empty;
    private readonly List<PeerAddress> _peers;
    private bool _isOpen;

    public LedgerHost(ServeOptions options, KeyRing? keys, IMeterFactory meters,
        ILogger<LedgerHost> log)
    {
        (_options, _keys, _log, _witness) =
            (options, keys, log, new ClockWitness(options.Clock));
        _folder = options.Ledgers.FirstOrDefault(IsFolder);
        _peers = [.. options.Peers.Select(PeerAddress.Parse)];
        if ((_folder is not null || options.Ledgers.Count > 1)
            && _peers.Find(peer => peer.Ledger is null) is { } whose)
        {
            throw new InvalidRequestException("peer", $"'{LedgerLog.Mask(whose.Url)}' does not say "
                + "whose peer it is, and there may be several ledgers: write NAME=URL");
        }
        // The server's own, while the ledgers' are the process's.
        meters.Create(Telemetry.Name).CreateObservableGauge("settle.ready", () => IsReady ? 1 : 0,
            null, "Whether every ledger is open and can be written");
    }

    /// <summary>Whether the keys cannot be read; the log says why.</summary>
    public bool HasKeysFault => _keys?.Fault is not null;

    /// <summary>
    /// Whether every ledger is open and can be written, as far as is known without a look; and
    /// whether the keys can be read.
    /// </summary>
    public bool IsReady => _isOpen && !HasKeysFault
        && Local.All(ledger => ledger.Obstacle is null);

    /// <summary>
    /// With how many servers of other sites no blocks can be exchanged; null where there are none.
    /// </summary>
    public int? PeersAway => _peers.Count == 0 ? null
        : Local.Sum(ledger => ledger.Peers?.Count(peer => peer.Error is not null) ?? 0);

    private IEnumerable<IKnowsItsHealth> Local => _ledgers.Values.OfType<IKnowsItsHealth>();

    /// <summary>Looks whether every ledger can be written now, and logs why one cannot.</summary>
    /// <returns>What cannot be, and why.</returns>
    /// <exception cref="StoreUnavailableException">They are still being opened.</exception>
    public async Task<List<(IKnowsItsHealth Ledger, SettleException Why)>> FindObstaclesAsync(
        CancellationToken cancellation)
    {
        if (!_isOpen)
            throw new StoreUnavailableException("the ledgers are not all open yet");
        var found = new List<(IKnowsItsHealth, SettleException)>();
        foreach (var ledger in Local)
        {
            var why = await ledger.FindObstacleAsync(cancellation).ConfigureAwait(false);
            if (why is not null) found.Add((ledger, why));
            Note(ledger, why);
        }
        return found;
    }

    /// <summary>Whether new ledgers can be made.</summary>
    public bool CanCreate => _folder is not null;

    public IEnumerable<ILedger> All => _ledgers.Values;

    /// <summary>Opens them all.</summary>
    public async Task OpenAllAsync(CancellationToken cancellation)
    {
        foreach (var location in _options.Ledgers.SelectMany(Files))
        {
            Add(await OpenAsync(location, cancellation).ConfigureAwait(false));
        }
        if (_peers.Find(peer =>
            peer.Ledger is { } name && !_ledgers.ContainsKey(name)) is { } other)
        {
            throw new InvalidRequestException(
                "peer", $"there is no ledger '{other.Ledger}' here for the peer of that name");
        }
        _isOpen = true;
    }

    public ILedger Get(string name)
    {
        LedgerNames.Check(name);
        if (_ledgers.TryGetValue(name, out var ledger)) return ledger;
        if (!_isOpen)
            throw new StoreUnavailableException(
            "the ledgers are still being opened; try again soon");
        throw new HttpProblemException("not_found", CanCreate
            ? $"there is no ledger '{name}'; PUT /v1/ledgers/{name} makes it"
            : $"there is no ledger '{name}'") { Field = "ledger" };
    }

    public async Task<(ILedger Ledger, bool IsNew)> GetOrCreateAsync(string name,
        CancellationToken cancellation)
    {
        LedgerNames.Check(name);
        if (!_isOpen || !CanCreate || _ledgers.ContainsKey(name)) return (Get(name), false);
        await _opening.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_ledgers.TryGetValue(name, out var ledger)) return (ledger, false);
            ledger = await OpenAsync(Path.Join(_folder, name + FileExtension), cancellation)
                .ConfigureAwait(false);
            Add(ledger);
            return (ledger, true);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isOpen = false;
        foreach (var ledger in _ledgers.Values) await ledger.DisposeAsync().ConfigureAwait(false);
        _opening.Dispose();
    }

    private Task<ILedger> OpenAsync(string location, CancellationToken cancellation) =>
        _log.OpenAsync(location, new LedgerOptions
        {
            Clock = _options.Clock,
            ClockWitness = _witness,
            AcceptRollback = _options.AcceptRollback,
            AcceptClock = _options.AcceptClock,
            ApiKey = _options.PeerKey,
            Peers = [.. _peers.Where(peer => peer.Ledger is not { } name
                || name == Ledger.NameOf(location)).Select(peer => peer.Url)],
        }, cancellation);

    private static bool IsFolder(string location) =>
        !location.Contains("://", StringComparison.Ordinal)
        && (Directory.Exists(location) || Path.EndsInDirectorySeparator(location));

    private static IEnumerable<string> Files(string location)
    {
        if (!IsFolder(location)) return [location];
        PrivateFile.MakeFolder(location);
        return Directory.EnumerateFiles(location, "*" + FileExtension)
            .Where(file => LedgerNames.IsValid(Path.GetFileNameWithoutExtension(file)))
            .Order(StringComparer.Ordinal);
    }

    private void Note(IKnowsItsHealth ledger, SettleException? obstacle)
    {
        // Whatever stops a ledger is logged with its cause when it does.
        var why = ledger.Fatal is null ? obstacle?.Message : null;
        if (why == _logged.GetValueOrDefault(ledger.Name)) return;
        if (why is null)
        {
            ImmutableInterlocked.TryRemove(ref _logged, ledger.Name, out _);
            return;
        }
        ImmutableInterlocked.AddOrUpdate(ref _logged, ledger.Name, why, (_, _) => why);
        LogObstacle(_log, ledger.Name, why);
    }

    [LoggerMessage(LogLevel.Error, "Nothing can be written to '{Ledger}': {Why}")]
    private static partial void LogObstacle(ILogger logger, string ledger, string why);

    private void Add(ILedger ledger)
    {
        if (!LedgerNames.IsValid(ledger.Name))
            throw new InvalidRequestException("ledger", $"'{ledger.Name}' cannot be served: "
                + "its name must be 1 to 64 letters, digits, '_' or '-'");
        if (_ledgers.ContainsKey(ledger.Name))
            throw new InvalidRequestException("ledger", $"two ledgers are called '{ledger.Name}'");
        _ledgers = _ledgers.Add(ledger.Name, ledger);
    }
}
