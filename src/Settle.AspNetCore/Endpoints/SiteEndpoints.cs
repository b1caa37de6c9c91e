namespace Settle.Server;

/// <summary><c>/sites</c>: the places that accept transfers, and their chains</summary>
internal static class SiteEndpoints
{
    private static readonly QueryParameter First =
        new("from", "integer", "The height of the first block; 1 if absent.", "1");

    public static void Map(IEndpointRouteBuilder ledger)
    {
        MapChains(ledger);
        ledger.List("/sites", async call =>
            Routes.Whole(await call.Ledger.Sites.ListAsync(call.Stop).ConfigureAwait(false)))
            .Named("list_sites", "List a ledger's sites",
                "As this one knows them, the founder first; none where the ledger has one site.")
            .Gives<Page<Site>>(200, "All of them; `next` is always null.");
        ledger.List("/sites/orphans",
            call => call.Ledger.Sites.ListOrphansAsync(call.Page, call.Stop))
            .Named("list_orphans", "List what ended sites decided after their end",
                "As far as their blocks are here, site by site, oldest first. Nobody counts it; a "
                + "person has to book it.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<Orphan>>(200, "A page. It may be short and not the last.");
        ledger.List("/sites/{site}/allowances",
            call => call.Ledger.Sites.ListAllowancesAsync(call["site"], call.Page, call.Stop))
            .Named("list_allowances", "List what a site is kept at",
                "By account. The homes of the accounts keep it there.")
            .Knows(QueryParameter.Limit, QueryParameter.After)
            .Gives<Page<StandingAllowance>>(200, "A page.")
            .Refuses(404);
        ledger.Post<SiteRequest, Site>("/sites",
            (call, body) => call.Ledger.Sites.AddAsync(body, call.Stop), ApiRole.Admin)
            .Named("add_site", "Let a site join", "Only the founder can.")
            .Takes<SiteRequest>(Examples.Site)
            .Gives<Site>(200, "The site.");
        ledger.Post<IdBody, Site>("/sites/{site}/suspend", (call, body) =>
            call.Ledger.Sites.SuspendAsync(call["site"], body.Id, call.Stop), ApiRole.Admin)
            .Named("suspend_site", "Say that a site is lost",
                "Others then read no more of it than some have read already. It cannot be taken "
                + "back.")
            .Takes<IdBody>(Examples.Id)
            .Gives<Site>(200, "The site.");
        ledger.Post<IdBody, Site>("/sites/{site}/end", (call, body) =>
            call.Ledger.Sites.EndAsync(call["site"], body.Id, call.Stop), ApiRole.Admin)
            .Named("end_site", "End a suspended site",
                "The founder takes over what it had. All other sites must have read that it is "
                + "suspended.")
            .Takes<IdBody>(Examples.Id)
            .Gives<Site>(200, "The site.");
        ledger.Post<IdBody, Site>("/sites/{site}/retire", RetireAsync, ApiRole.Admin)
            .Named("retire_site", "Retire this site",
                "It writes its last block, and the founder takes over once it has read that.")
            .Takes<IdBody>(Examples.Retire)
            .Gives<Site>(200, "The site.");
        ledger.Post<AllowanceBody, Allowance>("/sites/{site}/allowances", (call, body) =>
        {
            // What was spent since would be granted again.
            IdempotencyKey.CheckAbsent(call.Context.Request,
                "is the id of a request, and an allowance has none; leave it out");
            return call.Ledger.Sites.AllowAsync(new AllowanceRequest
            {
                Account = body.Account, Amount = body.Amount, Asset = body.Asset,
                Site = call["site"], Standing = body.Standing,
            }, call.Stop);
        }, ApiRole.Admin)
            .Named("allow", "Let another site spend money of this one's",
                "As much as it lacks of the amount, from this site's part of the account. With "
                + "`standing` it is kept there: whenever it has less than half of the amount, "
                + "it is granted what it lacks; 0 ends that.")
            .Takes<AllowanceBody>(Examples.Allowance)
            .Gives<Allowance>(200, "What was granted.");
    }

    private static void MapChains(IEndpointRouteBuilder ledger)
    {
        ledger.Get("/sites/tips", call => call.Ledger.Sites.ReadTipsAsync(call.Stop))
            .Named("read_site_tips", "Read how far each site's chain is here",
                "The newest block of each site, with its hash.")
            .Gives<SiteTips>(200, "This site, its ledger, and the tips.");
        ledger.Read("/sites/{site}/blocks", ListAsync)
            .Named("list_site_blocks", "Read a site's chain",
                "Blocks as they are stored, by height, of any site whose blocks are here. An "
                + "answer ends early when it grows large; `next` is where to go on. Where the "
                + "site has forked, all of its blocks at a height come together.")
            .Knows(First, QueryParameter.Limit)
            .Gives<Page<JsonElement>>(200,
                "Blocks; `next` is the `from` of the blocks after these.");
        ledger.On(HttpMethods.Post, "/sites/{site}/blocks", ApiRole.Peer, GiveAsync)
            .Named("give_site_blocks", "Hand over blocks of a site's chain",
                "Kept, read and answered once this answers. Those that are here already do no "
                + "harm.")
            .Takes<SiteBlocksBody>(Examples.SiteBlocks)
            .Gives<SiteTaken>(200, "How many were not here before.")
            .Refuses(400, 409, 413, 415);
    }

    private static Task<IResult> ListAsync(LedgerCall call)
    {
        var (sites, site) = (call.Ledger.Sites, call["site"]);
        return ChainEndpoints.WriteAsync(call,
            (from, limit) => sites.ReadBlocksAsync(site, from, limit, call.Stop));
    }

    private static async Task<IResult> GiveAsync(LedgerCall call)
    {
        var sites = call.Ledger.Sites;
        using var body = await RequestBody.ReadAsync(call.Context).ConfigureAwait(false);
        var blocks = SiteBlocksWire.Read(body.Span, call["site"]);
        return Routes.Json(new SiteTaken(
            await sites.GiveBlocksAsync(blocks, call.Stop).ConfigureAwait(false)));
    }

    private static async Task<Site> RetireAsync(LedgerCall call, IdBody body)
    {
        var info = await call.Ledger.GetInfoAsync(call.Stop).ConfigureAwait(false);
        var (own, site) = (info.Site ?? SiteNames.Founder, call["site"]);
        return site == own
            ? await call.Ledger.Sites.RetireAsync(body.Id, call.Stop).ConfigureAwait(false)
            : throw Parse.Fault("site", site,
                $"is not this site, which is {own}: each retires by itself");
    }
}
