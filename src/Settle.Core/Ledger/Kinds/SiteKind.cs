using Settle.Sites;

namespace Settle;

/// <summary>A site that may join, and the accounts whose home it is from now on.</summary>
internal static class SiteKind
{
    // No site can be the home of these.
    private static readonly string[] Reserved =
        [Book.World, "deposit-invoices", "deposit-tax:", "opening-balances", "receivable:",
            "reminder-fees", "revenue", "rounding", "tax:", "write-offs"];

    public static void Check(RequestBatch batch, in Request request)
    {
        ref readonly var terms = ref batch.Site(request);
        SiteNames.Check("site", batch.Bytes(terms.Name));
        if (!terms.Prefix.IsEmpty)
        {
            Texts.CheckName("prefix", batch.Bytes(terms.Prefix), Limits.PrefixBytesMax);
            var prefix = batch.Text(terms.Prefix);
            if (Array.Exists(Reserved, name => name.StartsWith(prefix, StringComparison.Ordinal)
                || (name.EndsWith(':') && prefix.StartsWith(name, StringComparison.Ordinal))))
            {
                throw Parse.Fault("prefix", prefix,
                    "would make the site the home of @world or of billing's accounts");
            }
        }
        if (terms.Url.IsEmpty) return;
        Texts.CheckLine("url", batch.Bytes(terms.Url), Limits.UrlBytesMax);
        var url = batch.Text(terms.Url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            || parsed.Scheme is not ("http" or "https"))
        {
            throw Parse.Fault("url", url, "must be an address such as http://host:7171/bank");
        }
        if (parsed.UserInfo.Length > 0)
        {
            // The value is not quoted.
            throw new InvalidRequestException("url", "must not contain a key or a password: "
                + "everybody who reads the ledger reads it, and it stays for ever");
        }
    }

    public static RefusalCode Decide(Book book, RequestBatch batch, in Request request)
    {
        ref readonly var terms = ref batch.Site(request);
        if (book.Sites.TryFind(batch.Text(terms.Name), out _)) return RefusalCode.SiteExists;
        if (book.Sites.Count >= Limits.SitesMax) return RefusalCode.LimitExceeded;
        if (terms.Prefix.IsEmpty) return RefusalCode.None;
        if (book.Sites.Overlapping(batch.Text(terms.Prefix)) is not null)
            return RefusalCode.PrefixInUse;
        for (var account = 0; account < book.AccountCount; account++)
        {
            if (book.Account(account).IsOpened
                && book.AccountNameBytes(account).StartsWith(batch.Bytes(terms.Prefix)))
                return RefusalCode.PrefixInUse;
        }
        return RefusalCode.None;
    }

    public static SiteTable Apply(
        SiteTable sites, RequestBatch batch, in Request entry, EntryLocation location)
    {
        ref readonly var terms = ref batch.Site(entry);
        return sites.With(new SiteRow(batch.Text(terms.Name), batch.Text(terms.Prefix),
            batch.Text(terms.Url), location.Height));
    }
}
