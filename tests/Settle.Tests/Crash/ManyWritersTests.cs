using Settle.TestHost;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Crash;

public sealed class ManyWritersTests
{
    [Fact]
    public async Task Eight_processes_and_this_one_decide_each_id_once_and_alike()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        // Ranges that overlap, in batches of many sizes: first, count, batch, in flight.
        (int, int, int, int)[] shares =
        [
            (0, 3000, 500, 1), (500, 3000, 300, 2), (1000, 3000, 1000, 1), (2000, 2000, 100, 4),
            (0, 150, 1, 1), (3000, 300, 1, 8), (0, 6000, 2000, 2), (4000, 2000, 37, 3),
        ];
        HostProcess[] writers = [.. shares.Select(share => new HostProcess("settle", path,
            $"{share.Item1}", $"{share.Item2}", $"{share.Item3}", $"{share.Item4}"))];
        await Task.WhenAll(writers.Select(writer => writer.BeginAsync()));

        var acknowledged = new Acknowledged();
        await using (var ledger = await Ledger.OpenAsync(path))
        {
            for (var first = 0; first < 6000; first += 250)
            {
                var requests = NumberedTransfers.Range(first, 400);
                var verdicts = await ledger.TransferBatchAsync(requests);
                for (var at = 0; at < requests.Length; at++)
                    acknowledged.Add(requests[at].Id!, verdicts[at].Refusal, verdicts[at].Block);
            }
        }
        foreach (var writer in writers)
        {
            await writer.FinishAsync();
            acknowledged.Add(writer);
            writer.Dispose();
        }
        Assert.Equal(6150, acknowledged.Count);
        await acknowledged.AssertKeptAsync(path, new Random(1));
    }
}
