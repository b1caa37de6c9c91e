using Settle.State;
using Settle.Views;

namespace Settle.Reading;

/// <summary>
/// Reads accounts as they are and as they were: the newest state is in the book, of an earlier one
/// each value is searched for in the index, however much came before it or after. The caller holds
/// the state's lock.
/// </summary>
internal sealed class AccountReader(LedgerState state, ReadWork work, TimeProvider clock)
{
    private const long Tolerance =
        Limits.ClockToleranceSeconds * ChainTime.MicrosecondsPerSecond;

    // A day begins first where clocks are 14 hours ahead of UTC.
    private const long FarthestDay = ChainTime.MicrosecondsPerDay * (24 + 14) / 24;

    /// <summary>What a reader asks for, as a height and a time.</summary>
    /// <exception cref="InvalidRequestException">
    /// The height is below 0 or beyond the newest block, or the time is in the future.
    /// </exception>
    public Moment MomentOf(AsOf at)
    {
        var (book, newest) = (state.Book, state.Height);
        var (height, time) = at switch
        {
            { Time: { } asked } when Reached(asked) is var then => (book.HeightAt(then), then),
            { Height: { } asked } => (Reached(asked), asked == 0 ? 0 : book.TimeOf(asked)),
            _ => (newest, ChainTime.From(clock.GetUtcNow())),
        };
        var recorded = new EntryLocation(height + 1, 0);
        if (at.ValueDate is { } day)
        {
            time = long.Min(time, ValueDate.EndOf(day.DayNumber));
            height = long.Min(height, book.HeightAt(time));
        }
        return new Moment(height, time)
        {
            Day = at.ValueDate?.DayNumber, Recorded = recorded,
        };
    }

    private long Reached(long height)
    {
        if (height < 0) throw new InvalidRequestException("at", "a height is 0 or more");
        return height <= state.Height ? height : throw new InvalidRequestException("at",
            string.Create(CultureInfo.InvariantCulture,
                $"there is no block {height}: the newest is {state.Height}"));
    }

    // A day that is not over everywhere means as much of it as there is. And a caller who asks for
    // the state as of now may have a clock that is a little ahead.
    private long Reached(DateTimeOffset time)
    {
        var (asked, now) = (ChainTime.From(time), ChainTime.From(clock.GetUtcNow()));
        now = long.Max(now, state.Time);
        if (asked <= now) return asked;
        var isDay = (asked + 1) % ChainTime.MicrosecondsPerDay == 0;
        var ahead = isDay ? FarthestDay : Tolerance;
        return asked - now <= ahead ? now : throw new InvalidRequestException("at",
            $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} is in the future: "
            + $"it is {ChainTime.ToTime(now):u} now; leave 'at' out for the newest state");
    }

    /// <summary>The number of an account that a durable block mentions; -1 for none.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var number = state.Book.FindAccount(name);
        return number < state.Book.DurableAccountCount ? number : -1;
    }

    /// <summary>An account; null when nothing successful had touched it by then.</summary>
    public Account? Read(int number, in Moment moment)
    {
        var positions = new List<AccountPosition>();
        AddPositions(number, moment, positions);
        return Read(number, moment, positions);
    }

    /// <summary>The same, with positions that were read before.</summary>
    public Account? Read(int number, in Moment moment, List<AccountPosition> positions)
    {
        var account = AccountAt(number, moment);
        if (positions.Count == 0 && !account.IsOpened) return null;
        // By value date, what was recorded later than the day counts too.
        var height = moment.Day is null ? moment.Height : moment.Recorded.Height - 1;
        return AccountViews.Of(state.Book, number, account.IsClosed,
            state.Book.DurableNotes(account), positions, height);
    }

    /// <summary>
    /// Adds an account's positions that something had touched, in the order of their assets; what
    /// had expired is not held in them.
    /// </summary>
    /// <remarks>With a day, also those that something may have touched by its value date.</remarks>
    public void AddPositions(int number, in Moment moment, List<AccountPosition> positions)
    {
        var first = positions.Count;
        var account = state.Book.DurableAccount(number);
        var isClosed = account.IsOpened && AccountAt(number, moment).IsClosed;
        for (var at = account.FirstPosition; at >= 0;)
        {
            var position = state.Book.DurablePosition(at);
            var next = position.Next;
            work.Add();
            if (moment.Height != state.Height && !IsUntouchedSince(position, moment))
                position = PastPosition(position, account.IsOpened, moment.End);
            if (position.Held != 0)
                position.Held -= moment.Height == state.Height
                    ? ExpiredBy(at, moment) : ExpiredAfter(position, moment);
            if (position.IsUsed || moment.Day is not null)
                positions.Add(new AccountPosition(position, isClosed));
            at = next;
        }
        if (positions.Count - first > 1)
            AccountPosition.Sort(state.Book, positions, first);
    }

    /// <summary>What entries did to an account or wanted to, newest first.</summary>
    public IEnumerable<Movement> Movements(int number, EntryLocation before) =>
        state.Index.Backward(before, [.. state.Book.DurableAssetsOf(number)
            .Append(AssetTable.NoAsset).Select(asset => Movement.StreamOf(number, asset))]);

    // What a page shows is mostly of a moment ago, and has not changed since.
    private bool IsUntouchedSince(in Position position, in Moment moment) =>
        state.Index.IsUntouchedSince(moment.End,
            Movement.StreamOf(position.Account, position.Asset),
            Movement.TermsOf(position.Account, position.Asset));

    /// <summary>The same, with the rows that tell another value date than the block's.</summary>
    public IEnumerable<Movement> DatedMovements(int number, EntryLocation before) =>
        state.Index.Backward(before, [.. state.Book.DurableAssetsOf(number)
            .SelectMany(asset => (ulong[])
                [Movement.StreamOf(number, asset), Movement.DatedOf(number, asset)])]);

    /// <summary>What was short when an entry was refused: as of just before it.</summary>
    public Shortage? Shortage(RecalledEntry found)
    {
        if (Settle.Shortage.Of(state.Book, found.Batch, found.Entry, Past) is not { } shortage)
            return null;
        return shortage with { Exists = IsUsed(shortage.Account, found.Location) };

        Position Past(int number) => PastPosition(number, found.Location);
    }

    /// <summary>The account that was in the way when an entry was refused.</summary>
    public Obstacle? Obstacle(RecalledEntry found) =>
        Settle.Obstacle.Of(state.Book, found.Batch, found.Entry,
            new Then(this, state.Book, found.Location));

    private bool IsUsed(int account, EntryLocation end)
    {
        var at = state.Book.DurableAccount(account).FirstPosition;
        for (; at >= 0; at = state.Book.DurablePosition(at).Next)
            if (PastPosition(at, end).IsUsed) return true;
        return false;
    }

    private Position PastPosition(int number, EntryLocation end)
    {
        var position = state.Book.DurablePosition(number);
        return PastPosition(
            position, state.Book.DurableAccount(position.Account).IsOpened, end);
    }

    private sealed class Then(AccountReader reader, Book book, EntryLocation end)
        : Obstacle.IPast
    {
        public bool IsStranger(int account) => !book.IsWorld(account)
            && reader.Newest(Movement.StateOf(account), end) is null
            && !reader.IsUsed(account, end);

        public bool IsClosed(int account) =>
            reader.Newest(Movement.StateOf(account), end) is { High: not 0 };

        public Position Read(int position) => reader.PastPosition(position, end);
    }

    private AccountState AccountAt(int number, in Moment moment) =>
        moment.Height == state.Height
            || state.Index.IsUntouchedSince(
                moment.End, Movement.StateOf(number), Movement.StateOf(number))
        ? state.Book.DurableAccount(number)
        : Newest(Movement.StateOf(number), moment.End) is { } row
        ? new AccountState { IsOpened = true, IsClosed = row.High != 0, Notes = (int)row.Low }
        : new AccountState { Notes = -1 };

    private Position PastPosition(in Position now, bool isOpened, EntryLocation end)
    {
        var past = new Position
        {
            Account = now.Account, Asset = now.Asset, Ceiling = Position.NoCeiling,
            Floor = state.Book.FirstFloor(now.Account),
        };
        var stream = Movement.StreamOf(now.Account, now.Asset);
        foreach (var row in state.Index.Backward(end, stream))
        {
            if (row.Kinds != MovementKinds.Held)
            {
                (past.Balance, past.IsUsed) = (row.Value, row.Kinds != MovementKinds.None);
                break;
            }
            past.Held = row.Value;
        }
        // Who was never opened has no terms, but for a floor that an invoice took away (B9).
        if ((isOpened || now.Floor == Position.NoFloor)
            && Newest(Movement.TermsOf(now.Account, now.Asset), end) is { } terms)
            (past.Floor, past.Ceiling) = (terms.Low, terms.High);
        return past;
    }

    private Movement? Newest(ulong stream, EntryLocation end)
    {
        foreach (var row in state.Index.Backward(end, stream)) return row;
        return null;
    }

    private Int128 ExpiredBy(int number, in Moment moment)
    {
        var expired = state.Book.ExpiredBy(number, moment.Time, out var looked);
        work.Add(looked);
        return expired;
    }

    // The next block begins with what had expired by its own time, which is later.
    private Int128 ExpiredAfter(in Position position, in Moment moment)
    {
        Int128 expired = 0;
        foreach (var row in state.Index.Backward(new EntryLocation(moment.End.Packed + 1),
            Movement.ExpiredOf(position.Account, position.Asset)))
        {
            if (row.Location != moment.End) break;
            if (row.High <= moment.Time) expired += row.Low;
        }
        return expired;
    }
}
