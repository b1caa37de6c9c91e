using System.Runtime.InteropServices;
using Settle.Sites;

namespace Settle;

/// <content>
/// The state as bytes, for checkpoints. They are private to one machine and one version: whoever
/// cannot read one folds the chain again.
/// </content>
internal sealed partial class Book
{
    /// <summary>Names the layout; it changes with every change of what is written below.</summary>
    public const long SnapshotLayout = 13;

    public void Save(Action<ReadOnlySpan<byte>> write)
    {
        write.Long(SnapshotLayout);
        write.Long(EntryCount);
        write.Long(IsStrict ? 1 : 0);
        write.Long(_holdSequence);
        write.Long(_times.Count);
        write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_times)));
        write.Long(Assets.Count);
        for (var number = 0; number < Assets.Count; number++)
        {
            write.Text(Assets[number].Code);
            write.Long(Assets[number].Scale);
        }
        write.Long(AccountCount);
        _names.Save(write);
        write(MemoryMarshal.AsBytes(_accounts.AsSpan(0, AccountCount)));
        write.Long(PositionCount);
        write(MemoryMarshal.AsBytes(_positions.AsSpan(0, PositionCount)));
        write.Long(_notes.Count);
        foreach (var notes in _notes)
        {
            write.Bytes(notes.Owners);
            write.Bytes(notes.Meta);
        }
        Save(write, [.. _holds.All.OrderBy(hold => hold.Sequence)]);
        Save(write, _endedByJump);
        write.Long(_doubt.Until);
        Save(write, [.. _doubt.Ended]);
        write.Long(Clock.All.Count);
        foreach (var (height, time) in Clock.All)
        {
            write.Long(height);
            write.Long(time);
        }
        Billing.Save(write);
        write.Long(Sites.Count);
        foreach (var row in Sites.Rows)
        {
            write.Text(row.Name);
            write.Text(row.Prefix);
            write.Text(row.Url);
            foreach (var value in (ReadOnlySpan<long>)[row.AddedAt, row.SuspendedAt, row.EndedAt,
                row.Last.Height])
                write.Long(value);
            write(row.Last.Hash.AsSpan());
        }
    }

    /// <exception cref="FormatException">The snapshot has another layout.</exception>
    public static Book Load(Action<Span<byte>> read)
    {
        if (read.Long() != SnapshotLayout)
            throw new FormatException("a snapshot of another layout");
        var book = new Book
        {
            EntryCount = read.Long(), IsStrict = read.Long() != 0, _holdSequence = read.Long(),
        };
        CollectionsMarshal.SetCount(book._times, (int)read.Long());
        read(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(book._times)));
        for (var assets = read.Long(); assets > 0; assets--)
            book.Assets.Add(read.Bytes(), (int)read.Long());
        var accounts = (int)read.Long();
        book._names.Load(accounts, read);
        book._accounts = new AccountState[int.Max(accounts, 1024)];
        read(MemoryMarshal.AsBytes(book._accounts.AsSpan(0, accounts)));
        book.PositionCount = (int)read.Long();
        book._positions = new Position[int.Max(book.PositionCount, 1024)];
        read(MemoryMarshal.AsBytes(book._positions.AsSpan(0, book.PositionCount)));
        for (var account = 0; account < accounts; account++)
            if (book.IsUsed(account)) book.UsedAccountCount++;
        for (var notes = read.Long(); notes > 0; notes--)
            book._notes.Add(new AccountNotes(read.Bytes(), read.Bytes()));
        foreach (var hold in LoadHolds(read)) book.Remember(hold);
        book._endedByJump = LoadHolds(read);
        var until = read.Long();
        OpenHold[] ended = LoadHolds(read);
        book._doubt = new ClockDoubt(until, ended.Length, [.. ended]);
        for (var corrections = read.Long(); corrections > 0; corrections--)
            book.Clock = book.Clock.With(read.Long(), read.Long());
        book.Billing.Load(read);
        for (var sites = read.Long(); sites > 0; sites--) book.Sites = book.Sites.With(Row(read));
        return book;
    }

    private static SiteRow Row(Action<Span<byte>> read)
    {
        var row = new SiteRow(read.Text(), read.Text(), read.Text(), read.Long())
        {
            SuspendedAt = read.Long(), EndedAt = read.Long(),
        };
        var height = read.Long();
        Span<byte> hash = stackalloc byte[BlockHash.Bytes];
        read(hash);
        return row with { Last = new SeenMark(height, new BlockHash(hash)) };
    }

    private static void Save(Action<ReadOnlySpan<byte>> write, OpenHold[] holds)
    {
        write.Long(holds.Length);
        foreach (var hold in holds)
        {
            write.Text(hold.Id);
            foreach (var value in (ReadOnlySpan<long>)[hold.From, hold.To, hold.Amount,
                hold.ExpiresAt, hold.OpenedAt, hold.Sequence, (long)hold.Location.Packed])
                write.Long(value);
        }
    }

    private static OpenHold[] LoadHolds(Action<Span<byte>> read)
    {
        var holds = new OpenHold[read.Long()];
        for (var i = 0; i < holds.Length; i++)
        {
            holds[i] = new OpenHold(read.Text(), (int)read.Long(), (int)read.Long(), read.Long(),
                read.Long(), read.Long(), read.Long(), new EntryLocation((ulong)read.Long()));
        }
        return holds;
    }
}
