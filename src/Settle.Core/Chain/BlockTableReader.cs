namespace Settle.Chain;

/// <summary>
/// Reads a block that <see cref="BlockTableWriter"/> wrote, and puts its rows back into entries.
/// The table is checked against them: a block's hash covers its entries, but not their sums.
/// </summary>
internal sealed class BlockTableReader
{
    private readonly ReadOnlyMemory<byte> _stored;
    private readonly JsonBuffer _json;
    private readonly JsonBuffer _id = new(256);
    private readonly JsonBuffer _timestamp = new(64);

    // As JSON has them, with their quotes.
    private readonly NameTable _accounts = new();
    private readonly List<long> _stated = [];
    private long[] _sums = [];
    private int _used;
    private int _entries;

    private BlockTableReader(ReadOnlyMemory<byte> stored)
    {
        _stored = stored;
        _json = new JsonBuffer(stored.Length * 3);
    }

    /// <summary>
    /// The block with entries in place of its table, and without the store's revision. Its members
    /// have the order in which they are stored.
    /// </summary>
    /// <param name="stored">What a database gave.</param>
    /// <returns>Null when it has no table.</returns>
    /// <exception cref="FormatException">Its table is not what a writer wrote.</exception>
    public static ReadOnlyMemory<byte>? Expand(ReadOnlyMemory<byte> stored)
    {
        try
        {
            return new BlockTableReader(stored).Expand();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"no canonical JSON: {e.Message}", e);
        }
    }

    private ReadOnlyMemory<byte>? Expand()
    {
        var members = new List<(int Start, int Value, int End)>();
        var (accounts, sums, entries, revision) = (-1, -1, -1, -1);
        var reader = new Utf8JsonReader(_stored.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var name = reader.ValueSpan;
            if (name.SequenceEqual("accounts"u8)) accounts = members.Count;
            else if (name.SequenceEqual("sums"u8)) sums = members.Count;
            else if (name.SequenceEqual("entries"u8)) entries = members.Count;
            else if (name.SequenceEqual("_rev"u8)) revision = members.Count;
            reader.Read();
            var value = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add((start, value, (int)reader.BytesConsumed));
        }
        reader.Read(); // Nothing may come behind it.
        if (accounts < 0) return null;
        if (sums < 0 || entries < 0)
            throw new FormatException("has a table of accounts without sums or entries");
        ReadAccounts(Value(accounts));
        ReadSums(Value(sums));
        // All that it had before stays as it is, to the byte.
        var stored = _stored.Span;
        var length = members[0].Start;
        _json.Raw(stored[..length]);
        for (var at = 0; at < members.Count; at++)
        {
            var isLast = at == members.Count - 1;
            var end = isLast ? stored.Length : members[at + 1].Start;
            if (at == accounts || at == sums || at == revision)
            {
                if (!isLast) continue;
                _json.Truncate(length);
            }
            else if (at == entries)
            {
                ReadEntries(Value(at));
            }
            else
            {
                _json.Raw(stored[members[at].Start..members[at].End]);
            }
            length = _json.Length;
            _json.Raw(stored[members[at].End..end]);
        }
        Check();
        return _json.Memory;

        ReadOnlySpan<byte> Value(int member) =>
            _stored.Span[members[member].Value..members[member].End];
    }

    private void ReadAccounts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Begin(ref reader, "accounts");
        var count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (_accounts.FindOrAdd(Text(json, ref reader, _id)) != count++)
                throw new FormatException("its table names an account twice");
        }
        if (reader.TokenType != JsonTokenType.EndArray)
            throw new FormatException("its accounts are not all texts");
        _sums = new long[count];
    }

    private void ReadSums(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Begin(ref reader, "sums");
        while (reader.Read() && reader.TokenType == JsonTokenType.Number
            && reader.TryGetInt64(out var sum))
            _stated.Add(sum);
        if (reader.TokenType != JsonTokenType.EndArray)
            throw new FormatException("its sums are not all integers");
        if (_stated.Count != _accounts.Count)
        {
            throw new FormatException(
                $"it has {_stated.Count} sums for {_accounts.Count} accounts");
        }
    }

    private void ReadEntries(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Begin(ref reader, "entries");
        _json.Raw(BlockDocument.EntriesKey);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_entries > 0) _json.Raw(","u8);
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                ReadRows(json, ref reader);
                continue;
            }
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            _json.Raw(json[start..(int)reader.BytesConsumed]);
            _entries++;
        }
        _json.Raw("]"u8);
    }

    private void ReadRows(ReadOnlySpan<byte> json, ref Utf8JsonReader reader)
    {
        var isFirst = true;
        Next(ref reader, JsonTokenType.String);
        do
        {
            var id = Text(json, ref reader, _id);
            var (from, to) = (ReadAccount(ref reader), ReadAccount(ref reader));
            Next(ref reader, JsonTokenType.Number);
            if (!reader.TryGetInt64(out var amount) || amount is < 1 or > Limits.AmountMax)
                throw NoRow();
            ReadOnlySpan<byte> timestamp = default;
            reader.Read();
            if (isFirst && reader.TokenType == JsonTokenType.String && IsLast(reader))
            {
                timestamp = Text(json, ref reader, _timestamp);
                reader.Read();
            }
            if (!isFirst) _json.Raw(","u8);
            WriteEntry(id, from, to, amount, timestamp);
            _entries++;
            isFirst = false;
        }
        while (reader.TokenType == JsonTokenType.String);
        if (reader.TokenType != JsonTokenType.EndArray) throw NoRow();
    }

    // The reader comes as a copy, which can look ahead.
    private static bool IsLast(Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.EndArray;

    private void WriteEntry(ReadOnlySpan<byte> id, int from, int to, long amount,
        ReadOnlySpan<byte> timestamp)
    {
        _sums[from] -= amount;
        _sums[to] += amount;
        if (_sums[from] < -Limits.AmountMax || _sums[to] > Limits.AmountMax) throw NoRow();
        _json.Raw("{\"amount\":"u8);
        _json.Number(amount);
        _json.Raw(",\"from\":"u8);
        _json.Raw(_accounts[from]);
        _json.Raw(",\"id\":"u8);
        _json.Raw(id);
        _json.Raw(",\"status\":\"successful\""u8);
        if (!timestamp.IsEmpty)
        {
            _json.Raw(",\"timestamp\":"u8);
            _json.Raw(timestamp);
        }
        _json.Raw(",\"to\":"u8);
        _json.Raw(_accounts[to]);
        _json.Raw(",\"type\":\"transfer\"}"u8);
    }

    // Accounts have the order in which rows first name them.
    private int ReadAccount(ref Utf8JsonReader reader)
    {
        Next(ref reader, JsonTokenType.Number);
        if (!reader.TryGetInt32(out var number) || number < 0 || number > _used
            || number == _accounts.Count)
            throw NoRow();
        if (number == _used) _used++;
        return number;
    }

    private void Check()
    {
        if (_used == 0) throw new FormatException("has a table of accounts and no row");
        if (_used < _accounts.Count)
            throw new FormatException(
                $"its table has the account {_accounts.Text(_used)}, and no row");
        for (var number = 0; number < _sums.Length; number++)
        {
            if (_sums[number] == _stated[number]) continue;
            throw new FormatException($"its sum of {_accounts.Text(number)} is {_stated[number]}, "
                + $"but its rows come to {_sums[number]}");
        }
    }

    /// <summary>The string that the reader stands at, as canonical JSON, with quotes.</summary>
    private static ReadOnlySpan<byte> Text(
        ReadOnlySpan<byte> json, scoped ref Utf8JsonReader reader, JsonBuffer room)
    {
        if (!reader.ValueIsEscaped)
            return json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
        room.Clear();
        room.String(Encoding.UTF8.GetBytes(reader.GetString()!));
        return room.Written;
    }

    private static void Begin(ref Utf8JsonReader reader, string member)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            throw new FormatException($"its {member} are not an array");
    }

    private void Next(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type) throw NoRow();
    }

    private FormatException NoRow() =>
        new($"its entry {_entries} is not a row [id, from, to, amount, timestamp]");
}
