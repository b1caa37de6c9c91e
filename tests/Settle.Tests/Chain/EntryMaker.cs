using System.Text;
using Settle.Chain;

namespace Settle.Tests.Chain;

/// <summary>Makes decided entries of every kind from a seed, with texts that are awkward to write.</summary>
internal sealed class EntryMaker(int seed)
{
    private static readonly string[] Parts =
    [
        "a", "Z", "0", "\"", "\\", "/", "é", "ß", "中", "😀", "\u200d", "\ufb33", "{", "}", "[", "]", ":",
        ",", "'", "<", "&", "\u0301", "\ufffd", "-", " x", "\\u0041", "\\\"", "אב", "~",
    ];

    private static readonly string[] NoteParts = [.. Parts, "\n", "\t", "\r", " "];

    private readonly Random _random = new(seed);

    /// <summary>A batch with one entry.</summary>
    public RequestBatch Next(EntryKind kind)
    {
        var batch = new RequestBatch(1, 16);
        ref var entry = ref batch.Add(kind);
        if (kind.IsAsked()) entry.Id = batch.Append("id", Text(Parts));
        if (kind != EntryKind.Ledger && kind.IsAsked() && _random.Next(3) == 0)
            entry.Refusal = (RefusalCode)_random.Next((int)RefusalCode.IdReused, (int)Enum.GetValues<RefusalCode>().Max() + 1);
        switch (kind)
        {
            case EntryKind.Ledger or EntryKind.Asset:
                entry.Asset = batch.Append("asset", "points");
                entry.Scale = _random.Next(13);
                if (kind == EntryKind.Ledger)
                    (entry.HasStrict, entry.IsStrict) = (_random.Next(2) == 0, false);
                if (entry.HasStrict) entry.IsStrict = _random.Next(2) == 0;
                break;
            case EntryKind.Account:
                FillAccount(batch, ref entry);
                break;
            case EntryKind.Transaction:
                FillPostings(batch, ref entry);
                FillNotes(batch, ref entry);
                break;
            case EntryKind.Transfer or EntryKind.Hold:
                FillMovement(batch, ref entry);
                if (_random.Next(2) == 0) FillNotes(batch, ref entry);
                break;
            case EntryKind.Retire:
                break;
            case EntryKind.Grant when _random.Next(2) == 0:
                GrantKind.Fill(batch, ref entry, Text(Parts), "", "lisbon", Amount());
                (batch.Site(entry).IsStanding, batch.Site(entry).Level) = (true, Amount());
                if (_random.Next(2) == 0) entry.Amount = 0;
                break;
            case EntryKind.Ask or EntryKind.Grant:
                if (kind == EntryKind.Grant) batch.AddSite(ref entry);
                entry.From = batch.Append("account", Text(Parts));
                entry.To = batch.Append("to", "lisbon");
                entry.Amount = kind == EntryKind.Ask && _random.Next(3) == 0 ? 0 : Amount();
                if (_random.Next(2) == 0) entry.Asset = batch.Append("asset", "EUR");
                break;
            case >= EntryKind.Site and <= EntryKind.Fork:
                FillSite(batch, ref entry);
                break;
            case >= EntryKind.Seller:
                new BillingMaker(_random, Parts).Fill(batch, ref entry);
                break;
            default:
                FillReference(batch, ref entry);
                break;
        }
        if (kind == EntryKind.Transfer && _random.Next(3) == 0)
        {
            entry.Author = batch.Append("author", Text(Parts));
            entry.IsTeller = _random.Next(2) == 0;
        }
        if (kind is EntryKind.Capture or EntryKind.Void && _random.Next(2) == 0)
        {
            entry.ExpiresAt = _random.NextInt64(1, 4_000_000_000_000_000);
            if (kind == EntryKind.Capture) entry.Held = Amount();
        }
        if (kind == EntryKind.Hold && _random.Next(3) > 0)
        {
            entry.ExpiresIn = _random.Next(1, 1_000_000);
            entry.ExpiresAt = _random.NextInt64(1, 4_000_000_000_000_000);
        }
        entry.IdHash = KeyHash.Of(batch.Bytes(entry.Id));
        return batch;
    }

    private void FillSite(RequestBatch batch, ref Request entry)
    {
        ref var site = ref batch.AddSite(ref entry);
        if (entry.Kind == EntryKind.Join)
        {
            site.Ledger = batch.Append("ledger", new string('a', 64));
            return;
        }
        site.Name = batch.Append("site", "lisbon");
        if (entry.Kind == EntryKind.Site)
        {
            if (_random.Next(2) == 0) site.Prefix = batch.Append("prefix", Text(Parts));
            if (_random.Next(2) == 0) site.Url = batch.Append("url", Text(Parts));
        }
        if (entry.Kind == EntryKind.Fork)
        {
            site.Height = _random.Next(1, 100);
            site.Hashes = batch.Append("hashes", $"[\"{new string('a', 64)}\",\"{new string('b', 64)}\"]");
        }
        if (entry.Kind != EntryKind.End || entry.Refusal != RefusalCode.None) return;
        site.Height = _random.Next(0, 100);
        if (site.Height > 0) site.Hash = batch.Append("hash", new string('c', 64));
    }

    private void FillMovement(RequestBatch batch, ref Request entry)
    {
        entry.From = batch.Append("from", Text(Parts));
        entry.To = batch.Append("to", Text(Parts));
        entry.Amount = Amount();
        if (_random.Next(3) == 0) entry.Asset = batch.Append("asset", "EUR");
        if (_random.Next(3) == 0) entry.Timestamp = batch.Append("timestamp", "2026-11-21T20:23:11.5Z");
    }

    private void FillNotes(RequestBatch batch, ref Request entry)
    {
        if (_random.Next(2) == 0) entry.Memo = batch.Append("memo", Text(NoteParts));
        if (_random.Next(2) == 0) entry.Meta = MetaWriter.Append(batch, Meta());
    }

    private void FillPostings(RequestBatch batch, ref Request entry)
    {
        for (var left = _random.Next(1, 6); left > 0; left--)
        {
            ref var posting = ref batch.AddPosting(ref entry);
            posting.From = batch.Append("from", Text(Parts));
            posting.To = batch.Append("to", Text(Parts));
            posting.Amount = Amount();
            if (_random.Next(2) == 0) posting.Asset = batch.Append("asset", "points");
        }
    }

    private void FillReference(RequestBatch batch, ref Request entry)
    {
        entry.Reference = batch.Append("reference", Text(Parts));
        entry.IsWhole = entry.Kind == EntryKind.Capture && _random.Next(2) == 0;
        if (entry.Kind == EntryKind.Revert && _random.Next(2) == 0) FillPostings(batch, ref entry);
        else if (_random.Next(4) > 0) FillMovement(batch, ref entry);
        entry.Timestamp = default;
        if (_random.Next(3) == 0) entry.Memo = batch.Append("memo", Text(NoteParts));
        if (_random.Next(3) == 0) entry.Timestamp = batch.Append("timestamp", "2026-11-21");
        if (entry.Kind != EntryKind.Revert || _random.Next(3) > 0) return;
        entry.IsPart = _random.Next(2) == 0;
        entry.Reverted = Amount();
    }

    private void FillAccount(RequestBatch batch, ref Request entry)
    {
        entry.From = batch.Append("account", Text(Parts));
        if (_random.Next(2) == 0) entry.Asset = batch.Append("asset", "EUR");
        if (_random.Next(2) == 0) entry.Meta = MetaWriter.Append(batch, Meta());
        ref var terms = ref batch.AddTerms(ref entry);
        terms.Overdraft = Limit();
        terms.Ceiling = Limit();
        terms.Closed = _random.Next(3) switch { 0 => null, 1 => true, _ => false };
        if (_random.Next(2) == 0)
        {
            // Also names that only older rules let in.
            var json = new JsonBuffer(16);
            json.Raw("["u8);
            for (var left = _random.Next(4); left > 0; left--)
            {
                json.String(System.Text.Encoding.UTF8.GetBytes("u" + Text(Parts)));
                if (left > 1) json.Raw(","u8);
            }
            json.Raw("]"u8);
            terms.Owners = batch.Append(json.Written);
        }
    }

    private Dictionary<string, string> Meta()
    {
        var meta = new Dictionary<string, string>();
        for (var left = _random.Next(1, 5); left > 0; left--)
            meta[Key()] = _random.Next(4) == 0 ? "" : Text(NoteParts);
        return meta;
    }

    private string Key()
    {
        while (true)
        {
            var text = Text(Parts);
            if (NameRules.Fault(Encoding.UTF8.GetBytes(text)) is null) return text;
        }
    }

    private long Limit() => _random.Next(4) switch
    {
        0 => AccountTerms.Unset,
        1 => AccountTerms.Unlimited,
        2 => 0,
        _ => Amount(),
    };

    private long Amount() => _random.Next(4) switch
    {
        0 => Limits.AmountMax,
        1 => 1,
        _ => _random.NextInt64(1, Limits.AmountMax),
    };

    private string Text(string[] parts)
    {
        var text = "";
        for (var left = _random.Next(1, 6); left > 0; left--) text += parts[_random.Next(parts.Length)];
        // Names have no spaces at their ends.
        return text.Trim(' ') is { Length: > 0 } trimmed ? trimmed : "a";
    }
}
