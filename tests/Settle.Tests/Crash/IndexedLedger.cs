using Settle.TestHost;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>A closed ledger, large enough to have an index on disk, and what it answers.</summary>
public sealed class IndexedLedger : IAsyncLifetime, IDisposable
{
    public const int Transfers = 36_000;

    private readonly TemporaryDirectory directory = new();

    public string Path => directory.File("bank.db");

    internal string[] Answers { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        for (var first = 0; first < Transfers; first += 18_000)
        {
            await using var ledger = await Ledger.OpenAsync(Path);
            for (var number = first; number < first + 18_000; number += 1000)
                await ledger.TransferBatchAsync(NumberedTransfers.Range(number, 1000));
        }
        Assert.NotEmpty(Directory.GetFiles(Path + ".index"));
        await using var again = await Ledger.OpenAsync(Path);
        Answers = await LedgerAnswers.AskAsync(again, Transfers);
    }

    public void Dispose() => directory.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
