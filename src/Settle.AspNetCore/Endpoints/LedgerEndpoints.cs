namespace Settle.Server;

/// <summary><c>/v1/ledgers</c>: the ledgers themselves and their assets</summary>
internal static class LedgerEndpoints
{
    public static void MapList(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/ledgers", (Func<HttpContext, Task<IResult>>)ListAsync).For(ApiRole.Reader)
            .Named("list_ledgers", "List ledgers", "Those that the key opens.")
            .Gives<Page<LedgerInfo>>(200, "All of them; `next` is always null.")
            .Refuses();

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Get("", call => call.Ledger.GetInfoAsync(call.Stop))
            .Named("get_ledger", "Read a ledger",
                "Its default asset, its assets, and its newest block.")
            .Gives<LedgerInfo>(200, "The ledger.", Examples.Ledger);
        ledger.On(HttpMethods.Put, "", ApiRole.Admin, PutAsync)
            .Named("initialize_ledger", "Set a ledger's default asset",
                "Once, before the first transfer; whether accounts must be opened first (`strict`) "
                + "can be changed later. "
                + "A server of a folder makes the ledger when it is absent.")
            .Takes<LedgerBody>(Examples.LedgerBody)
            .Gives<LedgerInfo>(200, "The ledger.", Examples.Ledger)
            .Gives<LedgerInfo>(201, "The ledger, which is new.")
            .Refuses(400, 413, 415, 422);
        ledger.Put<AssetBody, AssetInfo>("/assets/{asset}", (call, body) =>
            call.Ledger.DeclareAssetAsync(call["asset"], body.Scale, call.Stop))
            .Named("declare_asset", "Declare an asset",
                "One that is not in ISO 4217, such as `points`.")
            .Takes<AssetBody>(Examples.Asset)
            .Gives<AssetInfo>(200, "The asset.");
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var api = SettleApi.Of(context);
        var ledgers = new List<LedgerInfo>();
        foreach (var ledger in api.Ledgers.All.Where(ledger => api.Shows(context, ledger)))
            ledgers.Add(await ledger.GetInfoAsync(context.RequestAborted).ConfigureAwait(false));
        return Routes.Json(Routes.Whole(ledgers));
    }

    // The only address whose ledger may not exist yet.
    private static async Task<IResult> PutAsync(LedgerCall call)
    {
        LedgerNames.Check(call.LedgerName);
        using var body = await RequestBody.ReadAsync(call.Context).ConfigureAwait(false);
        var asked = Bodies.Read<LedgerBody>(body.Span);
        DefaultAsset.Scale(asked.Asset, asked.Scale);
        var (target, isNew) = await SettleApi.Of(call.Context).Ledgers
            .GetOrCreateAsync(call.LedgerName, call.Stop).ConfigureAwait(false);
        var info = await target.InitializeAsync(new LedgerRequest
            {
                Asset = asked.Asset, Scale = asked.Scale, Strict = asked.Strict,
            }, call.Stop).WaitAsync(call.Stop).ConfigureAwait(false);
        return Routes.Json(info, Routes.Status(!isNew));
    }
}
