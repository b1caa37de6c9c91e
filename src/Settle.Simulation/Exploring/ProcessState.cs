using System.Reflection;
using Settle.State;

namespace Settle.Simulation;

/// <summary>
/// Folds all that what a process will do depends on. In general that is everything that it has
/// seen; but of what is over, only what is left of it counts.
/// </summary>
/// <remarks>
/// A call of the store that is over left its result and what the store remembers. A ledger that
/// rests, that said it could not decide, that lost a block or begins to write one has nothing half
/// done: it is what its chain makes of it, with the blocks it keeps. A process that died left
/// nothing. So two histories that come to the same are one.
/// </remarks>
internal sealed class ProcessState(Writer writer)
{
    // Its type is the core's own.
    private static readonly PropertyInfo HashOfTip =
        typeof(LedgerState).GetProperty(nameof(LedgerState.Hash))!;

    private readonly SortedSet<string> _kept = new(StringComparer.Ordinal);

    // What was seen but within the calls of the store that are under way; and within those.
    private ulong _seen;
    private ulong _seenWithin;
    private int _calls;
    private bool _isOverlapped;

    private int _asked;
    private string? _tried;
    private bool _hasLost;
    private bool _hasReadOn;

    public ulong Folded => Folding.Then(_seen, _seenWithin);

    private bool HasOneRequest =>
        writer is { IsPatient: true, Ledger: not null } && _calls == 0 && _asked == 1;

    /// <summary>It starts, or opens its ledger once more.</summary>
    public void Start(string how)
    {
        _kept.Clear();
        _seen = Begun(how);
        (_seenWithin, _calls, _asked, _isOverlapped) = (0, 0, 0, false);
        (_tried, _hasLost) = (null, false);
    }

    /// <summary>Its ledger waits for news or requests.</summary>
    public void Rest()
    {
        if (writer.Ledger is not null && _calls == 0 && _asked == 0) _seen = Known("rests");
    }

    /// <summary>Its ledger is asked.</summary>
    public void Ask()
    {
        _asked++;
        (_tried, _hasLost) = (null, false);
    }

    /// <summary>Its ledger answers.</summary>
    public void Answer(Reply reply)
    {
        _asked--;
        // Anything but a verdict is said when nothing waits any more and no block is being written.
        if (reply.Kind != ReplyKind.Verdict && _calls == 0 && _asked == 0)
            _seen = Known($"said {reply.Kind}");
    }

    /// <summary>Sees something by itself, or within a call of its store.</summary>
    public void Observe(string what)
    {
        if (_calls == 0) Note(what);
        else _seenWithin = Folding.Then(_seenWithin, Folding.Of(what));
    }

    /// <summary>Sees something beside other things whose order is all the same.</summary>
    public void ObserveBeside(string what)
    {
        if (_calls == 0) _seen += Folding.Of(what);
        else _seenWithin += Folding.Of(what);
    }

    /// <summary>Does something by itself.</summary>
    public void Note(string what) => _seen = Folding.Then(_seen, Folding.Of(what));

    /// <summary>
    /// It begins to write a block. When it writes the same one again, it counts how often.
    /// </summary>
    public void BeginCreate(string id, ulong block)
    {
        if (HasOneRequest && _tried != id) _seen = Folding.Then(Known("writes"), block);
        (_tried, _hasReadOn) = (id, false);
        Begin();
    }

    /// <summary>It begins to read on: the block that it tried to write was lost.</summary>
    public void BeginRead()
    {
        // Who only reads on, again and again, gets nowhere: that has to be seen.
        if (HasOneRequest && _tried is not null && !_hasReadOn)
        {
            _hasLost = _hasReadOn = true;
            _seen = Known("lost");
        }
        Begin();
    }

    /// <summary>It calls its store.</summary>
    public void Begin()
    {
        if (++_calls > 1) _isOverlapped = true;
    }

    /// <summary>A call is over.</summary>
    public void End(ulong outcome)
    {
        _seen = Folding.Then(_seen, outcome);
        if (--_calls > 0) return;
        if (_isOverlapped) _seen = Folding.Then(_seen, _seenWithin);
        (_seenWithin, _isOverlapped) = (0, false);
    }

    /// <summary>It read a block by its id; one that is in its chain it may keep.</summary>
    public void Keep(string id)
    {
        var height = long.Parse(id.AsSpan(id.LastIndexOf(':') + 1));
        if (height <= writer.Ledger?.State.Height) _kept.Add(id);
    }

    private ulong Known(string how)
    {
        var state = writer.Ledger!.State;
        var seen = Folding.Then(Begun(how), Folding.Of(
            $"{state.Height} {HashOfTip.GetValue(state)} {_asked} {_hasLost}"));
        foreach (var id in _kept) seen = Folding.Then(seen, Folding.Of(id));
        seen = Folding.Then(seen, (ulong)writer.WaitingToAskAgain);
        return Folding.Then(seen, writer.Store!.Memory);
    }

    // What came before counts only for who was answered.
    private ulong Begun(string how) => writer.Answered.Aggregate(
        Folding.Of($"{how} {writer.Starts}"), (state, id) => state + Folding.Of(id));
}
