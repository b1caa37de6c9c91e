using System.Collections.Concurrent;
using Settle.TestHost;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>The verdicts that processes were given, which must hold for ever after.</summary>
internal sealed class Acknowledged
{
    private readonly ConcurrentDictionary<string, (RefusalCode Refusal, long Block)> verdicts = [];

    public int Count => verdicts.Count;

    /// <summary>Takes down what a process printed; nobody may have heard anything else before.</summary>
    public void Add(HostProcess process)
    {
        foreach (var line in process.Lines)
        {
            var parts = line.Split(' ');
            if (parts.Length != 3)
                continue; // It was told of bad weather.
            Add(parts[0], Enum.Parse<RefusalCode>(parts[1]), long.Parse(parts[2]));
        }
    }

    public void Add(TransferRequest[] requests, Verdict[] given)
    {
        for (var at = 0; at < requests.Length; at++)
            Add(requests[at].Id!, given[at].Refusal, given[at].Block);
    }

    /// <summary>Opens the ledger: all is there, each once, and whoever asks again hears the same.</summary>
    public async Task AssertKeptAsync(string path, Random random)
    {
        await using var ledger = await Ledger.OpenAsync(path);
        var naive = await NaiveLedger.ReadAsync(ledger);
        Assert.Empty((await LedgerVerification.VerifyAsync(path)).Faults);
        Assert.All(verdicts, verdict => Assert.Equal(verdict.Value, naive.Verdicts[verdict.Key]));
        if (verdicts.IsEmpty)
            return;
        var ids = verdicts.Keys.ToArray();
        var asked = random.GetItems(ids, 200).Distinct().ToArray();
        var answers = await ledger.TransferBatchAsync(
            asked.Select(id => NumberedTransfers.For(int.Parse(id[1..]))).ToArray());
        Assert.All(asked, (id, at) =>
        {
            Assert.Equal(verdicts[id], (answers[at].Refusal, answers[at].Block));
            Assert.True(answers[at].Replayed);
        });
    }

    private void Add(string id, RefusalCode refusal, long block) =>
        Assert.Equal((refusal, block), verdicts.GetOrAdd(id, (refusal, block)));
}
