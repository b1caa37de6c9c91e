using Settle.Http;
using Settle.Settling;
using Settle.State;

namespace Settle.Peers;

/// <summary>
/// Another site's server: pulls from it and pushes to it in the background, for as long as the
/// ledger is open. Whatever it does, this ledger goes on.
/// </summary>
internal sealed class SitePeer : IAsyncDisposable
{
    // How often it is asked although nothing has changed here.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // What a busy site writes in this time is sent together.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private const int RoundsMax = 64;
    private const int ErrorCharsMax = 500;

    private readonly HttpLedger _server;
    private readonly string _ledger;
    private readonly StoredChains _chains;
    private readonly LedgerState _state;
    private readonly Settler _settler;
    private readonly TimeProvider _clock;
    private readonly Action<string>? _warn;
    private readonly Action<string> _heard;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _triedOnce =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private SiteTips? _there;
    private volatile Peer _status;

    /// <param name="ledger">This ledger's name.</param>
    /// <param name="address">The other's address, which may carry a key.</param>
    /// <param name="options">The key, where the address has none, and the clock.</param>
    /// <param name="chains">What is here.</param>
    /// <param name="state">This ledger's state.</param>
    /// <param name="settler">Answers what has come.</param>
    /// <param name="heard">Told which site has answered.</param>
    /// <exception cref="InvalidRequestException">The address is not one of a ledger.</exception>
    public SitePeer(string ledger, string address, PeerOptions options, StoredChains chains,
        LedgerState state, Settler settler, Action<string> heard)
    {
        (_ledger, _chains, _state, _settler) = (ledger, chains, state, settler);
        (_clock, _warn, _heard) = (options.Clock, options.Warn, heard);
        _status = new Peer { Url = LedgerAddress.Shown(address) };
        _server = HttpLedger.Open(address, new HttpLedgerOptions
        {
            ApiKey = LedgerAddress.Parse(address).ApiKey ?? options.ApiKey, Clock = options.Clock,
        });
    }

    /// <summary>How it stands.</summary>
    public Peer Status => _status;

    /// <summary>Completes when the first exchange has ended, well or not.</summary>
    public Task TriedOnce => _triedOnce.Task;

    public void Start()
    {
        PeerMetrics.Add(this, _ledger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Seconds since an exchange was complete; null for never.</summary>
    public double? Silence => _status.LastHeard is { } heard
        ? (_clock.GetUtcNow() - heard).TotalSeconds : null;

    public async ValueTask DisposeAsync()
    {
        PeerMetrics.Remove(this);
        await _end.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _server.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var pause = TimeSpan.Zero;
        while (!_end.IsCancellationRequested)
        {
            var height = _state.Height;
            try
            {
                await ExchangeAsync(_end.Token).ConfigureAwait(false);
                pause = TimeSpan.Zero;
            }
            catch (Exception e) when (!_end.IsCancellationRequested)
            {
                // Of whatever kind: a peer that answers with nonsense must not end the exchange
                // with it for ever, and who looks at the sites is told.
                await NoteErrorAsync(e).ConfigureAwait(false);
                pause = pause == TimeSpan.Zero ? Gathering
                    : TimeSpan.FromTicks(long.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
            _triedOnce.TrySetResult();
            await RestAsync(height, pause).ConfigureAwait(false);
        }
    }

    // Until something was written here, or it is time to look there.
    private async Task RestAsync(long height, TimeSpan pause)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        if (pause > TimeSpan.Zero)
        {
            await DelayAsync(pause, over.Token).ConfigureAwait(false);
            return;
        }
        // Whoever waits for another site's money is not made to wait longer.
        if (_settler.WaitingForSites == 0)
            await DelayAsync(Gathering, over.Token).ConfigureAwait(false);
        await Task.WhenAny(_state.WhenAbove(height), DelayAsync(Interval, over.Token))
            .ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    private async Task DelayAsync(TimeSpan time, CancellationToken cancellation) =>
        await Task.Delay(time, _clock, cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task ExchangeAsync(CancellationToken cancellation)
    {
        if (_state.Sites is not { HasSites: true })
        {
            throw new InvalidRequestException("peer",
                "this ledger has one site, and none to exchange with; add another one first");
        }
        var (there, url) = (_server.Sites, _status.Url);
        SiteStoppedException? stopped = null;
        for (var round = 0; round < RoundsMax; round++)
        {
            var pulled = await new SiteExchange(there, url, _chains, _chains.Location)
                .RunAsync(static _ => { }, cancellation).ConfigureAwait(false);
            _heard(pulled.From.Site);
            // What this site has lost has to be in its state before it writes anything.
            if (pulled.TakenBack > 0) await _settler.RefreshAsync().ConfigureAwait(false);
            if (pulled.IsNews) await AttendAsync().ConfigureAwait(false);
            var pushed = await new SiteExchange(_chains, _chains.Location, there, url)
                .RunAsync(static _ => { }, cancellation).ConfigureAwait(false);
            stopped = pulled.Stopped ?? pushed.Stopped;
            if (stopped is null) NoteDone(pushed);
            // Where both are busy there is always something new, and nothing is wrong.
            if (!pulled.IsNews && !pushed.IsNews) break;
        }
        if (stopped is not null) throw stopped;
    }

    // That this site may not write is told to whoever writes; blocks are exchanged all the same.
    private async Task AttendAsync()
    {
        try
        {
            await _settler.AttendAsync().ConfigureAwait(false);
        }
        catch (SiteStoppedException)
        {
            return;
        }
    }

    private void NoteDone(SiteCopied last)
    {
        if (_status.Error is not null) _warn?.Invoke($"peer {_status.Url} answers again");
        _there = last.To;
        _status = _status with
        {
            Site = last.To.Site, LastHeard = _clock.GetUtcNow(), Error = null,
            Lag = SiteCopied.Lag(last.From, last.To),
        };
    }

    private async Task NoteErrorAsync(Exception error)
    {
        // A stranger may have worded it: it is one line, and not a long one.
        string why = new([.. error.Message.Take(ErrorCharsMax)
            .Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        if (_status.Error is null) _warn?.Invoke($"peer {_status.Url}: {why}");
        _status = _status with { Error = why };
        if (_there is not { } there) return;
        try
        {
            var here = await _chains.ReadTipsAsync(_end.Token).ConfigureAwait(false);
            _status = _status with { Lag = SiteCopied.Lag(here, there) };
        }
        catch (Exception e) when (e is SettleException or OperationCanceledException
            or ObjectDisposedException)
        {
            return; // How far it is behind is not known while the own store is away.
        }
    }
}
