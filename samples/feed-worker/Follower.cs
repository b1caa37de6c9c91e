using Settle;

namespace FeedWorker;

/// <summary>
/// Takes each entry of the chain once its work is written down together with the place in the chain. After
/// a restart, even after a crash, it goes on with the entry that is missing.
/// </summary>
internal sealed class Follower(ILedger ledger, IConfiguration configuration) : BackgroundService
{
    private readonly string _output = configuration["Output"] ?? "entries.txt";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var output = new EntryFile(_output);
        await foreach (var entry in ledger.FollowAsync(output.Newest, stoppingToken))
            output.Add(entry);
    }
}
