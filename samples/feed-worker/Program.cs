namespace FeedWorker;

/// <summary>Follows a ledger and writes a line for each entry.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddSettle(builder.Configuration.GetSection("Settle"));
        builder.Services.AddHostedService<Follower>();
        await builder.Build().RunAsync();
    }
}
