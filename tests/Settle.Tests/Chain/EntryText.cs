using Settle.Chain;

namespace Settle.Tests.Chain;

/// <summary>Everything that an entry says, one field a line, so that two can be compared.</summary>
internal static class EntryText
{
    public static string Of(RequestBatch batch)
    {
        var entry = batch[0];
        string Text(Slice slice) => slice.IsEmpty ? "-" : batch.Text(slice);
        List<string> lines =
        [
            $"{entry.Kind} {Text(entry.Id)} {entry.IdHash}", $"refusal {entry.Refusal}",
            $"from {Text(entry.From)}", $"to {Text(entry.To)}", $"amount {entry.Amount}",
            $"asset {Text(entry.Asset)} {entry.Scale}", $"memo {Text(entry.Memo)}", $"meta {Text(entry.Meta)}",
            $"timestamp {Text(entry.Timestamp)}", $"reference {Text(entry.Reference)} {entry.IsWhole}",
            $"expires {entry.ExpiresIn} {entry.ExpiresAt} held {entry.Held}",
            $"part {entry.IsPart} {entry.Reverted} strict {entry.HasStrict} {entry.IsStrict}",
            $"author {Text(entry.Author)} {entry.IsTeller}",
        ];
        if (entry.Kind == EntryKind.Account)
        {
            var terms = batch.Terms(entry);
            lines.Add($"terms {terms.Overdraft} {terms.Ceiling} {terms.Closed} {Text(terms.Owners)}");
            return string.Join('\n', lines);
        }
        if (entry.Kind.IsBilling()) lines.Add(BillingText.Of(batch, batch.Billing(entry)));
        foreach (var posting in batch.Postings(entry))
            lines.Add($"{Text(posting.From)} -> {Text(posting.To)} {posting.Amount} {Text(posting.Asset)}");
        return string.Join('\n', lines);
    }

    public static byte[] Write(RequestBatch batch)
    {
        var json = new JsonBuffer(8);
        EntryWriter.Write(json, batch, batch[0], BlockHeader.CurrentVersion);
        return json.Written.ToArray();
    }

    public static RequestBatch Read(ReadOnlySpan<byte> json)
    {
        var batch = new RequestBatch(1, 8);
        EntryReader.Read(json, batch);
        return batch;
    }
}
