using Settle.Reading;
using Settle.Settling;
using Settle.State;
using Settle.Views;

namespace Settle.Local;

/// <summary>The sites of a ledger: who they are, and what is decided about them.</summary>
internal sealed class LocalSites(LedgerReader reader, Submitter submitter, Settler settler)
{
    private const int CopiesPerRead = 512;

    private LedgerState State => reader.State;

    /// <summary>All sites that were ever added, the founder first.</summary>
    public async Task<IReadOnlyList<Site>> ListAsync(CancellationToken cancellation)
    {
        var rows = await reader.ReadAsync(() => State.Sites is { HasSites: true } sites
            ? SiteViews.Of(sites, State) : [], cancellation).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows[i].IsOwn)
                rows[i] = await WithCopiesAsync(rows[i], cancellation).ConfigureAwait(false);
        }
        return rows;
    }

    /// <summary>Lets a site join; only the founder can.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="prefix">What the accounts begin with whose home it is; null for none.</param>
    /// <param name="url">Where it answers; null for nowhere.</param>
    /// <param name="cancellation">Gives up before anything is asked.</param>
    /// <exception cref="InvalidRequestException">The store cannot hold other sites' blocks.
    /// </exception>
    public async Task AddAsync(
        string name, string? prefix, string? url, CancellationToken cancellation)
    {
        if (State.Copies is null)
        {
            throw new InvalidRequestException("ledger",
                "a ledger in a database of CouchDB cannot have several sites yet: keep it in a "
                + "file");
        }
        var batch = new RequestBatch();
        Fill(batch, EntryKind.Site, name, prefix, url);
        await settler.FoldSitesAsync().ConfigureAwait(false);
        await SettleAsync(EntryKind.Site, name, cancellation, prefix, url).ConfigureAwait(false);
    }

    /// <summary>
    /// A site is thought to be lost: whoever reads this follows it only as far as others do.
    /// </summary>
    public Task SuspendAsync(string name, CancellationToken cancellation) =>
        SettleAsync(EntryKind.Suspend, name, cancellation);

    /// <summary>A suspended site is gone for good: the founder takes over what it had.</summary>
    public Task EndAsync(string name, CancellationToken cancellation) =>
        SettleAsync(EntryKind.End, name, cancellation);

    /// <summary>This site writes its last block: the founder takes over what it has.</summary>
    public Task RetireAsync(CancellationToken cancellation) =>
        SettleAsync(EntryKind.Retire, "", cancellation);

    /// <summary>
    /// Grants a site as much of an account from this one's part as it lacks of an amount.
    /// </summary>
    /// <returns>What was granted; zero where it has as much already.</returns>
    /// <exception cref="InsufficientFundsException">This site's part is too small.</exception>
    public async Task<Money> AllowAsync(string account, string? asset, string site, Money amount,
        CancellationToken cancellation)
    {
        CheckHasSites();
        var assets = reader.Assets;
        var (minor, code) = assets.Read("amount", amount, asset);
        var name = Texts.Given("account", account);
        if (!SiteNames.IsOne(site)) throw Parse.Fault("at", site, "is not the name of a site");
        if (site == State.Site)
        {
            throw new InvalidRequestException("at",
                $"'{site}' is this site: an allowance is given by the site that has the money");
        }
        var job = submitter.Rent();
        ref var request = ref job.Batch.Add(EntryKind.Grant);
        GrantKind.Fill(job.Batch, ref request, name, code ?? "", site, minor);
        Texts.CheckAccount("account", job.Batch.Bytes(request.From), job.Batch.KnowsAccount);
        cancellation.ThrowIfCancellationRequested();
        await settler.SettleAsync(job).ConfigureAwait(false);
        var verdict = Submitter.Conclude(job);
        var granted = verdict.Replayed ? 0 : job.Batch[0].Amount;
        submitter.Return(job);
        return assets.Of(granted, code ?? assets.Default.Code);
    }

    /// <summary>What ended sites decided behind their ends, as far as it is here.</summary>
    public async Task<IReadOnlyList<Orphan>> ListOrphansAsync(CancellationToken cancellation)
    {
        var ended = await reader.ReadAsync(() => State.Sites is { } sites
            ? sites.Table.Rows.Where(row => row.HasEnded).ToList() : [], cancellation)
            .ConfigureAwait(false);
        var orphans = new List<Orphan>();
        foreach (var row in ended)
        {
            await foreach (var block in CopiesAsync(row.Name, row.Last.Height + 1, cancellation)
                .ConfigureAwait(false))
                orphans.AddRange(SiteViews.Orphans(block, reader.Assets));
        }
        return orphans;
    }

    private async Task SettleAsync(EntryKind kind, string site, CancellationToken cancellation,
        string? prefix = null, string? url = null)
    {
        if (kind != EntryKind.Site) CheckHasSites();
        await submitter.SettleAsync(batch => Fill(batch, kind, site, prefix, url),
            _ => ValueTask.FromResult(true), cancellation).ConfigureAwait(false);
    }

    private void Fill(
        RequestBatch batch, EntryKind kind, string site, string? prefix, string? url)
    {
        ref var request = ref batch.Add(kind);
        request.Id = batch.Append("id", submitter.NewId());
        if (kind != EntryKind.Retire)
        {
            ref var terms = ref batch.AddSite(ref request);
            terms.Name = batch.Append("site", Texts.Given("site", site));
            terms.Prefix = batch.Append("prefix", prefix);
            terms.Url = batch.Append("url", url);
        }
        RequestRules.Check(batch, ref request);
    }

    private void CheckHasSites()
    {
        if (State.Sites is { HasSites: true }) return;
        throw new InvalidRequestException("ledger",
            "it has one site; let another one join with 'settle sites add NAME'");
    }

    // What has come and was not read yet.
    private async Task<Site> WithCopiesAsync(Site site, CancellationToken cancellation)
    {
        await foreach (var block in CopiesAsync(site.Name, site.Height + 1, cancellation)
            .ConfigureAwait(false))
        {
            site = site with
            {
                Height = block.Header.Height, LastHeard = ChainTime.ToTime(block.Header.Time),
            };
        }
        return site;
    }

    private async IAsyncEnumerable<BlockDocument> CopiesAsync(string site, long from,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var blocks = await State.Copies!.ReadAsync(
                site, from, from + CopiesPerRead - 1, cancellation).ConfigureAwait(false);
            foreach (var block in blocks) yield return block;
            if (blocks.Count == 0) yield break;
            from = blocks[^1].Header.Height + 1;
        }
    }
}
