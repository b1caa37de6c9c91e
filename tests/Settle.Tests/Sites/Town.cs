using System.Text;
using Settle.Chain;
using Settle.Chains;
using Settle.Simulation;

namespace Settle.Tests.Sites;

/// <summary>
/// Several sites in memory, each with a store and one process. Nothing travels unless a test says so.
/// </summary>
internal sealed class Town
{
    private readonly Dictionary<string, SitePlace> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SiteVerdict> _answers = new(StringComparer.Ordinal);
    private int _ids;

    /// <summary>A founder and the named sites, which have joined; all have read that.</summary>
    public Town(params string[] sites)
    {
        foreach (var site in sites.Prepend(SiteNames.Founder)) Build(site);
        foreach (var site in sites) Assert(Add(site), RefusalCode.None);
        Sync();
    }

    public long Now { get; set; } = ChainTime.MicrosecondsPerDay * 20_000;

    public SiteLedger this[string site] => _places[site].Writers[0].Ledger;

    public SiteStore StoreOf(string site) => _places[site].Store;

    public SiteWriter WriterOf(string site) => _places[site].Writers[0];

    public SitePlace Build(string site)
    {
        var place = new SitePlace(site, new SiteStore(site));
        place.Start(_ => true);
        return _places[site] = place;
    }

    /// <summary>A new process takes over, and knows what is in the store.</summary>
    public SiteWriter Restart(string site)
    {
        _places[site].Writers.Clear();
        var writer = _places[site].Start(_ => true);
        writer.CatchUp();
        return writer;
    }

    public SiteVerdict? Add(string site) => Ask(SiteNames.Founder,
        new SiteWish($"add-{site}", SiteNames.Founder, EntryKind.Site)
        {
            Reference = site, Prefix = site + ":",
        });

    public SiteVerdict? Pay(
        string site, string from, string to, long amount, string? id = null) =>
        Ask(site, Transfer(site, from, to, amount, id));

    public SiteWish Transfer(
        string site, string from, string to, long amount, string? id = null) =>
        new(id ?? SiteWishes.IdOf($"p{++_ids}", site), site, EntryKind.Transfer)
        {
            Postings = [new WishPosting(from, to, amount, null)],
        };

    public SiteVerdict? Open(string site, string account, long overdraft = AccountTerms.Unset,
        long ceiling = AccountTerms.Unset, bool? closed = null, string? id = null) =>
        Ask(site, new SiteWish(id ?? SiteWishes.IdOf($"o{++_ids}", site), site, EntryKind.Account)
        {
            Reference = account, Overdraft = overdraft, Ceiling = ceiling, Closed = closed,
        });

    /// <summary>An account's home keeps another site at an amount of it.</summary>
    public SiteVerdict? Keep(string home, string account, string site, long level) =>
        Ask(home, new SiteWish(SiteWishes.IdOf($"k{++_ids}", home), home, EntryKind.Grant)
        {
            Postings = [new WishPosting(account, site, level, null)],
        });

    /// <summary>Asks a site, which writes what it can; null while it waits.</summary>
    public SiteVerdict? Ask(string site, SiteWish wish)
    {
        _answers.Remove(wish.Id);
        var writer = WriterOf(site);
        if (!writer.Waiting.Exists(waiting => waiting.Id == wish.Id)) writer.Waiting.Add(wish);
        Write(site);
        return Answer(wish.Id);
    }

    /// <summary>
    /// The founder has money of Ann's, q asks for 3 of it to pay Bob, and the founder grants them.
    /// </summary>
    public void Grant(long money, string id)
    {
        Pay(SiteNames.Founder, Book.World, "Ann", money);
        Send(SiteNames.Founder, "q");
        Pay("q", "Ann", "Bob", 3, id);
        Send("q", SiteNames.Founder);
        Write(SiteNames.Founder);
    }

    /// <summary>Asks a site to pay 2 of Ann's and 2 of Bob's money to Cid.</summary>
    public SiteVerdict? PayBoth(string site, string id) =>
        Ask(site, new SiteWish(id, site, EntryKind.Transaction)
        {
            Postings = [new("Ann", "Cid", 2, null), new("Bob", "Cid", 2, null)],
        });

    /// <summary>What was answered to a request so far; null for nothing.</summary>
    public SiteVerdict? Answer(string id) => _answers.GetValueOrDefault(id);

    /// <summary>A site writes a block, if it has anything to write.</summary>
    public BlockDocument? Write(string site)
    {
        Now += 1000;
        var writer = WriterOf(site);
        return writer.Decide(Now, Tell) ? writer.Write(Tell) : null;
    }

    /// <summary>All that one site has arrives at another.</summary>
    public void Send(string from, string to)
    {
        foreach (var block in StoreOf(from).All.ToList())
            if (block.Header.Site != to) StoreOf(to).Copy(block);
    }

    /// <summary>Everything travels until no site has anything more to write.</summary>
    public void Sync(params string[] sites)
    {
        var all = sites.Length > 0 ? sites : [.. _places.Keys];
        for (var round = 0; round < 100; round++)
        {
            foreach (var from in all)
                foreach (var to in all.Where(to => to != from)) Send(from, to);
            var written = all.Select(Write).ToList();
            if (written.TrueForAll(block => block is null)) return;
        }
        throw new InvalidOperationException("the sites write for ever");
    }

    /// <summary>What a site can see of an account: its own part.</summary>
    public long Part(string site, string account) => Part(this[site], site, account);

    /// <summary>What a site has read of another's part.</summary>
    public static long Part(SiteLedger ledger, string site, string account)
    {
        var book = ledger.Chain(site)!.Book;
        var number = book.FindAccount(Encoding.UTF8.GetBytes(account));
        var position = number < 0 ? -1 : book.FindPosition(number, 0);
        return position < 0 ? 0 : (long)book.Position(position).Balance;
    }

    /// <summary>The auditor's word on everything that was written; null when nothing is wrong.</summary>
    public Violation? Audit(SiteFate fate = SiteFate.None, params string[] doomed) =>
        new SitesAuditor([.. _places.Values], new Dictionary<string, SiteVerdict>(), fate, doomed)
            .Audit();

    private void Tell(SiteWish wish, SiteVerdict verdict) => _answers[wish.Id] = verdict;

    private static void Assert(SiteVerdict? verdict, RefusalCode refusal) =>
        Xunit.Assert.Equal(refusal, verdict?.Refusal);
}
