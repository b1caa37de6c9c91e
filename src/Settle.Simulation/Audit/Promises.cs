namespace Settle.Simulation;

/// <summary>What clients were told, against what the chain says for ever.</summary>
internal sealed class Promises(Record record,
    IReadOnlyDictionary<string, AuditedEntry> decided, string defaultAsset)
{
    private readonly HashSet<string> _decidedFirst = [];

    public Violation? Audit()
    {
        foreach (var entry in decided.Values)
            if (AuditOrigin(entry) is { } fault) return fault;
        foreach (var call in record.Calls)
        {
            if (call.Replies is not { } replies) continue;
            for (var i = 0; i < replies.Count && i < call.Wishes.Count; i++)
            {
                if (replies[i].Kind != ReplyKind.Verdict) continue;
                if (AuditVerdict(call, call.Wishes[i], replies[i]) is { } fault) return fault;
            }
            if (AuditOrderWithin(call, replies) is { } disorder) return disorder;
        }
        return AuditUndecided() ?? AuditOrder();
    }

    private Violation? AuditOrigin(AuditedEntry entry)
    {
        if (entry.Type == "ledger" || entry.Bill is { IsOfRun: true }) return null;
        return !record.Wanted.TryGetValue(entry.Id, out var wanted)
            || !wanted.Exists(wish => entry.IsFor(wish, defaultAsset))
            ? new("origin", $"nobody asked for {entry.Type} {entry.Id} as it is recorded") : null;
    }

    private Violation? AuditVerdict(Call call, Wish wish, Reply reply)
    {
        if (!decided.TryGetValue(wish.Id, out var entry))
            return new("durable", $"{call.Machine} said of {wish.Id}: {reply}; no block has it");
        if (reply.Reason == "id_reused")
        {
            return entry.IsFor(wish, defaultAsset) || entry.Height != reply.Block
                ? new("id_reused", $"{call.Machine} refused {wish}, which block "
                    + $"{entry.Height} holds")
                : null;
        }
        if (!entry.IsFor(wish, defaultAsset) || entry.Reason != reply.Reason
            || (reply.Block != 0 && reply.Block != entry.Height))
        {
            return new("answer", $"{call.Machine} said of '{wish}': {reply}; block "
                + $"{entry.Height} has it {entry.Status} {entry.Reason} "
                + (entry.IsFor(wish, defaultAsset) ? "" : "with other content"));
        }
        return !reply.Replayed && wish.Kind != WishKind.Account && !_decidedFirst.Add(wish.Id)
            ? new("replayed", $"{wish.Id} was decided for the first time, twice") : null;
    }

    // A batch is decided in its order.
    private Violation? AuditOrderWithin(Call call, IReadOnlyList<Reply> replies)
    {
        (long, int) last = default;
        for (var i = 0; i < replies.Count && i < call.Wishes.Count; i++)
        {
            if (replies[i] is not { Kind: ReplyKind.Verdict, Replayed: false }) continue;
            if (replies[i].Reason == "id_reused") continue;
            var entry = decided[call.Wishes[i].Id];
            if ((entry.Height, entry.Number).CompareTo(last) < 0)
                return new("order", $"{call.Wishes[i].Id} was decided before its batch's earlier");
            last = (entry.Height, entry.Number);
        }
        return null;
    }

    // A client that hears that nothing was decided can rely on it.
    private Violation? AuditUndecided()
    {
        foreach (var calls in record.Calls.SelectMany(call => call.Wishes.Select(wish =>
            (wish.Id, Call: call))).GroupBy(pair => pair.Id))
        {
            if (!decided.TryGetValue(calls.Key, out var entry)) continue;
            if (calls.All(pair => pair.Call.Replies is [{ Kind: ReplyKind.Undecided }, ..]))
            {
                return new("undecided", $"all who sent {calls.Key} heard that nothing was "
                    + $"decided, but block {entry.Height} has it");
            }
        }
        return null;
    }

    // Linearizable: what was answered before another was sent comes earlier.
    private Violation? AuditOrder()
    {
        var answered = record.Calls.Where(call => call.AnsweredAt is not null)
            .OrderBy(call => call.AnsweredAt).ToList();
        var (at, heightMin, by) = (0, 0L, "");
        foreach (var (id, sentAt) in record.FirstSent.OrderBy(pair => pair.Value))
        {
            for (; at < answered.Count && answered[at].AnsweredAt < sentAt; at++)
            {
                foreach (var (wish, reply) in answered[at].Wishes.Zip(answered[at].Replies!))
                {
                    if (reply.Kind != ReplyKind.Verdict || reply.Reason == "id_reused") continue;
                    var height = decided[wish.Id].Height;
                    if (height > heightMin) (heightMin, by) = (height, wish.Id);
                }
            }
            if (decided.TryGetValue(id, out var entry) && entry.Height <= heightMin)
            {
                return new("real time", $"{id} was sent after {by} was answered, and stands "
                    + $"in block {entry.Height}, not after {heightMin}");
            }
        }
        return null;
    }
}
