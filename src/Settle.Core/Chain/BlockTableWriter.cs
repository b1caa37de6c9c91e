namespace Settle.Chain;

/// <summary>
/// Writes a block for a database, whose work is the number of JSON values in a document. Usual
/// entries, successful transfers in the default asset with at most a timestamp, become rows
/// <c>id, from, to, amount</c>, where from and to are numbers in the table <c>accounts</c>, and
/// <c>sums</c> says what all rows together do to each account. Rows that follow each other share
/// one array; one with a timestamp has an array of its own, <c>[id, from, to, amount,
/// timestamp]</c>. All else stays as it is.
/// <see cref="BlockTableReader"/> reads it back, byte for byte.
/// </summary>
internal sealed class BlockTableWriter
{
    private readonly NameTable _accounts = new();
    private readonly JsonBuffer _entries;
    private long[] _sums = new long[64];
    private int _rows;

    // Whether another row can join the array that was written last.
    private bool _isOpen;

    private BlockTableWriter(int capacity) => _entries = new JsonBuffer(capacity);

    /// <summary>
    /// The block with its table; as it is, when no entry of it is usual or it is not a block as a
    /// writer of ours makes it.
    /// </summary>
    /// <param name="block">A canonical body.</param>
    public static ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> block)
    {
        var bytes = block.Span;
        var head = FindEntries(bytes);
        var end = bytes.LastIndexOf(BlockDocument.HashKey);
        if (head < 0 || end < head || HasOwn(bytes[end..])) return block;
        var start = head + BlockDocument.EntriesKey.Length;
        var writer = new BlockTableWriter(end - start);
        return writer.TryWrite(bytes[start..end]) && writer._rows > 0
            ? writer.Finish(bytes[..head], bytes[end..]) : block;
    }

    /// <summary>Where the entries begin, right behind the id; -1 when they do not.</summary>
    private static int FindEntries(ReadOnlySpan<byte> block)
    {
        var start = "{\"_id\":\""u8.Length;
        if (!block.StartsWith("{\"_id\":\""u8)) return -1;
        var at = start + block[start..].IndexOf("\","u8) + 2;
        return at > start + 1 && block[at..].StartsWith(BlockDocument.EntriesKey) ? at : -1;
    }

    // Then the reader could not tell whose they are.
    private static bool HasOwn(ReadOnlySpan<byte> tail) =>
        tail.IndexOf("\"accounts\""u8) >= 0 || tail.IndexOf("\"sums\""u8) >= 0
        || tail.IndexOf("\"entries\""u8) >= 0 || tail.IndexOf("\"_rev\""u8) >= 0;

    private bool TryWrite(ReadOnlySpan<byte> entries)
    {
        for (var at = 0; ; at++)
        {
            var entry = entries[at..];
            var length = WriteRow(entry);
            if (length == 0)
            {
                length = LengthOf(entry);
                Begin();
                _entries.Raw(entry[..length]);
            }
            at += length;
            if (length > 0 && at == entries.Length)
            {
                Close();
                return true;
            }
            if (length == 0 || entries[at] != ',') return false;
        }
    }

    /// <returns>How many bytes the entry takes; 0 when it is not usual.</returns>
    private int WriteRow(ReadOnlySpan<byte> entry)
    {
        var length = PlainTransfer.Read(entry, out var transfer);
        if (length == 0 || !transfer.Asset.IsEmpty
            || transfer.Amount is < 1 or > Limits.AmountMax
            || entry["{\"amount\":".Length] is < (byte)'1' or > (byte)'9')
            return 0;
        var known = _accounts.Count;
        var (from, to) = (_accounts.FindOrAdd(transfer.From), _accounts.FindOrAdd(transfer.To));
        if (_accounts.Count > _sums.Length) Array.Resize(ref _sums, _sums.Length * 2);
        if (_sums[from] - transfer.Amount < -Limits.AmountMax
            || _sums[to] + transfer.Amount > Limits.AmountMax)
        {
            // A reader in JavaScript could not say such a sum.
            _accounts.Truncate(known);
            return 0;
        }
        _sums[from] -= transfer.Amount;
        _sums[to] += transfer.Amount;
        _rows++;
        if (_isOpen && transfer.Timestamp.IsEmpty)
        {
            _entries.Raw(",\""u8);
        }
        else
        {
            Begin();
            _entries.Raw("[\""u8);
        }
        _entries.Raw(transfer.Id);
        _entries.Raw("\","u8);
        _entries.Number(from);
        _entries.Raw(","u8);
        _entries.Number(to);
        _entries.Raw(","u8);
        _entries.Number(transfer.Amount);
        if (!transfer.Timestamp.IsEmpty)
        {
            _entries.Raw(",\""u8);
            _entries.Raw(transfer.Timestamp);
            _entries.Raw("\""u8);
        }
        _isOpen = true;
        if (!transfer.Timestamp.IsEmpty) Close();
        return length;
    }

    private void Begin()
    {
        Close();
        if (_entries.Length > 0) _entries.Raw(","u8);
    }

    private void Close()
    {
        if (_isOpen) _entries.Raw("]"u8);
        _isOpen = false;
    }

    private ReadOnlyMemory<byte> Finish(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var json = new JsonBuffer(head.Length + (_accounts.Count * 32) + _entries.Length
            + tail.Length);
        json.Raw(head);
        json.Raw("\"accounts\":"u8);
        for (var number = 0; number < _accounts.Count; number++)
        {
            json.Raw(number == 0 ? "[\""u8 : ",\""u8);
            json.Raw(_accounts[number]);
            json.Raw("\""u8);
        }
        json.Raw("],\"sums\":"u8);
        for (var number = 0; number < _accounts.Count; number++)
        {
            json.Raw(number == 0 ? "["u8 : ","u8);
            json.Number(_sums[number]);
        }
        json.Raw("],"u8);
        json.Raw(BlockDocument.EntriesKey);
        json.Raw(_entries.Written);
        json.Raw(tail);
        return json.Memory;
    }

    /// <summary>How many bytes the object at the beginning takes; 0 when there is none.</summary>
    private static int LengthOf(ReadOnlySpan<byte> json)
    {
        if (json is not [(byte)'{', ..]) return 0;
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            reader.Skip();
            return (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            return 0;
        }
    }
}
