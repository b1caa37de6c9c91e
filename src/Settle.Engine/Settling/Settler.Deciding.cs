using Settle.Index;

namespace Settle.Settling;

/// <content>How the loop makes the next block, and what it does when it cannot.</content>
internal sealed partial class Settler
{
    private async Task<Draft?> TryDecideAsync()
    {
        var hasSiteWork = _hasSiteWork;
        _hasSiteWork = false;
        if (!_waiting.Any && !(hasSiteWork && _state.Sites is not null)) return null;
        if (_fairness is not null)
            await _fairness.YieldAsync(_lastBlockBytes).ConfigureAwait(false);
        try
        {
            await _note.LookAgainAsync().ConfigureAwait(false);
            return Admit(await _drafter.DecideAsync(_waiting).ConfigureAwait(false));
        }
        catch (StoreUnavailableException e)
        {
            if (_drafter.Abandon() is { } parts) parts.ForEach(part => part.Job.Fail(e));
            _waiting.Fail(e);
            return null;
        }
        catch (SiteStoppedException e)
        {
            if (await MayHaveMoreAsync().ConfigureAwait(false)) return null;
            _siteStopped = e;
            // With a wrong clock, what would let it write may not have been read.
            _waiting.Fail(_gate.Obstacle ?? e);
            return null;
        }
        catch (IndexDamagedException)
        {
            if (_drafter.Abandon() is { } parts) _waiting.PutBack(parts);
            _isDamaged = true;
            return null;
        }
    }

    // The others may have read a block of another writer of this site that was not read here yet:
    // then nothing was put back. Asked again once no block is under way and all are read.
    private async Task<bool> MayHaveMoreAsync()
    {
        _hasSiteWork = true;
        if (_drafter.HasDrafts) return true;
        var height = _state.Height;
        await UntilDoneAsync(() => _follower.CatchUpAsync(null, CancellationToken.None))
            .ConfigureAwait(false);
        if (_state.Height > height) return true;
        _hasSiteWork = false;
        return false;
    }

    // What was decided before is answered all the same: that needs no block.
    private Draft? Admit(Draft draft)
    {
        _siteStopped = null;
        if (!draft.IsWorthWriting || (draft.Obstacle ?? _gate.Obstacle) is not { } obstacle)
            return draft;
        _drafter.TakeBack(draft);
        draft.Parts.ForEach(part => part.Job.Fail(obstacle));
        _drafter.Recycle(draft);
        return null;
    }
}
