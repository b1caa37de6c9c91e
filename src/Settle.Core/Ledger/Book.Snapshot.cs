using System.Runtime.InteropServices;
using System.Text;

namespace Settle;

/// <content>
/// The state as bytes, for checkpoints. They are private to one machine and one version: whoever
/// cannot read one folds the chain again.
/// </content>
internal sealed partial class Book
{
    /// <summary>Names the layout; it changes with every change of what is written below.</summary>
    public const long SnapshotLayout = 3;

    public void Save(SnapshotWriter write)
    {
        WriteLong(write, SnapshotLayout);
        WriteLong(write, EntryCount);
        WriteLong(write, _holdSequence);
        WriteLong(write, _times.Count);
        write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_times)));
        WriteLong(write, Assets.Count);
        for (var number = 0; number < Assets.Count; number++)
        {
            WriteBytes(write, Encoding.UTF8.GetBytes(Assets[number].Code));
            WriteLong(write, Assets[number].Scale);
        }
        WriteLong(write, AccountCount);
        _names.Save(write);
        write(MemoryMarshal.AsBytes(_accounts.AsSpan(0, AccountCount)));
        WriteLong(write, PositionCount);
        write(MemoryMarshal.AsBytes(_positions.AsSpan(0, PositionCount)));
        WriteLong(write, _notes.Count);
        foreach (var notes in _notes)
        {
            WriteBytes(write, notes.Owners);
            WriteBytes(write, notes.Meta);
        }
        WriteLong(write, _holds.Count);
        foreach (var hold in _holds.Values.OrderBy(hold => hold.Sequence))
        {
            WriteBytes(write, Encoding.UTF8.GetBytes(hold.Id));
            foreach (var value in (ReadOnlySpan<long>)[hold.From, hold.To, hold.Amount,
                hold.ExpiresAt, hold.Sequence])
                WriteLong(write, value);
        }
        Billing.Save(write);
    }

    /// <exception cref="FormatException">The snapshot has another layout.</exception>
    public static Book Load(SnapshotReader read)
    {
        if (ReadLong(read) != SnapshotLayout)
            throw new FormatException("a snapshot of another layout");
        var book = new Book { EntryCount = ReadLong(read), _holdSequence = ReadLong(read) };
        CollectionsMarshal.SetCount(book._times, (int)ReadLong(read));
        read(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(book._times)));
        for (var assets = ReadLong(read); assets > 0; assets--)
            book.Assets.Add(ReadBytes(read), (int)ReadLong(read));
        var accounts = (int)ReadLong(read);
        book._names.Load(accounts, read);
        book._accounts = new AccountState[int.Max(accounts, 1024)];
        read(MemoryMarshal.AsBytes(book._accounts.AsSpan(0, accounts)));
        book.PositionCount = (int)ReadLong(read);
        book._positions = new Position[int.Max(book.PositionCount, 1024)];
        read(MemoryMarshal.AsBytes(book._positions.AsSpan(0, book.PositionCount)));
        for (var account = 0; account < accounts; account++)
            if (book.IsUsed(account)) book.UsedAccountCount++;
        for (var notes = ReadLong(read); notes > 0; notes--)
            book._notes.Add(new AccountNotes(ReadBytes(read), ReadBytes(read)));
        for (var holds = ReadLong(read); holds > 0; holds--)
        {
            book.Remember(
                new OpenHold(Encoding.UTF8.GetString(ReadBytes(read)), (int)ReadLong(read),
                (int)ReadLong(read), ReadLong(read), ReadLong(read), ReadLong(read)));
        }
        book.Billing.Load(read);
        return book;
    }

    private static void WriteLong(SnapshotWriter write, long value) =>
        write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    private static long ReadLong(SnapshotReader read)
    {
        long value = 0;
        read(MemoryMarshal.AsBytes(new Span<long>(ref value)));
        return value;
    }

    private static void WriteBytes(SnapshotWriter write, byte[] bytes)
    {
        WriteLong(write, bytes.Length);
        write(bytes);
    }

    private static byte[] ReadBytes(SnapshotReader read)
    {
        var bytes = new byte[ReadLong(read)];
        read(bytes);
        return bytes;
    }
}
