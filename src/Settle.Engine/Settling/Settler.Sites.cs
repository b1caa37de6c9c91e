namespace Settle.Settling;

/// <content>
/// What the loop does at one of several sites when nobody asks: it reads what has come from the
/// others, gives what they asked for, and looks after those who wait.
/// </content>
internal sealed partial class Settler
{
    private readonly bool _attends;
    private volatile bool _hasSiteWork;
    private volatile SiteStoppedException? _siteStopped;

    /// <summary>Until the loop looks around although nobody has called it.</summary>
    private TimeSpan RestMax => _drafter.SiteWaiting is { HasParked: true, Rest: var rest }
        && rest < _watcher.Interval ? rest : _watcher.Interval;

    /// <summary>How many requests wait for money of other sites.</summary>
    public int WaitingForSites => _drafter.SiteWaiting.Count;

    /// <summary>Whether a site was heard of lately; set by whoever talks to them.</summary>
    public Func<string, bool> IsHeard { set => _drafter.IsHeard = value; }

    /// <summary>
    /// Reads what has come from other sites and answers it, as far as there is something to
    /// answer; done once that is durable.
    /// </summary>
    /// <exception cref="SiteStoppedException">This site may not write.</exception>
    public async Task AttendAsync()
    {
        _hasSiteWork = true;
        await RefreshAsync().ConfigureAwait(false);
        // The block that the first look has led to is written by the second.
        await RefreshAsync().ConfigureAwait(false);
        if (Obstacle is { } stopped) throw stopped;
    }

    /// <summary>
    /// Folds the chain with regard to other sites, before the first of them is added.
    /// </summary>
    public async Task FoldSitesAsync()
    {
        lock (_state.Lock) _state.FoldSites();
        // It is folded again when no block is under way, and nobody is answered meanwhile.
        while (_state.Sites is null) await RefreshAsync().ConfigureAwait(false);
    }

    private void NoteSiteWork()
    {
        if (_state.Sites is not null)
            _hasSiteWork |= _attends || _drafter.SiteWaiting.HasParked;
    }
}
