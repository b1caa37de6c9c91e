using Settle.TestHost;
using Settle.Tests.Processes;

namespace Settle.Tests.Crash;

/// <summary>Clients that settle numbered transfers on a server until it ends or they are told to.</summary>
internal sealed class ServerLoad : IAsyncDisposable
{
    private readonly Acknowledged acknowledged;
    private readonly string address;
    private readonly Task[] clients;
    private readonly Random random = new();
    private readonly CancellationTokenSource ending = new();
    private readonly TaskCompletionSource answered = new();
    private int next;

    public ServerLoad(string address, Acknowledged acknowledged, int first, int clients)
    {
        (this.address, this.acknowledged, next) = (address, acknowledged, first);
        this.clients = [.. Enumerable.Range(0, clients).Select(_ => Task.Run(RunAsync))];
    }

    /// <summary>Waits until a server serves; where its ledger of a file is.</summary>
    public static async Task<string> AddressAsync(HostProcess server, string path)
    {
        var line = await server.WaitForLineAsync("Serving");
        var name = Path.GetFileNameWithoutExtension(path);
        return line[line.LastIndexOf("http", StringComparison.Ordinal)..].TrimEnd('/') + "/" + name;
    }

    /// <summary>Waits for the first answer.</summary>
    public Task WaitForAnswerAsync() => answered.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Gives up what is under way: whether it was decided, nobody was told.</summary>
    public async Task EndAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(clients);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        ending.Dispose();
    }

    private async Task RunAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await using var ledger = await Ledger.OpenAsync(address, null, ending.Token);
                while (true)
                    await SettleAsync(ledger);
            }
            catch (Exception error) when (error is OperationCanceledException
                or StoreUnavailableException or OutcomeUnknownException)
            {
                // Told to end, or a busy machine made it wait too long: nobody was told a verdict.
            }
        }
    }

    private async Task SettleAsync(ILedger ledger)
    {
        int size;
        lock (random)
            size = random.GetItems([1, 10, 100, 1000], 1)[0];
        var requests = NumberedTransfers.Range(Interlocked.Add(ref next, size) - size, size);
        acknowledged.Add(requests, await ledger.TransferBatchAsync(requests, ending.Token));
        answered.TrySetResult();
    }
}
