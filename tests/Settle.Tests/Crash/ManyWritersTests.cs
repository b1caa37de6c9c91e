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
                acknowledged.Add(requests, await ledger.TransferBatchAsync(requests));
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

    [Fact]
    public async Task Eight_imports_of_overlapping_files_beside_a_loaded_server()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        await using (await Ledger.OpenAsync(path))
        {
        }
        using var server = HostProcess.Settle("serve", "--ledger", path, "--listen", "127.0.0.1:0");
        var address = await ServerLoad.AddressAsync(server, path);
        var acknowledged = new Acknowledged();
        await using var load = new ServerLoad(address, acknowledged, first: 20_000, clients: 4);
        HostProcess[] imports = [.. Enumerable.Range(0, 8).Select(each => HostProcess.Settle(
            "import", NumberedCsv.Write(directory, each * 500, 2000), "--ledger", path))];
        foreach (var import in imports)
        {
            await import.FinishAsync(worst: 1);
            import.Dispose();
        }
        await load.EndAsync();
        await server.KillAsync();

        Assert.True(acknowledged.Count > 0);
        await acknowledged.AssertKeptAsync(path, new Random(1));
        await using var ledger = await Ledger.OpenAsync(path);
        var naive = await NaiveLedger.ReadAsync(ledger);
        Assert.All(Enumerable.Range(0, 5500), number =>
            Assert.True(naive.Verdicts.ContainsKey(NumberedTransfers.For(number).Id!)));
        Assert.Equal(5500, naive.Verdicts.Keys.Count(id => int.Parse(id[1..]) < 20_000));
    }
}
