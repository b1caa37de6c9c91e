using Microsoft.AspNetCore.Mvc;
using Settle;

namespace Wallet;

/// <summary>The app's own HTTP API. A client names each request in <c>Idempotency-Key</c>.</summary>
internal static class WalletEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/wallets/{wallet}/deposits", async (string wallet, Payment payment,
            [FromHeader(Name = "Idempotency-Key")] string id, Wallets wallets,
            CancellationToken cancellation) => Moved(
                await wallets.DepositAsync(id, wallet, payment.Amount, cancellation)));
        app.MapPost("/wallets/{wallet}/transfers", async (string wallet, Payment payment,
            [FromHeader(Name = "Idempotency-Key")] string id, Wallets wallets,
            CancellationToken cancellation) => Moved(
                await wallets.TransferAsync(id, wallet, payment.To, payment.Amount, cancellation)));
        app.MapPost("/wallets/{wallet}/holds", async (string wallet, Payment payment,
            [FromHeader(Name = "Idempotency-Key")] string id, Wallets wallets,
            CancellationToken cancellation) => Held(
                await wallets.HoldAsync(id, wallet, payment.To, payment.Amount, cancellation)));
        app.MapPost("/holds/{hold}/capture", async (string hold, Payment? payment,
            [FromHeader(Name = "Idempotency-Key")] string id, Wallets wallets,
            CancellationToken cancellation) => Moved(
                await wallets.CaptureAsync(id, hold, payment?.Amount, cancellation)));
        app.MapDelete("/holds/{hold}", async (string hold,
            [FromHeader(Name = "Idempotency-Key")] string id, Wallets wallets,
            CancellationToken cancellation) => Held(
                await wallets.ReleaseAsync(id, hold, cancellation)));
        app.MapGet("/wallets/{wallet}", async (string wallet, Wallets wallets,
            CancellationToken cancellation) =>
            await wallets.FindAsync(wallet, cancellation) is { } holding
                ? Results.Ok(holding) : Results.NotFound());
        app.MapGet("/wallets/{wallet}/statement", (string wallet, string? after, Wallets wallets,
            CancellationToken cancellation) => wallets.ReadAsync(wallet, after, cancellation));
    }

    // 201 for what was done now, 200 for what had been done before under the same key.
    private static IResult Moved(Transfer transfer) => Results.Json(
        new { transfer.Id, transfer.Status }, statusCode: transfer.Replayed ? 200 : 201);

    private static IResult Held(Hold hold) => Results.Json(
        new { hold.Id, hold.State, hold.Expires }, statusCode: hold.Replayed ? 200 : 201);
}
