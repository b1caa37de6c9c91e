namespace Settle;

/// <summary>
/// Money that another site may spend from now on: it leaves this site's part at once, and is part
/// of nobody's until its taker has read it (S2). Where a person asked for that, it says at how much
/// the other site is kept from now on.
/// </summary>
internal static class GrantKind
{
    public static void Fill(RequestBatch batch, ref Request request, string account, string asset,
        string site, long amount)
    {
        request.From = batch.Append("account", account);
        request.Asset = batch.Append("asset", asset);
        request.To = batch.Append("to", site);
        request.Amount = amount;
        batch.AddSite(ref request).Level = amount;
    }

    public static void Apply(Book book, in Request entry, EntryLocation location)
    {
        // A standing allowance may begin with nothing.
        if (entry.Amount == 0) return;
        book.Touch(entry.FromPosition).Balance -= entry.Amount;
        book.Note(entry.FromPosition, location, MovementKinds.Touched);
    }
}
