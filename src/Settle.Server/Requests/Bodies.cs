using System.Globalization;
using System.Text.Json;
using Settle.Wire;

namespace Settle.Server;

/// <summary>What the bodies of requests look like, one method for each.</summary>
internal static class Bodies
{
    private const string TransferIs = "a transfer";
    private static readonly FieldNames TransferFields =
        new(TransferIs, "id", "from", "to", "amount", "asset", "timestamp", "memo", "meta");
    private static readonly FieldNames HoldFields =
        new("a hold", "id", "from", "to", "amount", "asset", "expires_in", "timestamp", "memo",
        "meta");
    private static readonly FieldNames TransactionFields =
        new("a transaction", "id", "postings", "timestamp", "memo", "meta");
    private static readonly FieldNames PostingFields =
        new("a posting", "from", "to", "amount", "asset");
    private static readonly FieldNames AccountFields =
        new("an account's terms", "id", "asset", "overdraft", "ceiling", "closed", "owners",
        "meta");
    private static readonly FieldNames CaptureFields = new("a capture", "id", "amount");
    private static readonly FieldNames IdFields = new("such a request", "id");
    private static readonly FieldNames LedgerFields = new("a ledger", "asset", "scale");
    private static readonly FieldNames AssetFields = new("an asset", "scale");

    internal delegate T Reading<T>(ref RequestReader reader);

    public static TransferRequest Transfer(ReadOnlySpan<byte> utf8) =>
        Read(utf8, static (ref RequestReader reader) =>
        {
            ulong seen = 0;
            reader.OpenObject(TransferFields, ref seen);
            return TransferFieldsOf(ref reader, ref seen, out _);
        });

    public static TransferRequest[] TransferBatch(ReadOnlySpan<byte> utf8)
    {
        var requests = new List<TransferRequest>();
        var reader = new RequestReader(utf8);
        try
        {
            ulong seen = 0;
            reader.OpenList("transfers");
            while (reader.NextItem(TransferFields, ref seen))
            {
                if (requests.Count == Limits.BatchMax)
                    throw RequestRefusedException.BatchTooLarge();
                requests.Add(TransferFieldsOf(ref reader, ref seen, out _));
            }
            reader.End();
        }
        catch (JsonException e)
        {
            throw NotJson(utf8, e);
        }
        return requests.Count > 0
            ? [.. requests]
            : throw new InvalidRequestException("body", "must have at least one transfer");
    }

    public static HoldRequest Hold(ReadOnlySpan<byte> utf8) =>
        Read(utf8, static (ref RequestReader reader) =>
        {
            ulong seen = 0;
            reader.OpenObject(HoldFields, ref seen);
            var moved = TransferFieldsOf(ref reader, ref seen, out var expires);
            return new HoldRequest
            {
                Id = moved.Id,
                From = moved.From,
                To = moved.To,
                Amount = moved.Amount,
                Asset = moved.Asset,
                ExpiresIn = expires,
                Timestamp = moved.Timestamp,
                Memo = moved.Memo,
                Meta = moved.Meta,
            };
        });

    public static TransactionRequest Transaction(ReadOnlySpan<byte> utf8) =>
        Read(utf8, static (ref RequestReader reader) =>
        {
            string? id = null, timestamp = null, memo = null;
            List<Posting>? postings = null;
            IReadOnlyDictionary<string, string>? meta = null;
            ulong seen = 0;
            reader.OpenObject(TransactionFields, ref seen);
            while (reader.NextField(ref seen))
            {
                switch (reader.Field)
                {
                    case "id": id = reader.Text(); break;
                    case "postings": postings = Postings(ref reader); break;
                    case "timestamp": timestamp = reader.Word(); break;
                    case "memo": memo = reader.Text(); break;
                    default: meta = reader.Texts(); break;
                }
            }
            return new TransactionRequest
            {
                Id = id,
                Postings = postings ?? throw reader.Missing("postings"),
                Timestamp = timestamp,
                Memo = memo,
                Meta = meta,
            };
        });

    public static AccountRequest Account(ReadOnlySpan<byte> utf8, string account) =>
        Read(utf8, static (ref RequestReader reader) =>
        {
            var request = new AccountRequest { Account = "" };
            ulong seen = 0;
            reader.OpenObject(AccountFields, ref seen);
            while (reader.NextField(ref seen))
            {
                request = reader.Field switch
                {
                    "id" => request with { Id = reader.Text() },
                    "asset" => request with { Asset = reader.Word() },
                    "overdraft" => request with { Overdraft = OverdraftOf(ref reader) },
                    "ceiling" => request with { Ceiling = CeilingOf(ref reader) },
                    "closed" => request with { Closed = reader.Flag() },
                    "owners" => request with { Owners = reader.TextList() },
                    _ => request with { Meta = reader.Texts() },
                };
            }
            return request;
        }) with { Account = account };

    public static CaptureBody Capture(ReadOnlySpan<byte> utf8) =>
        IsBlank(utf8) ? new CaptureBody() : Read(utf8, static (ref RequestReader reader) =>
        {
            string? id = null;
            long? amount = null;
            ulong seen = 0;
            reader.OpenObject(CaptureFields, ref seen);
            while (reader.NextField(ref seen))
            {
                if (reader.Field == "id") id = reader.Text();
                else amount = reader.Amount();
            }
            return new CaptureBody { Id = id, Amount = amount };
        });

    /// <summary>The id of a request that has nothing else to say; null when absent.</summary>
    public static string? Id(ReadOnlySpan<byte> utf8) =>
        IsBlank(utf8) ? null : Read(utf8, static (ref RequestReader reader) =>
        {
            string? id = null;
            ulong seen = 0;
            reader.OpenObject(IdFields, ref seen);
            while (reader.NextField(ref seen)) id = reader.Text();
            return id;
        });

    public static (string Asset, int? Scale) Ledger(ReadOnlySpan<byte> utf8) =>
        Read(utf8, static (ref RequestReader reader) =>
        {
            string? asset = null;
            long? scale = null;
            ulong seen = 0;
            reader.OpenObject(LedgerFields, ref seen);
            while (reader.NextField(ref seen))
            {
                if (reader.Field == "asset") asset = reader.Word();
                else scale = reader.Integer("an integer from 0 to 12");
            }
            // What is out of range stays so; the rules say what is in it.
            return (reader.Required(asset, "asset"),
                scale is { } value ? (int?)long.Clamp(value, -1, 99) : null);
        });

    public static int AssetScale(ReadOnlySpan<byte> utf8) =>
        Read(utf8, static (ref RequestReader reader) =>
    {
        const string Range = "an integer from 0 to 12";
        long? scale = null;
        ulong seen = 0;
        reader.OpenObject(AssetFields, ref seen);
        while (reader.NextField(ref seen)) scale = reader.Integer(Range);
        return reader.Required(scale, "scale") is >= 0 and <= Limits.ScaleMax and var value
            ? (int)value
            : throw new InvalidRequestException("scale", $"must be {Range}");
    });

    /// <summary>The fields of a transfer; or of a hold, which alone can expire.</summary>
    private static TransferRequest TransferFieldsOf(ref RequestReader reader, ref ulong seen,
        out long? expires)
    {
        expires = null;
        string? id = null, from = null, to = null, asset = null, timestamp = null, memo = null;
        long? amount = null;
        IReadOnlyDictionary<string, string>? meta = null;
        while (reader.NextField(ref seen))
        {
            switch (reader.Field)
            {
                case "id": id = reader.Text(); break;
                case "from": from = reader.Text(); break;
                case "to": to = reader.Text(); break;
                case "amount": amount = reader.Amount(); break;
                case "asset": asset = reader.Word(); break;
                case "expires_in": expires = reader.Integer("an integer of seconds"); break;
                case "timestamp": timestamp = reader.Word(); break;
                case "memo": memo = reader.Text(); break;
                default: meta = reader.Texts(); break;
            }
        }
        return new TransferRequest
        {
            Id = id,
            From = reader.Required(from, "from"),
            To = reader.Required(to, "to"),
            Amount = reader.Required(amount, "amount"),
            Asset = asset,
            Timestamp = timestamp,
            Memo = memo,
            Meta = meta,
        };
    }

    private static List<Posting> Postings(ref RequestReader reader)
    {
        var postings = new List<Posting>();
        ulong seen = 0;
        reader.OpenFieldList("postings");
        while (reader.NextItem(PostingFields, ref seen))
        {
            string? from = null, to = null, asset = null;
            long? amount = null;
            while (reader.NextField(ref seen))
            {
                switch (reader.Field)
                {
                    case "from": from = reader.Text(); break;
                    case "to": to = reader.Text(); break;
                    case "amount": amount = reader.Amount(); break;
                    default: asset = reader.Word(); break;
                }
            }
            postings.Add(new Posting
            {
                From = reader.Required(from, "from"),
                To = reader.Required(to, "to"),
                Amount = reader.Required(amount, "amount"),
                Asset = asset,
            });
        }
        reader.Return(TransactionFields);
        return postings;
    }

    private static Overdraft? OverdraftOf(ref RequestReader reader) =>
        reader.IsNull ? null
        : reader.AmountOr("unlimited"u8,
        "must be 0 to 2^53-1 minor units, or \"unlimited\"") is { } minor
            ? Overdraft.Of(minor)
            : Overdraft.Unlimited;

    private static Ceiling? CeilingOf(ref RequestReader reader) =>
        reader.IsNull ? null
        : reader.AmountOr("none"u8, "must be 0 to 2^53-1 minor units, or \"none\"") is { } minor
            ? Ceiling.Of(minor)
            : Ceiling.None;

    public static T Read<T>(ReadOnlySpan<byte> utf8, Reading<T> read)
    {
        var reader = new RequestReader(utf8);
        try
        {
            var value = read(ref reader);
            reader.End();
            return value;
        }
        catch (JsonException e)
        {
            throw NotJson(utf8, e);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> utf8) => !utf8.ContainsAnyExcept(" \r\n\t"u8);

    private static InvalidRequestException NotJson(ReadOnlySpan<byte> utf8, JsonException e)
    {
        if (IsBlank(utf8)) return new InvalidRequestException("body", "must be JSON, but is empty");
        var why = e.Message.AsSpan();
        var end = why.IndexOf(" LineNumber", StringComparison.Ordinal);
        if (end >= 0) why = why[..end];
        var (line, at) = (e.LineNumber + 1, e.BytePositionInLine + 1);
        return new InvalidRequestException("body", string.Create(CultureInfo.InvariantCulture,
            $"is no valid JSON at line {line}, byte {at}: {why}"));
    }
}
