using Settle.Chain;

namespace Settle.Http;

/// <summary>The sites of a ledger behind a server.</summary>
internal sealed class HttpSites(HttpLedger ledger) : ISites
{
    // Whoever does not say within this time how far it is, is away.
    private static readonly TimeSpan TipsDeadline = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Site>> ListAsync(
        CancellationToken cancellationToken = default) =>
        (await ledger.ReadAsync("/sites", WireJson.Compact.PageSite, cancellationToken)
            .ConfigureAwait(false)).Items;

    public async Task<Site> AddAsync(
        SiteRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        WireTexts.Check("name", request.Name);
        var id = request.Id ?? await ledger.NewIdAsync(cancellationToken).ConfigureAwait(false);
        WireTexts.CheckAll("", request, WireJson.Compact.SiteRequest);
        return await ledger.SendAsync(HttpMethod.Post, "/sites", id,
            JsonSerializer.SerializeToUtf8Bytes(
                request with { Id = id }, WireJson.Compact.SiteRequest),
            WireJson.Compact.Site, null, cancellationToken).ConfigureAwait(false);
    }

    public Task<Site> SuspendAsync(
        string site, string? id = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(site, "suspend", id, cancellationToken);

    public Task<Site> EndAsync(
        string site, string? id = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(site, "end", id, cancellationToken);

    public async Task<Site> RetireAsync(
        string? id = null, CancellationToken cancellationToken = default)
    {
        var info = await ledger.GetInfoAsync(cancellationToken).ConfigureAwait(false);
        return await ChangeAsync(info.Site ?? SiteNames.Founder, "retire", id, cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<Allowance> AllowAsync(
        AllowanceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var amount = await ledger.InMinorAsync(
            "amount", request.Amount, request.Asset, cancellationToken,
            allowZero: request.Standing).ConfigureAwait(false);
        var body = new AllowanceBody
        {
            Account = WireTexts.Check("account", request.Account), Amount = amount,
            Asset = amount.Asset, Standing = request.Standing,
        };
        // Asked again it grants only what is missing then.
        return await ledger.SendAsync(HttpMethod.Post,
            $"/sites/{HttpLedger.Segment("site", request.Site)}/allowances",
            $"allowance:{request.Account}",
            JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Compact.AllowanceBody),
            WireJson.Compact.Allowance, null, cancellationToken).ConfigureAwait(false);
    }

    public Task<Page<StandingAllowance>> ListAllowancesAsync(
        string site, PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync($"/sites/{HttpLedger.Segment("site", site)}/allowances"
            + Page(query), WireJson.Compact.PageStandingAllowance, cancellationToken);
    }

    public Task<Page<Orphan>> ListOrphansAsync(
        PageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync(
            "/sites/orphans" + Page(query), WireJson.Compact.PageOrphan, cancellationToken);
    }

    public async Task<SiteTips> ReadTipsAsync(CancellationToken cancellationToken = default)
    {
        using var reply = await ledger.GetAsync("/sites/tips", cancellationToken, TipsDeadline)
            .ConfigureAwait(false);
        ledger.ThrowUnlessSuccess(reply);
        var tips = reply.Read(WireJson.Compact.SiteTips);
        return AreSound(tips) ? tips : throw HttpReply.BadAnswer(null);
    }

    public async Task<IReadOnlyList<Block>> ReadBlocksAsync(string site, long fromHeight, int limit,
        CancellationToken cancellationToken = default)
    {
        using var reply = await ledger.GetAsync(
            $"/sites/{HttpLedger.Segment("site", site)}/blocks" + new QueryWriter()
                .Add("from", fromHeight.ToString(CultureInfo.InvariantCulture))
                .Add("limit", limit), cancellationToken).ConfigureAwait(false);
        ledger.ThrowUnlessSuccess(reply);
        return HttpLedger.Parse(reply, ReadPage);
    }

    public async Task<long> GiveBlocksAsync(
        SiteBlocks blocks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var taken = await ledger.SendAsync(HttpMethod.Post,
            $"/sites/{HttpLedger.Segment("site", blocks.Site)}/blocks", $"blocks:{blocks.Site}",
            SiteBlocksWire.Write(blocks), WireJson.Compact.SiteTaken, null, cancellationToken)
            .ConfigureAwait(false);
        return taken.Taken;
    }

    private static QueryWriter Page(PageQuery query) =>
        new QueryWriter().Add("limit", query.Limit).Add("after", query.After);

    private async Task<Site> ChangeAsync(
        string site, string change, string? id, CancellationToken cancellationToken)
    {
        id ??= await ledger.NewIdAsync(cancellationToken).ConfigureAwait(false);
        return await ledger.SendAsync(HttpMethod.Post,
            $"/sites/{HttpLedger.Segment("site", site)}/{change}", id,
            JsonSerializer.SerializeToUtf8Bytes(
                new IdBody { Id = WireTexts.Check("id", id) }, WireJson.Compact.IdBody),
            WireJson.Compact.Site, null, cancellationToken).ConfigureAwait(false);
    }

    // Whoever copies blocks counts with them, and remembers the sites.
    private static bool AreSound(SiteTips tips) => IsSite(tips.Site)
        && tips.Items is { Count: <= Limits.SitesMax + 1 } && tips.Items.All(tip =>
            tip is { Height: >= 1 and <= BlockId.HeightMax, Hash: not null } && IsSite(tip.Site));

    private static bool IsSite(string? name) => name is not null && SiteNames.IsOne(name);

    private static List<Block> ReadPage(ReadOnlySpan<byte> utf8)
    {
        var blocks = new List<Block>();
        var json = new Utf8JsonReader(utf8);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("items"u8)) SiteBlocksWire.ReadInto(blocks, utf8, ref json);
            else json.Skip();
        }
        return blocks;
    }
}
