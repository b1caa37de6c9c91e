using Settle.Peers;
using Settle.Reading;
using Settle.Settling;
using Settle.State;

namespace Settle.Local;

/// <summary>The sites of a ledger: who they are, and what is decided about them.</summary>
/// <param name="reader">Reads the state.</param>
/// <param name="submitter">The way in to the settling loop.</param>
/// <param name="settler">Answers what other sites have sent.</param>
/// <param name="chains">All chains that are here.</param>
internal sealed class LocalSites(
    LedgerReader reader, Submitter submitter, Settler settler, StoredChains chains) : ISites
{
    private readonly SiteLists _lists = new(reader);

    private LedgerState State => reader.State;

    /// <summary>With whom blocks are exchanged by themselves; null for nobody.</summary>
    public SitePeers? Peers { get; set; }

    public async Task<IReadOnlyList<Site>> ListAsync(
        CancellationToken cancellationToken = default)
    {
        var rows = await _lists.ListAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < rows.Count; i++)
            rows[i] = await WithOthersAsync(rows[i], cancellationToken).ConfigureAwait(false);
        return rows;
    }

    public async Task<Site> AddAsync(
        SiteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (State.Copies is null)
        {
            throw new InvalidRequestException("ledger",
                "a ledger in a database of CouchDB cannot have several sites yet: keep it in a "
                + "file");
        }
        foreach (var (field, text) in new[] { ("prefix", request.Prefix), ("url", request.Url) })
        {
            if (text is { Length: 0 })
                throw new InvalidRequestException(field, "must not be empty");
        }
        Fill(new RequestBatch(), EntryKind.Site, request);
        await settler.FoldSitesAsync().ConfigureAwait(false);
        return await SettleAsync(EntryKind.Site, request, cancellationToken).ConfigureAwait(false);
    }

    public Task<Site> SuspendAsync(
        string site, string? id = null, CancellationToken cancellationToken = default) =>
        SettleAsync(EntryKind.Suspend, Named(site, id), cancellationToken);

    public Task<Site> EndAsync(
        string site, string? id = null, CancellationToken cancellationToken = default) =>
        SettleAsync(EntryKind.End, Named(site, id), cancellationToken);

    public Task<Site> RetireAsync(
        string? id = null, CancellationToken cancellationToken = default) =>
        SettleAsync(EntryKind.Retire, Named(State.Site, id), cancellationToken);

    public async Task<Allowance> AllowAsync(
        AllowanceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var assets = reader.Assets;
        var (minor, code) = assets.Read(
            "amount", request.Amount, request.Asset, allowZero: request.Standing);
        var (name, site) = (Texts.Given("account", request.Account),
            Texts.Given("site", request.Site));
        CheckHasSites();
        if (!SiteNames.IsOne(site)) throw Parse.Fault("site", site, "is not the name of a site");
        if (site == State.Site)
        {
            throw Parse.Fault("site", site,
                "is this site: an allowance is given by the site that has the money");
        }
        if (request.Standing && name == Book.World)
            throw Parse.Fault("account", name, "can be spent without limit at every site");
        var job = submitter.Rent();
        ref var grant = ref job.Batch.Add(EntryKind.Grant);
        GrantKind.Fill(job.Batch, ref grant, name, code ?? "", site, minor);
        job.Batch.Site(grant).IsStanding = request.Standing;
        Texts.CheckAccount("account", job.Batch.Bytes(grant.From), job.Batch.KnowsAccount);
        cancellationToken.ThrowIfCancellationRequested();
        await settler.SettleAsync(job).ConfigureAwait(false);
        var verdict = Submitter.Conclude(job);
        var granted = verdict.Replayed ? 0 : job.Batch[0].Amount;
        submitter.Return(job);
        return new Allowance
        {
            Account = name, Site = site,
            Granted = assets.Of(granted, code ?? assets.Default.Code),
            Standing = request.Standing ? assets.Of(minor, code ?? assets.Default.Code) : null,
        };
    }

    public async Task<Page<StandingAllowance>> ListAllowancesAsync(
        string site, PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!KnowsSite(Texts.Given("site", site))) throw Missing(site);
        return await _lists.AllowancesAsync(site, query, cancellationToken).ConfigureAwait(false);
    }

    public Task<Page<Orphan>> ListOrphansAsync(
        PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _lists.OrphansAsync(query, cancellationToken);
    }

    public Task<SiteTips> ReadTipsAsync(CancellationToken cancellationToken = default) =>
        chains.ReadTipsAsync(cancellationToken);

    public async Task<IReadOnlyList<Block>> ReadBlocksAsync(string site, long fromHeight, int limit,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(site);
        PageCursor.CheckLimit(limit);
        if (!SiteNames.IsOne(site) || !await IsHereAsync(site, cancellationToken)
            .ConfigureAwait(false))
            throw Missing(site);
        return await chains.ReadBlocksAsync(site, long.Max(1, fromHeight), limit,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps the blocks, and reads and answers them.</summary>
    /// <inheritdoc/>
    public async Task<long> GiveBlocksAsync(
        SiteBlocks blocks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        CheckHasSites();
        if (blocks.Giver is { } giver) Peers?.NoteHeard(giver);
        var taken = await chains.GiveBlocksAsync(blocks, cancellationToken).ConfigureAwait(false);
        if (taken == 0) return 0;
        if (blocks.Site == State.Site) await reader.RefreshAsync().ConfigureAwait(false);
        try
        {
            await settler.AttendAsync().ConfigureAwait(false);
        }
        catch (SiteStoppedException)
        {
            return taken; // That this site may not write is told to whoever writes here.
        }
        return taken;
    }

    /// <summary>Whether a site was added, as far as was read here.</summary>
    public bool KnowsSite(string site)
    {
        lock (State.Lock)
            return site == SiteNames.Founder || State.Sites?.Table.TryFind(site, out _) == true;
    }

    private static NotFoundException Missing(string site) =>
        new($"there is no site '{Parse.Shorten(site)}' here");

    private async Task<bool> IsHereAsync(string site, CancellationToken cancellation) =>
        site == State.Site || KnowsSite(site)
        || (await chains.TipAsync(site, cancellation).ConfigureAwait(false)).Height > 0;

    private async Task<Site> SettleAsync(
        EntryKind kind, SiteRequest request, CancellationToken cancellation)
    {
        if (kind != EntryKind.Site) CheckHasSites();
        // Whatever cannot be read any more once it is decided: that it is must be said.
        var parts = await _lists.PartsAsync(request.Name, cancellation).ConfigureAwait(false);
        Site? left = null;
        return await submitter.SettleAsync(batch => Fill(batch, kind, request), async _ =>
        {
            left ??= await reader.ReadAsync(Left, cancellation).ConfigureAwait(false);
            return await WithOthersAsync(left, cancellation).ConfigureAwait(false);
        }, cancellation, committed: _ => left = Left()).ConfigureAwait(false);

        Site Left() => _lists.Now().First(site => site.Name == request.Name) with
        {
            Parts = _lists.HasParts(request.Name) ? parts : [],
        };
    }

    private static SiteRequest Named(string site, string? id) =>
        new() { Name = Texts.Given("site", site), Id = id };

    private void Fill(RequestBatch batch, EntryKind kind, SiteRequest asked)
    {
        ref var request = ref batch.Add(kind);
        request.Id = batch.Append("id", asked.Id ?? submitter.NewId());
        if (kind != EntryKind.Retire)
        {
            ref var terms = ref batch.AddSite(ref request);
            terms.Name = batch.Append("site", Texts.Given("site", asked.Name));
            terms.Prefix = batch.Append("prefix", asked.Prefix);
            terms.Url = batch.Append("url", asked.Url);
        }
        RequestRules.Check(batch, ref request);
    }

    private void CheckHasSites()
    {
        if (State.Sites is { HasSites: true }) return;
        throw new InvalidRequestException("ledger",
            "it has one site; add another one first");
    }

    // What has come and was not read yet, or the state of others' servers.
    private async Task<Site> WithOthersAsync(Site site, CancellationToken cancellation)
    {
        if (site.IsOwn) return site with { Peers = Peers?.Statuses };
        var tip = await chains.TipAsync(site.Name, cancellation).ConfigureAwait(false);
        if (tip.Height <= site.Height) return site;
        var block = await State.Copies!.FindAsync(site.Name, tip, cancellation)
            .ConfigureAwait(false);
        return site with
        {
            Height = tip.Height, LastHeard = ChainTime.ToTime(block!.Header.Time),
        };
    }
}
