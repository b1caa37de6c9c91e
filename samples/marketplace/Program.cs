using Microsoft.AspNetCore.Mvc;

namespace Marketplace;

/// <summary>
/// A marketplace that holds the buyer's money until the goods have arrived, and keeps a fee.
/// </summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSettle(builder.Configuration.GetSection("Settle"));
        builder.Services.AddSettleProblems();
        builder.Services.AddSingleton<Orders>();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapPut("/buyers/{buyer}/deposits/{id}", (string buyer, string id,
            [FromBody] decimal amount, Orders orders, CancellationToken cancellation) =>
            orders.DepositAsync(id, buyer, amount, cancellation));
        app.MapPut("/orders/{order}", (string order, OrderRequest request, Orders orders,
            CancellationToken cancellation) => orders.PlaceAsync(order, request, cancellation));
        app.MapPost("/orders/{order}/delivered", (string order, Orders orders,
            CancellationToken cancellation) => orders.DeliverAsync(order, cancellation));
        app.MapPost("/orders/{order}/cancelled", (string order, Orders orders,
            CancellationToken cancellation) => orders.CancelAsync(order, cancellation));
        // The ledger's own API and its console; your app says who may, instead of everybody.
        app.MapSettle("/ledger").AllowAnonymous();
        await app.RunAsync();
    }
}
