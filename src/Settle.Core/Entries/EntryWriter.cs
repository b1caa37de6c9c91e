using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Settle.Chain;

/// <summary>
/// Writes a decided entry as canonical JSON. The order of the lines below is the order of the keys.
/// </summary>
internal static class EntryWriter
{
    /// <summary>What an entry can take beside its texts.</summary>
    public const int OverheadBytesMax = 512;

    /// <param name="json">Where it is written to.</param>
    /// <param name="batch">The entry's texts.</param>
    /// <param name="entry">What was decided.</param>
    /// <param name="version">The block's format (C8).</param>
    public static void Write(JsonBuffer json, RequestBatch batch, in Request entry,
        int version)
    {
        if (entry is { Kind: EntryKind.Transfer, Refusal: RefusalCode.None }
            && IsPlain(batch, entry))
        {
            WritePlainTransfer(json, batch, entry);
            return;
        }
        if (entry.Kind.IsBilling())
        {
            BillingWriter.Write(json, batch, entry);
            return;
        }
        var members = new MemberWriter(json, batch);
        if (entry.Kind == EntryKind.Account) members.Text("\"account\":"u8, entry.From);
        if (entry.Amount != 0) members.Number("\"amount\":"u8, entry.Amount);
        members.Text("\"asset\":"u8, entry.Asset);
        members.Text("\"author\":"u8, entry.Author);
        if (entry.Kind == EntryKind.Account) WriteTermsUntilClosed(ref members, batch.Terms(entry));
        if (entry.ExpiresAt != 0 && (entry.Kind == EntryKind.Hold || version > 1))
            members.Time("\"expires\":"u8, entry.ExpiresAt);
        if (entry.ExpiresIn != 0) members.Number("\"expires_in\":"u8, entry.ExpiresIn);
        if (entry.Kind != EntryKind.Account) members.Text("\"from\":"u8, entry.From);
        if (entry.Held != 0 && version > 1) members.Number("\"held\":"u8, entry.Held);
        if (entry.Kind is EntryKind.Capture or EntryKind.Void)
            members.Text("\"hold\":"u8, entry.Reference);
        members.Text("\"id\":"u8, entry.Id);
        members.Text("\"memo\":"u8, entry.Memo);
        members.Raw("\"meta\":"u8, entry.Meta);
        if (entry.Kind == EntryKind.Account)
            WriteTermsFromOverdraft(ref members, batch.Terms(entry));
        else if (entry.ExtraCount > 0) WritePostings(ref members, batch, entry);
        if (entry.Refusal != RefusalCode.None)
            members.Literal(
                "\"reason\":"u8, System.Text.Encoding.ASCII.GetBytes(entry.Refusal.Text()));
        if (entry.Kind == EntryKind.Revert) members.Text("\"reverts\":"u8, entry.Reference);
        if (entry.Kind is EntryKind.Ledger or EntryKind.Asset)
            members.Number("\"scale\":"u8, entry.Scale);
        members.Literal("\"status\":"u8, entry.Refusal == RefusalCode.None
            ? "successful"u8 : "rejected"u8);
        if (entry.IsTeller) members.Flag("\"teller\":"u8, true);
        members.Text("\"timestamp\":"u8, entry.Timestamp);
        members.Text("\"to\":"u8, entry.To);
        members.Literal("\"type\":"u8, entry.Kind.Bytes());
        if (entry.IsWhole) members.Flag("\"whole\":"u8, true);
        json.Raw("}"u8);
    }

    // Nearly every entry is this one, so it is written with one check for room.
    private static void WritePlainTransfer(JsonBuffer json, RequestBatch batch, in Request entry)
    {
        var to = json.Reserve(OverheadBytesMax
            + entry.From.Length + entry.To.Length + entry.Id.Length + entry.Asset.Length);
        var at = Put(to, 0, "{\"amount\":"u8);
        Utf8Formatter.TryFormat(entry.Amount, to[at..], out var digits);
        at += digits;
        if (!entry.Asset.IsEmpty)
        {
            at = Put(to, at, ",\"asset\":\""u8);
            at = Put(to, at, batch.Bytes(entry.Asset));
            to[at++] = (byte)'"';
        }
        at = Put(to, at, ",\"from\":\""u8);
        at = Put(to, at, batch.Bytes(entry.From));
        at = Put(to, at, "\",\"id\":\""u8);
        at = Put(to, at, batch.Bytes(entry.Id));
        at = Put(to, at, "\",\"status\":\"successful\""u8);
        if (!entry.Timestamp.IsEmpty)
        {
            at = Put(to, at, ",\"timestamp\":\""u8);
            at = Put(to, at, batch.Bytes(entry.Timestamp));
            to[at++] = (byte)'"';
        }
        at = Put(to, at, ",\"to\":\""u8);
        at = Put(to, at, batch.Bytes(entry.To));
        at = Put(to, at, "\",\"type\":\"transfer\"}"u8);
        json.Advance(at);
    }

    // The only printable characters that JSON escapes are the quote and the backslash.
    private static bool IsPlain(RequestBatch batch, in Request entry) =>
        entry.Memo.IsEmpty && entry.Meta.IsEmpty && entry.Author.IsEmpty
        && !batch.Bytes(entry.From).ContainsAny((byte)'"', (byte)'\\')
        && !batch.Bytes(entry.To).ContainsAny((byte)'"', (byte)'\\')
        && !batch.Bytes(entry.Id).ContainsAny((byte)'"', (byte)'\\');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(Span<byte> to, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[at..]);
        return at + bytes.Length;
    }

    private static void WriteTermsUntilClosed(ref MemberWriter members, in AccountTerms terms)
    {
        if (terms.Ceiling == AccountTerms.Unlimited) members.Literal("\"ceiling\":"u8, "none"u8);
        else if (terms.Ceiling != AccountTerms.Unset)
            members.Number("\"ceiling\":"u8, terms.Ceiling);
        if (terms.Closed is { } closed) members.Flag("\"closed\":"u8, closed);
    }

    private static void WriteTermsFromOverdraft(ref MemberWriter members, in AccountTerms terms)
    {
        if (terms.Overdraft == AccountTerms.Unlimited)
            members.Literal("\"overdraft\":"u8, "unlimited"u8);
        else if (terms.Overdraft != AccountTerms.Unset)
            members.Number("\"overdraft\":"u8, terms.Overdraft);
        members.Raw("\"owners\":"u8, terms.Owners);
    }

    public static void WritePostings(
        ref MemberWriter members, RequestBatch batch, in Request entry)
    {
        var json = members.Begin("\"postings\":"u8);
        var separator = (byte)'[';
        foreach (ref var posting in batch.Postings(entry))
        {
            json.Raw([separator]);
            separator = (byte)',';
            var parts = new MemberWriter(json, batch);
            parts.Number("\"amount\":"u8, posting.Amount);
            parts.Text("\"asset\":"u8, posting.Asset);
            parts.Text("\"from\":"u8, posting.From);
            parts.Text("\"to\":"u8, posting.To);
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }
}
