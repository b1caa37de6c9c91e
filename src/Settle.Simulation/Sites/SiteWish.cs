namespace Settle.Simulation;

/// <summary>What a client wants of a ledger with sites.</summary>
/// <param name="Id">Its id, which names the site that decides it.</param>
/// <param name="Site">That site.</param>
/// <param name="Kind">What it is.</param>
internal sealed record SiteWish(string Id, string Site, EntryKind Kind)
{
    public IReadOnlyList<WishPosting> Postings { get; init; } = [];

    /// <summary>The hold, what is reverted, or the site that it is about.</summary>
    public string Reference { get; init; } = "";

    public long Overdraft { get; init; } = AccountTerms.Unset;

    public long Ceiling { get; init; } = AccountTerms.Unset;

    public bool? Closed { get; init; }

    public long ExpiresIn { get; init; }

    public string Prefix { get; init; } = "";

    /// <summary>Puts it into a batch, checked.</summary>
    public RequestBatch Fill()
    {
        var batch = new RequestBatch();
        ref var request = ref batch.Add(Kind);
        request.Id = batch.Append("id", Id);
        switch (Kind)
        {
            case EntryKind.Transfer or EntryKind.Hold:
                request.From = batch.Append("from", Postings[0].From);
                request.To = batch.Append("to", Postings[0].To);
                (request.Amount, request.ExpiresIn) = (Postings[0].Amount, ExpiresIn);
                break;
            case EntryKind.Transaction:
                foreach (var each in Postings)
                {
                    ref var posting = ref batch.AddPosting(ref request);
                    posting.From = batch.Append("from", each.From);
                    posting.To = batch.Append("to", each.To);
                    posting.Amount = each.Amount;
                }
                break;
            case EntryKind.Account:
                request.From = batch.Append("account", Reference);
                ref var terms = ref batch.AddTerms(ref request);
                (terms.Overdraft, terms.Ceiling, terms.Closed) = (Overdraft, Ceiling, Closed);
                break;
            case EntryKind.Site or EntryKind.Suspend or EntryKind.End:
                ref var site = ref batch.AddSite(ref request);
                site.Name = batch.Append("site", Reference);
                site.Prefix = batch.Append("prefix", Prefix);
                break;
            case EntryKind.Grant:
                GrantKind.Fill(batch, ref request, Postings[0].From, "", Postings[0].To,
                    Postings[0].Amount);
                batch.Site(request).IsStanding = true;
                return batch;
            case EntryKind.Retire:
                break;
            default:
                request.Reference = batch.Append("reference", Reference);
                request.IsWhole = true;
                break;
        }
        RequestRules.Check(batch, ref request);
        return batch;
    }

    public override string ToString() => Kind switch
    {
        EntryKind.Transfer or EntryKind.Transaction or EntryKind.Hold =>
            $"{Kind.Text()} {Id}: " + string.Join(", ", Postings.Select(posting =>
                $"{posting.From} -> {posting.To} {posting.Amount}")),
        EntryKind.Grant => $"keep {Postings[0].To} at {Postings[0].Amount} of {Postings[0].From}",
        EntryKind.Account => $"account {Id}: {Reference} overdraft {Overdraft} ceiling {Ceiling} "
            + $"closed {Closed}",
        _ => $"{Kind.Text()} {Id}: {Reference}",
    };
}
