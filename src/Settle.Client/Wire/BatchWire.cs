using System.Buffers;

namespace Settle.Wire;

/// <summary>
/// Batches of requests and of verdicts as JSON, written and read without a string too many.
/// </summary>
internal static partial class BatchWire
{
    private const int FlushBytes = 32 * 1024;
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText From = JsonEncodedText.Encode("from");
    private static readonly JsonEncodedText To = JsonEncodedText.Encode("to");
    private static readonly JsonEncodedText Amount = JsonEncodedText.Encode("amount");
    private static readonly JsonEncodedText Asset = JsonEncodedText.Encode("asset");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Memo = JsonEncodedText.Encode("memo");
    private static readonly JsonEncodedText Meta = JsonEncodedText.Encode("meta");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    private static readonly JsonEncodedText Block = JsonEncodedText.Encode("block");
    private static readonly JsonEncodedText Replayed = JsonEncodedText.Encode("replayed");
    private static readonly JsonEncodedText Account = JsonEncodedText.Encode("account");
    private static readonly JsonEncodedText Exists = JsonEncodedText.Encode("account_exists");
    private static readonly JsonEncodedText Spendable = JsonEncodedText.Encode("spendable");
    private static readonly JsonEncodedText Needed = JsonEncodedText.Encode("needed");
    private static readonly JsonEncodedText Room = JsonEncodedText.Encode("room");
    private static readonly JsonEncodedText Here = JsonEncodedText.Encode("here");
    private static readonly JsonEncodedText Total = JsonEncodedText.Encode("total");
    private static readonly JsonEncodedText Asked = JsonEncodedText.Encode("asked");
    private static readonly JsonEncodedText Site = JsonEncodedText.Encode("site");
    private static readonly JsonEncodedText Url = JsonEncodedText.Encode("url");
    private static readonly JsonEncodedText New = JsonEncodedText.Encode("new_accounts");
    private static readonly JsonEncodedText Successful = JsonEncodedText.Encode("successful");
    private static readonly JsonEncodedText Rejected = JsonEncodedText.Encode("rejected");
    /// <summary>How it is written.</summary>
    public static readonly JsonWriterOptions Options =
        new() { Encoder = WireJson.Compact.Options.Encoder, SkipValidation = true };

    /// <summary>Writes what <c>transfers/batch</c> takes.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="requests">The transfers.</param>
    /// <param name="scaleOf">The decimals of an asset; null means the default asset.</param>
    public static void WriteRequests(IBufferWriter<byte> output,
        ReadOnlySpan<TransferRequest> requests, Func<string?, int> scaleOf)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartArray();
        foreach (var request in requests)
        {
            Write(json, request, scaleOf);
            if (json.BytesPending > FlushBytes) json.Flush();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes what <c>transfers</c> takes.</summary>
    public static void WriteRequest(
        IBufferWriter<byte> output, TransferRequest request, Func<string?, int> scaleOf)
    {
        using var json = new Utf8JsonWriter(output, Options);
        Write(json, request, scaleOf);
    }

    /// <summary>Writes what a batch is answered with.</summary>
    public static void WriteVerdicts(
        IBufferWriter<byte> output, ReadOnlySpan<string> ids, ReadOnlySpan<Verdict> verdicts)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartArray();
        for (var i = 0; i < verdicts.Length; i++)
        {
            json.WriteStartObject();
            WriteMembers(json, ids[i], verdicts[i]);
            json.WriteEndObject();
            if (json.BytesPending > FlushBytes) json.Flush();
        }
        json.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, string id, in Verdict verdict)
    {
        json.WriteString(Id, id);
        json.WriteString(Status, verdict.IsSuccessful ? Successful : Rejected);
        if (!verdict.IsSuccessful) json.WriteString(Reason, verdict.Refusal.Text());
        WriteDetail(json, verdict);
        json.WriteNumber(Block, verdict.Block);
        if (verdict.Replayed) json.WriteBoolean(Replayed, true);
    }

    /// <summary>Writes what a verdict says beside the refusal.</summary>
    public static void WriteDetail(Utf8JsonWriter json, Verdict verdict)
    {
        if (verdict.Shortfall is { } shortfall)
        {
            json.WriteString(Account, shortfall.Account);
            if (!shortfall.Exists) json.WriteBoolean(Exists, false);
            json.WriteString(Asset, shortfall.Needed.Asset);
            WriteAmount(json, Spendable, shortfall.Spendable);
            WriteAmount(json, Needed, shortfall.Needed);
        }
        if (verdict.RefusedAccount is { } refused)
        {
            json.WriteString(Account, refused.Account);
            if (refused.Room is { } room)
            {
                json.WriteString(Asset, room.Asset);
                WriteAmount(json, Room, room);
            }
        }
        if (verdict.Detail is HereShortfall elsewhere) WriteElsewhere(json, elsewhere);
        if (verdict.Detail is DecidedAt at)
        {
            json.WriteString(Site, at.Site);
            if (at.Url is { } url) json.WriteString(Url, url);
        }
        if (verdict.NewAccounts is not { } accounts) return;
        json.WriteStartArray(New);
        foreach (var account in accounts) json.WriteStringValue(account);
        json.WriteEndArray();
    }

    private static void WriteElsewhere(Utf8JsonWriter json, HereShortfall elsewhere)
    {
        json.WriteString(Account, elsewhere.Account);
        json.WriteString(Asset, elsewhere.Needed.Asset);
        WriteAmount(json, Needed, elsewhere.Needed);
        WriteAmount(json, Here, elsewhere.Here);
        if (elsewhere.Total.IsUnlimited) json.WriteString(Total, "unlimited"u8);
        else WriteAmount(json, Total, elsewhere.Total.Amount);
        json.WriteStartArray(Asked);
        foreach (var site in elsewhere.Asked) json.WriteStringValue(site);
        json.WriteEndArray();
    }

    /// <summary>Reads what a batch was answered with, at length or short.</summary>
    /// <param name="utf8">The answer.</param>
    /// <param name="verdicts">Where to.</param>
    /// <param name="amountOf">An amount in the minor unit of an asset.</param>
    /// <exception cref="JsonException">It is not that, or not one verdict per request.</exception>
    public static void ReadVerdicts(ReadOnlySpan<byte> utf8, Span<Verdict> verdicts,
        Func<Int128, string, Money> amountOf)
    {
        var json = new Utf8JsonReader(utf8);
        if (!json.Read()) throw NotVerdicts();
        if (json.TokenType == JsonTokenType.StartObject)
        {
            ReadMinimal(ref json, verdicts, amountOf);
            return;
        }
        if (json.TokenType != JsonTokenType.StartArray) throw NotVerdicts();
        foreach (ref var verdict in verdicts)
            if (!TryReadVerdict(ref json, amountOf, out verdict, out _)) throw NotVerdicts();
        if (!json.Read() || json.TokenType != JsonTokenType.EndArray) throw NotVerdicts();
    }

    // False where the list ends. The place is said in a short answer only.
    private static bool TryReadVerdict(ref Utf8JsonReader json,
        Func<Int128, string, Money> amountOf, out Verdict verdict, out int index)
    {
        (verdict, index) = (default, -1);
        if (!json.Read()) throw NotVerdicts();
        if (json.TokenType == JsonTokenType.EndArray) return false;
        if (json.TokenType != JsonTokenType.StartObject) throw NotVerdicts();
        verdict = ReadVerdict(ref json, amountOf, ref index);
        return true;
    }

    // Behind its opening brace.
    private static Verdict ReadVerdict(
        ref Utf8JsonReader json, Func<Int128, string, Money> amountOf, ref int index)
    {
        var (refusal, block, replayed) = (RefusalCode.None, -1L, false);
        string? account = null, asset = null, site = null, url = null;
        Int128 spendable = 0;
        Int128? needed = null, room = null, here = null, total = null;
        var exists = true;
        string[]? added = null, asked = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(Block.EncodedUtf8Bytes)) block = Integer(ref json);
            else if (json.ValueTextEquals(Index.EncodedUtf8Bytes))
                index = (int)long.Clamp(Integer(ref json), -1, int.MaxValue);
            else if (json.ValueTextEquals(Reason.EncodedUtf8Bytes))
            {
                json.Read();
                refusal = Words<RefusalCode>.Parse(json.GetString());
            }
            else if (json.ValueTextEquals(Replayed.EncodedUtf8Bytes))
            {
                json.Read();
                replayed = json.TokenType == JsonTokenType.True;
            }
            else if (json.ValueTextEquals(Account.EncodedUtf8Bytes)) account = Text(ref json);
            else if (json.ValueTextEquals(Asset.EncodedUtf8Bytes)) asset = Text(ref json);
            else if (json.ValueTextEquals(Spendable.EncodedUtf8Bytes)) spendable = Units(ref json);
            else if (json.ValueTextEquals(Needed.EncodedUtf8Bytes)) needed = Units(ref json);
            else if (json.ValueTextEquals(Room.EncodedUtf8Bytes)) room = Units(ref json);
            else if (json.ValueTextEquals(New.EncodedUtf8Bytes)) added = Texts(ref json);
            else if (json.ValueTextEquals(Here.EncodedUtf8Bytes)) here = Units(ref json);
            else if (json.ValueTextEquals(Total.EncodedUtf8Bytes)) total = UnitsOrNone(ref json);
            else if (json.ValueTextEquals(Asked.EncodedUtf8Bytes)) asked = Texts(ref json);
            else if (json.ValueTextEquals(Site.EncodedUtf8Bytes)) site = Text(ref json);
            else if (json.ValueTextEquals(Url.EncodedUtf8Bytes)) url = Text(ref json);
            else if (json.ValueTextEquals(Exists.EncodedUtf8Bytes))
                exists = !json.Read() || json.TokenType != JsonTokenType.False;
            else json.Skip();
        }
        if (block < 0) throw NotVerdicts();
        return new Verdict(refusal, block, replayed)
        {
            Detail = site is not null ? new DecidedAt(site, url)
                : account is null ? added
                : here is { } part && needed is { } wanted && asset is not null
                    ? new HereShortfall
                    {
                        Account = account, Here = amountOf(part, asset),
                        Needed = amountOf(wanted, asset), Asked = asked ?? [],
                        Total = total is { } all
                            ? Settle.Spendable.Of(amountOf(all, asset))
                            : Settle.Spendable.Unlimited,
                    }
                : needed is { } lacking && asset is not null ? new Shortfall
                {
                    Account = account, Spendable = amountOf(spendable, asset),
                    Needed = amountOf(lacking, asset), Exists = exists,
                }
                : new RefusedAccount
                {
                    Account = account,
                    Room = room is { } left && asset is not null ? amountOf(left, asset) : null,
                },
        };
    }

    private static long Integer(ref Utf8JsonReader json) =>
        json.Read() && json.TryGetInt64(out var number) ? number : throw NotVerdicts();

    private static string? Text(ref Utf8JsonReader json) => json.Read() ? json.GetString() : null;

    private static Int128 Units(ref Utf8JsonReader json) => json.Read()
        && Int128.TryParse(json.ValueSpan, NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var units) ? units : throw NotVerdicts();

    // Instead of an amount it may say that there is no limit.
    private static Int128? UnitsOrNone(ref Utf8JsonReader json) =>
        !json.Read() || json.TokenType == JsonTokenType.String ? null
            : Int128.TryParse(json.ValueSpan, NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var units) ? units : throw NotVerdicts();

    private static string[] Texts(ref Utf8JsonReader json)
    {
        var texts = new List<string>();
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray) throw NotVerdicts();
        while (json.Read() && json.TokenType == JsonTokenType.String) texts.Add(json.GetString()!);
        return [.. texts];
    }

    private static void WriteAmount(Utf8JsonWriter json, JsonEncodedText name, Money amount)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(amount.Units.ToString(CultureInfo.InvariantCulture));
    }

    private static void Write(
        Utf8JsonWriter json, TransferRequest request, Func<string?, int> scaleOf)
    {
        json.WriteStartObject();
        if (request.Id is { } id) json.WriteString(Id, id);
        json.WriteString(From, request.From);
        json.WriteString(To, request.To);
        json.WriteNumber(Amount, request.Amount.ToMinor("amount", scaleOf(request.Asset)));
        if (request.Asset is { } asset) json.WriteString(Asset, asset);
        if (request.Timestamp is { } timestamp)
            json.WriteString(Timestamp, Settle.Texts.Timestamp(timestamp));
        if (request.Memo is { } memo) json.WriteString(Memo, memo);
        if (request.Meta is { } meta) WriteMeta(json, meta);
        json.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter json, IReadOnlyDictionary<string, string> meta)
    {
        json.WriteStartObject(Meta);
        foreach (var (key, value) in meta) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static JsonException NotVerdicts() => new("the answer is not one verdict per request");
}
