using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Settle.Settling;

namespace Settle.Benchmarks;

/// <summary>
/// Makes transfers that all succeed: ids in no order, accounts drawn evenly. The same seed makes the same transfers.
/// </summary>
/// <param name="accounts">How many accounts there are.</param>
/// <param name="firstId">The number of the first id.</param>
/// <param name="isHot">Whether one account pays everybody.</param>
/// <param name="tag">What ids end with.</param>
internal sealed class TransferSource(int accounts, long firstId = 0, bool isHot = false, string tag = "")
{
    // Multiplying by an odd constant permutes the 64-bit numbers: every id once, in no order.
    private const ulong Scramble = 0x9E3779B97F4A7C15;

    private long _next = firstId;
    private ulong _random = 42;

    /// <summary>Fills a job with transfers; the accounts may overdraw.</summary>
    public void Fill(Job job, int count)
    {
        job.Clear();
        Span<byte> text = stackalloc byte[32];
        for (var i = 0; i < count; i++)
        {
            var (id, from, to, amount) = Next();
            ref var request = ref job.Batch.Add(EntryKind.Transfer);
            Utf8Formatter.TryFormat(id, text, out var length, new StandardFormat('x', 16));
            length += Encoding.UTF8.GetBytes(tag, text[length..]);
            request.Id = job.Batch.Append(text[..length]);
            request.From = job.Batch.Append(Account(from, text));
            request.To = job.Batch.Append(Account(to, text));
            request.Amount = amount;
            RequestRules.Check(job.Batch, ref request);
        }
    }

    public TransferRequest Make()
    {
        var (id, from, to, amount) = Next();
        return new TransferRequest
        {
            Id = id.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            From = AccountName(from),
            To = AccountName(to),
            Amount = Money.OfMinor(amount, "USD"),
        };
    }

    /// <summary>Writes the next transfer as JSON, as a careful client would: no object, no string.</summary>
    public void WriteJson(IBufferWriter<byte> body, byte separator)
    {
        var (id, from, to, amount) = Next();
        var space = body.GetSpan(160);
        space[0] = separator;
        var at = 1;
        Put(space, ref at, "{\"id\":\""u8);
        Utf8Formatter.TryFormat(id, space[at..], out var length, new StandardFormat('x', 16));
        at += length;
        Put(space, ref at, "\",\"from\":\""u8);
        at += Account(from, space[at..]).Length;
        Put(space, ref at, "\",\"to\":\""u8);
        at += Account(to, space[at..]).Length;
        Put(space, ref at, "\",\"amount\":"u8);
        Utf8Formatter.TryFormat(amount, space[at..], out length);
        at += length;
        space[at++] = (byte)'}';
        body.Advance(at);
    }

    public static string AccountName(int number) => $"customer:{number}";

    private (ulong Id, int From, int To, long Amount) Next()
    {
        _random = (_random * 6364136223846793005) + 1442695040888963407;
        var from = (int)((_random >> 33) % (ulong)accounts);
        var to = (int)((_random >> 13) % (ulong)accounts);
        if (isHot) from = 0;
        if (to == from) to = (to + 1) % accounts;
        return ((ulong)_next++ * Scramble, from, to, 1 + (long)((_random >> 40) % 1000));
    }

    private static void Put(Span<byte> space, ref int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(space[at..]);
        at += text.Length;
    }

    private static ReadOnlySpan<byte> Account(int number, Span<byte> text)
    {
        "customer:"u8.CopyTo(text);
        Utf8Formatter.TryFormat(number, text[9..], out var digits);
        return text[..(9 + digits)];
    }
}
