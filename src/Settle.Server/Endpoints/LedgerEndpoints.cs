using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/v1/ledgers</c>: the ledgers themselves and their assets</summary>
internal static class LedgerEndpoints
{
    public static void MapList(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/ledgers", ListAsync).ForAnyLedger(ApiRole.Reader)
            .Named("list_ledgers", "List ledgers", "Those that the key is good for.")
            .Gives<Page<LedgerInfo>>(200, "All of them; `next` is always null.")
            .Refuses();

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapGet("", GetAsync).For(ApiRole.Reader)
            .Named("get_ledger", "Read a ledger",
            "Its default asset, its assets, and its newest block.")
            .Gives<LedgerInfo>(200, "The ledger.", Examples.Ledger)
            .Refuses(400);
        ledger.MapPut("", PutAsync).For(ApiRole.Admin)
            .Named("initialize_ledger", "Set a ledger's default asset",
            "Once, before the first transfer. "
                + "A server of a folder makes the ledger when it is absent.")
            .Takes<LedgerBody>(Examples.LedgerBody)
            .Gives<LedgerInfo>(200, "The ledger.", Examples.Ledger)
            .Gives<LedgerInfo>(201, "The ledger, which is new.")
            .Refuses(400, 413, 415, 422);
        ledger.MapPut("/assets/{asset}", PutAssetAsync).For(ApiRole.Admin)
            .Named("declare_asset", "Declare an asset",
            "One that is not in ISO 4217, such as `points`.")
            .Takes<AssetBody>(Examples.Asset)
            .Gives<AssetInfo>(200, "The asset.")
            .Refuses(400, 413, 415, 422);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerHost host)
    {
        var key = context.Features.Get<ApiKey>();
        var ledgers = new List<LedgerInfo>();
        foreach (var ledger in host.All.Where(ledger => key is not null && key.Opens(ledger.Name)))
            ledgers.Add(await ledger.GetInfoAsync(context.RequestAborted).ConfigureAwait(false));
        return Answers.Json(Answers.List(ledgers), WireJson.Compact.PageLedgerInfo);
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger)
    {
        var info = await host.Get(ledger).GetInfoAsync(context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(info, WireJson.Compact.LedgerInfo);
    }

    private static async Task<IResult> PutAsync(HttpContext context, LedgerHost host, string ledger)
    {
        LedgerNames.Check(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var (asset, scale) = Bodies.Ledger(body.Span);
        DefaultAsset.Scale(asset, scale);
        var (target, isNew) = await host.GetOrCreateAsync(ledger, context.RequestAborted)
            .ConfigureAwait(false);
        var info = await target.InitializeAsync(asset, scale, context.RequestAborted)
                .WaitAsync(context.RequestAborted)
            .ConfigureAwait(false);
        return Answers.Json(info, WireJson.Compact.LedgerInfo, Answers.Status(!isNew));
    }

    private static async Task<IResult> PutAssetAsync(HttpContext context, LedgerHost host,
        string ledger,
        string asset)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var declared = await target.DeclareAssetAsync(PathNames.Decode(asset, "asset"),
            Bodies.AssetScale(body.Span), context.RequestAborted)
                .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(declared, WireJson.Compact.AssetInfo);
    }
}
