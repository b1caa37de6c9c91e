using Settle.State;
using Settle.Stores;

namespace Settle.Settling;

/// <summary>
/// What only a person can decide before a block is made: whether the clock is right when the chain
/// or the store says otherwise, and whether blocks that are missing are lost. Their word is in the
/// first block that needs it (docs/protocol.md, section 7).
/// </summary>
/// <param name="state">The chain.</param>
/// <param name="note">What it is known to have had.</param>
/// <param name="store">May have a clock of its own.</param>
/// <param name="clock">This machine's.</param>
/// <param name="witness">What else is known of the time.</param>
/// <param name="acceptsRollback">The word that what is missing is lost.</param>
/// <param name="acceptsClock">The word that the clock is right.</param>
/// <param name="warn">Told of a clock that nothing confirms; null for nobody.</param>
internal sealed class WriteGate(LedgerState state, TipNote note, IStore store, TimeProvider clock,
    ClockWitness witness, bool acceptsRollback, bool acceptsClock, Action<string>? warn)
{
    private const string HowToAccept = "add --accept-clock once to 'settle serve' or to a command "
        + "that writes, such as 'settle transfer' (AcceptClock in .NET)";

    // Words are for what there was when the ledger was opened, and are used up by one block.
    private bool _acceptsAhead;
    private bool _acceptsBehind;

    // This one is not about a block: it counts until the ledger is closed.
    private bool _acceptsStore;

    // What the first block will show of the clock.
    private string? _doubt;

    /// <summary>Why nothing can be written; null when it can be.</summary>
    public SettleException? Obstacle => ObstacleAt(Now);

    private long Now => ChainTime.From(clock.GetUtcNow());

    /// <summary>The chain was read to its end.</summary>
    public void Open()
    {
        var (now, newest) = (Now, NewestAfter(state.Time));
        var isJump = Book.IsJump(newest, now);
        (_acceptsAhead, _acceptsBehind) =
            (acceptsClock && isJump, acceptsClock && state.Time > 0 && IsBehind(now, newest));
        _acceptsStore = acceptsClock && store.Clock is { Differs: true };
        _doubt = isJump || acceptsClock ? null : DoubtAt(now, newest);
        if (_acceptsAhead || (newest > 0 && !isJump && !IsBehind(now, newest))) witness.Confirm();
    }

    /// <summary>
    /// The time of the next block, the word that it has to carry, and why it must not be written;
    /// all from one look at the clock, which may be another one when the block is decided.
    /// </summary>
    /// <param name="hasDraft">Whether another block is under way below it.</param>
    public (long Time, BlockRecovery? Recovery, SettleException? Obstacle) Enter(bool hasDraft)
    {
        var (now, newest) = (Now, NewestAfter(state.Book.Time));
        var setsClock = (_acceptsBehind && IsBehind(now, newest))
            || (_acceptsAhead && Book.IsJump(newest, now));
        var givesUp = !hasDraft && acceptsRollback && note.NeedsWord;
        return (setsClock ? now : long.Max(now, newest), setsClock || givesUp
            ? new BlockRecovery(setsClock, setsClock && now < newest,
                givesUp ? note.Missing : null)
            : null,
            ObstacleAt(now));
    }

    /// <summary>A block is durable.</summary>
    /// <param name="recovery">The word that it carries; null for none.</param>
    public void Commit(BlockRecovery? recovery)
    {
        if (_doubt is { } doubt) warn?.Invoke(doubt);
        _doubt = null;
        if (recovery is not { SetsClock: true }) return;
        (_acceptsAhead, _acceptsBehind) = (false, false);
        witness.Confirm();
    }

    // A few days stop nothing, because many a ledger is used once a month; but they are mentioned.
    private string? DoubtAt(long now, long newest)
    {
        var days = (ChainTime.ToTime(now) - ChainTime.ToTime(newest)).TotalDays;
        return newest == 0 || days <= ClockWitness.LeapMax.TotalDays
            || store.Clock is { Differs: false, IsOfAnotherMachine: true }
            || !MachineTime.IsUnkept(clock) ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"this machine's clock says {ChainTime.ToTime(now):u}, {days:0.#} days after the "
                + $"newest block, and nothing confirms it; if it is wrong, set it, and then "
                + $"{HowToAccept}");
    }

    private SettleException? ObstacleAt(long now) => note.NeedsWord && !acceptsRollback
        ? note.Rollback() : ClockFault(now, NewestAfter(state.Time));

    // The first block of a site follows those that told it of the site.
    private long NewestAfter(long time) => time > 0 ? time : state.HeardTime;

    private static bool IsBehind(long now, long newest) =>
        newest - now > Limits.ClockToleranceSeconds * ChainTime.MicrosecondsPerSecond;

    private ClockSkewException? ClockFault(long now, long newest)
    {
        var (says, block) = (ChainTime.ToTime(now), ChainTime.ToTime(newest));
        if (IsBehind(now, newest) && !_acceptsBehind)
        {
            return new ClockSkewException(
                $"this machine's clock says {says:u}, but the newest block is of {block:u}; "
                + (state.Time == 0 ? "set the clock of the machine that is wrong"
                : "set the clock, or if it is right and the block's was wrong, "
                + $"{HowToAccept}; it is recorded"));
        }
        if (store.Clock is { Differs: true, Ahead: var ahead } && !_acceptsStore)
        {
            return new ClockSkewException(
                $"this machine's clock says {says:u}, but that of {store.Location} says "
                + $"{says - ahead:u}; set the wrong one, or if it is the store's, {HowToAccept}");
        }
        if (Book.IsJump(newest, now) && !_acceptsAhead && !IsKnown(now))
        {
            return new ClockSkewException(
                $"this machine's clock says {says:u}, more than {Limits.ClockJumpDays} days after "
                + $"the newest block, which is of {block:u}; set the clock, or if it is right, "
                + $"{HowToAccept}; it is recorded");
        }
        return LeapFault(says);
    }

    // This process may know by its own measure that so much time has passed; so may the store.
    private bool IsKnown(long now) => store.Clock is { Differs: false, IsOfAnotherMachine: true }
        || (witness.Time is > 0 and var known && !Book.IsJump(known, now));

    private ClockSkewException? LeapFault(DateTimeOffset says) =>
        store.Clock is { Differs: false, IsOfAnotherMachine: true } || _acceptsStore
            || witness.FindLeap(says) is not { Ticks: > 0 } leap ? null
        : new ClockSkewException(string.Create(CultureInfo.InvariantCulture,
            $"this machine's clock was set forward by {leap.TotalDays:0.#} days, to {says:u}, "
            + $"while this process ran; nothing is written for {ClockWitness.Trial.TotalMinutes} "
            + $"minutes, so that it can be set right; if it is right, wait, or start again"));
}
