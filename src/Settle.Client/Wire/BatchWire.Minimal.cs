using System.Buffers;

namespace Settle.Wire;

/// <content>
/// The short answer to a batch, <c>Prefer: return=minimal</c> (RFC 7240): how many plain successes
/// each block holds, in the order of the batch, and every other verdict with its place.
/// </content>
internal static partial class BatchWire
{
    /// <summary>What a client asks for.</summary>
    public const string MinimalPreference = "return=minimal";

    private static readonly JsonEncodedText Others = JsonEncodedText.Encode("others");
    private static readonly JsonEncodedText Count = JsonEncodedText.Encode("count");
    private static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");

    /// <summary>Writes the short answer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="verdicts">The verdicts.</param>
    /// <param name="idOf">The id of the request at a place.</param>
    public static void WriteMinimal(
        IBufferWriter<byte> output, ReadOnlySpan<Verdict> verdicts, Func<int, string> idOf)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteStartArray(Successful);
        long block = 0;
        var count = 0;
        foreach (ref readonly var verdict in verdicts)
        {
            if (!IsPlain(verdict)) continue;
            if (verdict.Block != block) WriteRun();
            block = verdict.Block;
            count++;
        }
        WriteRun();
        json.WriteEndArray();
        json.WriteStartArray(Others);
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (IsPlain(verdicts[i])) continue;
            json.WriteStartObject();
            json.WriteNumber(Index, i);
            WriteMembers(json, idOf(i), verdicts[i]);
            json.WriteEndObject();
            if (json.BytesPending > FlushBytes) json.Flush();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        void WriteRun()
        {
            if (count == 0) return;
            json.WriteStartObject();
            json.WriteNumber(Block, block);
            json.WriteNumber(Count, count);
            json.WriteEndObject();
            count = 0;
        }
    }

    private static bool IsPlain(in Verdict verdict) => verdict is
    {
        IsSuccessful: true, Replayed: false, Detail: null,
    };

    // Behind its opening brace.
    private static void ReadMinimal(ref Utf8JsonReader json, Span<Verdict> verdicts,
        Func<Int128, string, Money> amountOf)
    {
        var runs = ReadRuns(ref json);
        ReadListStart(ref json, Others);
        var at = 0;
        while (TryReadVerdict(ref json, amountOf, out var verdict, out var index))
        {
            if (index < at || index >= verdicts.Length) throw NotVerdicts();
            Fill(verdicts[at..index], runs);
            verdicts[index] = verdict;
            at = index + 1;
        }
        Fill(verdicts[at..], runs);
        if (runs.Count > 0 || !json.Read() || json.TokenType != JsonTokenType.EndObject)
            throw NotVerdicts();
    }

    private static Stack<(long Block, int Count)> ReadRuns(ref Utf8JsonReader json)
    {
        ReadListStart(ref json, Successful);
        var runs = new List<(long, int)>();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var (block, count) = (0L, 0);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isBlock = json.ValueTextEquals(Block.EncodedUtf8Bytes);
                var isCount = json.ValueTextEquals(Count.EncodedUtf8Bytes);
                if (!json.Read() || (isBlock && !json.TryGetInt64(out block))
                    || (isCount && !json.TryGetInt32(out count)))
                    throw NotVerdicts();
            }
            if (block <= 0 || count <= 0) throw NotVerdicts();
            runs.Add((block, count));
        }
        runs.Reverse();
        return new Stack<(long, int)>(runs);
    }

    private static void ReadListStart(ref Utf8JsonReader json, JsonEncodedText name)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.PropertyName
            || !json.ValueTextEquals(name.EncodedUtf8Bytes)
            || !json.Read() || json.TokenType != JsonTokenType.StartArray)
            throw NotVerdicts();
    }

    // Takes the next successes of the runs.
    private static void Fill(Span<Verdict> verdicts, Stack<(long Block, int Count)> runs)
    {
        while (verdicts.Length > 0)
        {
            if (!runs.TryPop(out var run)) throw NotVerdicts();
            var count = int.Min(run.Count, verdicts.Length);
            verdicts[..count].Fill(new Verdict(RefusalCode.None, run.Block, Replayed: false));
            verdicts = verdicts[count..];
            if (count < run.Count) runs.Push((run.Block, run.Count - count));
        }
    }
}
