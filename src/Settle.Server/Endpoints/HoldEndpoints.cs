using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/holds</c></summary>
internal static class HoldEndpoints
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapPost("/holds", CreateAsync).For(ApiRole.Teller)
            .Named("hold", "Reserve money",
            "The money stays where it is and is no longer available.")
            .Takes<HoldRequest>(Examples.Hold)
            .Gives<Hold>(201, "The money is held.")
            .Gives<Hold>(200, "It had been held before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapGet("/holds/{id}", GetAsync).For(ApiRole.Reader)
            .Named("get_hold", "Read a hold", "With what became of it.")
            .Gives<Hold>(200, "The hold, successful or rejected.")
            .Refuses(400);
        ledger.MapPost("/holds/{id}/capture", CaptureAsync).For(ApiRole.Teller)
            .Named("capture", "Move held money", "All of it, or a part, which frees the rest.")
            .Takes<CaptureBody>(Examples.Capture)
            .Gives<Transfer>(201, "The transfer that moved it.")
            .Gives<Transfer>(200, "It had been captured before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
        ledger.MapPost("/holds/{id}/void", VoidAsync).For(ApiRole.Teller)
            .Named("void", "Free held money", "The hold is over and moved nothing.")
            .Takes<IdBody>(Examples.Id)
            .Gives<Hold>(201, "The money is free.")
            .Gives<Hold>(200, "It had been freed before, under this id.")
            .Refuses(400, 409, 413, 415, 422);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var request = Bodies.Hold(body.Span);
        try
        {
            var hold = await target.HoldAsync(request, context.RequestAborted)
                .WaitAsync(context.RequestAborted)
                .ConfigureAwait(false);
            return Answers.Json(hold, WireJson.Compact.Hold, Answers.Status(hold.Replayed));
        }
        catch (RejectedException e)
        {
            return await Answers.RejectedHoldAsync(target, e, context.RequestAborted)
                .ConfigureAwait(false);
        }
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger,
        string id)
    {
        var name = PathNames.Decode(id, "id");
        var hold = await host.Get(ledger).GetHoldAsync(name, context.RequestAborted)
            .ConfigureAwait(false)
            ?? throw new NotFoundException($"no hold '{name}' has been decided");
        return Answers.Json(hold, WireJson.Compact.Hold);
    }

    private static async Task<IResult> CaptureAsync(HttpContext context, LedgerHost host,
        string ledger, string id)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var capture = Bodies.Capture(body.Span);
        var transfer = await target.CaptureAsync(
            new CaptureRequest { Id = capture.Id, Hold = PathNames.Decode(id, "hold"),
            Amount = capture.Amount },
            context.RequestAborted)
                .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(transfer, WireJson.Compact.Transfer, Answers.Status(transfer.Replayed));
    }

    private static async Task<IResult> VoidAsync(HttpContext context, LedgerHost host,
        string ledger, string id)
    {
        var target = host.Get(ledger);
        using var body = await RequestBody.ReadAsync(context).ConfigureAwait(false);
        var hold = await target.VoidAsync(
            new VoidRequest { Id = Bodies.Id(body.Span), Hold = PathNames.Decode(id, "hold") },
            context.RequestAborted)
                .WaitAsync(context.RequestAborted).ConfigureAwait(false);
        return Answers.Json(hold, WireJson.Compact.Hold, Answers.Status(hold.Replayed));
    }
}
