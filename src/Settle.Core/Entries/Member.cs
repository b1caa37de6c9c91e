using Settle.Billing;

namespace Settle;

/// <summary>
/// One member of entries: how it is called, which kinds have it, where its value is kept, how it is
/// written, and whether a caller asks for it or the decision fills it in.
/// </summary>
internal sealed class Member
{
    private readonly byte[] _key;
    private readonly Slot<Slice>? _text;
    private readonly Slot<long>? _long;
    private readonly Slot<int>? _int;
    private readonly Slot<bool>? _flag;

    public Member(string name, KindSet kinds, MemberEncoding encoding)
    {
        (Name, Kinds, Encoding, Field) = (name, kinds, encoding, name);
        _key = System.Text.Encoding.ASCII.GetBytes($"\"{name}\":");
    }

    public Member(string name, KindSet kinds, Slot<Slice> slot)
        : this(name, kinds, MemberEncoding.Text) => _text = slot;

    public Member(string name, KindSet kinds, Slot<long> slot)
        : this(name, kinds, MemberEncoding.Number) => _long = slot;

    public Member(string name, KindSet kinds, Slot<int> slot)
        : this(name, kinds, MemberEncoding.Number) => _int = slot;

    public Member(string name, KindSet kinds, Slot<bool> slot)
        : this(name, kinds, MemberEncoding.Flag) => _flag = slot;

    public string Name { get; }

    public KindSet Kinds { get; }

    public MemberEncoding Encoding { get; init; }

    /// <summary>What callers call it, in errors.</summary>
    public string Field { get; init; }

    /// <summary>The first version of blocks that have it (C8).</summary>
    public int Since { get; init; } = 1;

    /// <summary>What an absent number is.</summary>
    public long Absent { get; init; }

    /// <summary>The largest number that it can be, or the most UTF-8 bytes of a text.</summary>
    public long Max { get; init; } = long.MaxValue;

    /// <summary>A text of one line, without spaces at its ends.</summary>
    public bool IsName { get; init; }

    /// <summary>The kinds that have it even when it is <see cref="Absent"/>.</summary>
    public KindSet Always { get; init; }

    /// <summary>Where an entry keeps whether it has one; null when the value tells.</summary>
    public Slot<bool>? Has { get; init; }

    /// <summary>What stands for no limit, or for true.</summary>
    public string Word { get; init; } = "";

    /// <summary>
    /// The kinds in which the decision fills it in: it is not compared, and is emptied before the
    /// request is decided again. In others, what callers say stays.
    /// </summary>
    public KindSet DecidedIn { get; init; }

    /// <summary>In which entries of those kinds; null for all.</summary>
    public Func<RequestBatch, Request, bool>? IsDecided { get; init; }

    /// <summary>The decision fills it in, and forgets it when it refuses after all.</summary>
    public bool IsResult { get; init; }

    /// <summary>
    /// Whether a request repeats a recorded one, given whether the values are the same; null when
    /// nothing else counts.
    /// </summary>
    public Func<bool, RequestBatch, Request, RequestBatch, Request, bool>? Repeats { get; init; }

    /// <summary>Checks a text that has a limit, where there is one.</summary>
    /// <exception cref="InvalidRequestException">It is too long, or not printable.</exception>
    public void Check(RequestBatch batch, ref Request request)
    {
        if (_text is null || Max == long.MaxValue) return;
        var text = batch.Bytes(_text(batch, ref request));
        if (text.IsEmpty) return;
        if (IsName)
        {
            Texts.CheckLine(Field, text, (int)Max);
            VisibleText.Check(Field, text);
        }
        else Texts.CheckText(Field, text, (int)Max);
    }

    public bool Is(ReadOnlySpan<byte> key, JsonTokenType token) =>
        key.SequenceEqual(_key.AsSpan(1..^2)) && Encoding switch
        {
            MemberEncoding.Number => token == JsonTokenType.Number,
            MemberEncoding.Limit => token is JsonTokenType.Number or JsonTokenType.String,
            MemberEncoding.Flag => token is JsonTokenType.True or JsonTokenType.False,
            MemberEncoding.Object => token == JsonTokenType.StartObject,
            MemberEncoding.Array or MemberEncoding.Postings => token == JsonTokenType.StartArray,
            _ => token == JsonTokenType.String,
        };

    /// <summary>Reads the value that the reader stands at.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, RequestBatch batch,
        ref Request entry)
    {
        if (Has is not null) Has(batch, ref entry) = true;
        switch (Encoding)
        {
            case MemberEncoding.Text:
                _text!(batch, ref entry) = ReadText(ref reader, batch);
                break;
            case MemberEncoding.Object or MemberEncoding.Array:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                _text!(batch, ref entry) = batch.Append(json[start..(int)reader.BytesConsumed]);
                break;
            case MemberEncoding.Postings:
                RequestPosting.ReadAll(ref reader, batch, ref entry);
                break;
            case MemberEncoding.Reason:
                entry.Refusal = Refusals.Parse(reader.GetString()!);
                break;
            case MemberEncoding.Status:
                if (!reader.ValueTextEquals(StatusOf(entry)))
                    throw new FormatException("its status does not fit its reason");
                break;
            case MemberEncoding.Kind:
                if (!EntryKinds.TryParse(reader.ValueSpan, out entry.Kind))
                    throw new FormatException("its type is unknown");
                break;
            default:
                if (!TryReadNumber(ref reader, out var value))
                    throw new FormatException($"its {Name} is damaged");
                Set(batch, ref entry, value);
                break;
        }
    }

    /// <summary>Writes the member, if the entry has it.</summary>
    public bool Write(JsonBuffer json, RequestBatch batch, ref Request entry, ref bool isOpen)
    {
        if (!IsIn(batch, ref entry)) return false;
        json.Raw(isOpen ? ","u8 : "{"u8);
        isOpen = true;
        json.Raw(_key);
        switch (Encoding)
        {
            case MemberEncoding.Text:
                json.String(batch.Bytes(_text!(batch, ref entry)));
                break;
            case MemberEncoding.Object or MemberEncoding.Array:
                json.Raw(batch.Bytes(_text!(batch, ref entry)));
                break;
            case MemberEncoding.Postings:
                RequestPosting.WriteAll(json, batch, entry);
                break;
            case MemberEncoding.Reason:
                Ascii(json, entry.Refusal.Text());
                break;
            case MemberEncoding.Status:
                json.String(StatusOf(entry));
                break;
            case MemberEncoding.Kind:
                json.String(entry.Kind.Bytes());
                break;
            default:
                WriteNumber(json, Number(batch, ref entry));
                break;
        }
        return true;
    }

    /// <summary>Whether two requests ask for the same here.</summary>
    public bool IsSame(RequestBatch batch, ref Request request, RequestBatch recordedBatch,
        ref Request recorded)
    {
        var (isAsked, wasAsked) =
            (IsAsked(batch, request), IsAsked(recordedBatch, recorded));
        var isSame = true;
        if (_text is not null)
        {
            isSame = batch.Bytes(isAsked ? _text(batch, ref request) : default)
                .SequenceEqual(
                    recordedBatch.Bytes(wasAsked ? _text(recordedBatch, ref recorded) : default));
        }
        else if (Encoding == MemberEncoding.Postings)
        {
            isSame = !isAsked || RequestPosting.AreSame(batch, request, recordedBatch, recorded);
        }
        else if (_long is not null || _int is not null || _flag is not null)
        {
            isSame = (isAsked ? Number(batch, ref request) : Absent)
                == (wasAsked ? Number(recordedBatch, ref recorded) : Absent)
                && (Has is null
                    || Has(batch, ref request) == Has(recordedBatch, ref recorded));
        }
        return Repeats?.Invoke(isSame, batch, request, recordedBatch, recorded) ?? isSame;
    }

    /// <summary>Empties what the decision filled in.</summary>
    public void Reset(RequestBatch batch, ref Request entry)
    {
        if (IsAsked(batch, entry)) return;
        if (_text is not null) _text(batch, ref entry) = default;
        else if (Encoding == MemberEncoding.Postings) entry.ExtraCount = 0;
        else Set(batch, ref entry, Absent);
    }

    private bool IsAsked(RequestBatch batch, in Request entry) =>
        !IsResult
        && !(DecidedIn.Has(entry.Kind) && IsDecided?.Invoke(batch, entry) != false);

    private bool IsIn(RequestBatch batch, ref Request entry) => Encoding switch
    {
        MemberEncoding.Status or MemberEncoding.Kind => true,
        MemberEncoding.Reason => entry.Refusal != RefusalCode.None,
        MemberEncoding.Postings => entry.ExtraCount > 0,
        _ when Has is not null => Has(batch, ref entry),
        _ when _text is not null => !_text(batch, ref entry).IsEmpty,
        // A sum that came to nothing is one, where there is no sum of what was refused.
        _ => Number(batch, ref entry) != Absent || (Always.Has(entry.Kind)
            && (entry.Refusal == RefusalCode.None || IsAsked(batch, entry))),
    };

    private long Number(RequestBatch batch, ref Request entry) =>
        _long is not null ? _long(batch, ref entry)
        : _int is not null ? _int(batch, ref entry)
        : _flag!(batch, ref entry) ? 1 : 0;

    private void Set(RequestBatch batch, ref Request entry, long value)
    {
        if (_long is not null) _long(batch, ref entry) = value;
        else if (_int is not null) _int(batch, ref entry) = (int)value;
        else _flag!(batch, ref entry) = value != 0;
    }

    private void WriteNumber(JsonBuffer json, long value)
    {
        switch (Encoding)
        {
            case MemberEncoding.Flag:
                json.Raw(value != 0 ? "true"u8 : "false"u8);
                break;
            case MemberEncoding.Word:
            case MemberEncoding.Limit when value == AccountTerms.Unlimited:
                Ascii(json, Word);
                break;
            case MemberEncoding.Day:
                var day = (stackalloc byte[Days.TextLength]);
                Days.Write(day, (int)value);
                json.String(day);
                break;
            case MemberEncoding.Decimal:
                Ascii(json, Scaled.Text(value, Scaled.Decimals));
                break;
            case MemberEncoding.Time:
                var time = (stackalloc byte[ChainTime.TextLength]);
                ChainTime.Write(time, value);
                json.String(time);
                break;
            default:
                json.Number(value);
                break;
        }
    }

    private bool TryReadNumber(ref Utf8JsonReader reader, out long value)
    {
        switch (Encoding)
        {
            case MemberEncoding.Flag:
                value = reader.GetBoolean() ? 1 : 0;
                return true;
            case MemberEncoding.Word:
                value = 1;
                return reader.ValueTextEquals(Word);
            case MemberEncoding.Limit when reader.TokenType == JsonTokenType.String:
                value = AccountTerms.Unlimited;
                return reader.ValueTextEquals(Word);
            case MemberEncoding.Day:
                var isDay = Days.TryParse(reader.ValueSpan, out var day);
                value = day;
                return isDay;
            case MemberEncoding.Decimal:
                return Scaled.TryParse(reader.ValueSpan, Scaled.Decimals, out value);
            case MemberEncoding.Time:
                return ChainTime.TryParse(reader.GetString(), out value);
            default:
                return reader.TryGetInt64(out value) && value <= Max
                    && (_int is null || value == (int)value);
        }
    }

    /// <summary>A string as a slice of the batch.</summary>
    internal static Slice ReadText(ref Utf8JsonReader reader, RequestBatch batch) =>
        reader.ValueIsEscaped
            ? batch.Commit(reader.CopyString(batch.Reserve(reader.ValueSpan.Length)))
            : batch.Append(reader.ValueSpan);

    private static ReadOnlySpan<byte> StatusOf(in Request entry) =>
        entry.Refusal == RefusalCode.None ? "successful"u8 : "rejected"u8;

    private static void Ascii(JsonBuffer json, string text) =>
        json.String(System.Text.Encoding.ASCII.GetBytes(text));
}
