namespace Wallet;

/// <summary>A wallet for an app's users: one account each, on a ledger in this process.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSettle(builder.Configuration.GetSection("Settle"));
        builder.Services.AddSettleProblems();
        builder.Services.AddHealthChecks().AddSettle();
        builder.Services.AddSingleton<Wallets>();
        var app = builder.Build();
        // What the ledger refuses becomes a problem document with a stable code.
        app.UseExceptionHandler();
        app.MapHealthChecks("/health");
        WalletEndpoints.Map(app);
        await app.RunAsync();
    }
}
