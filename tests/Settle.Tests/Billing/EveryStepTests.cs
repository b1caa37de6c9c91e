using Settle.Stores.CouchDb;
using Settle.Stores.Memory;
using Settle.Stores.Sqlite;
using Settle.Tests.Crash;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>
/// The month's end, ended at every call of the store and of the side documents: before it, after it, or without
/// its answer. Then another run, and the result is that of one run that nothing disturbed.
/// </summary>
[Collection<SharedCouch>]
public sealed class EveryStepTests(CouchFixture couch)
{
    [Theory]
    [InlineData(nameof(StepFault.DiesBefore))]
    [InlineData(nameof(StepFault.DiesAfter))]
    [InlineData(nameof(StepFault.LosesTheAnswer))]
    public async Task A_run_that_ends_at_any_call_is_finished_by_the_next(string fault)
    {
        var run = await RunSteps.PrepareAsync();
        Assert.True(run.Count > 15, $"{run.Count} calls");
        for (var step = 0; step < run.Count; step++)
        {
            await using var store = new MemoryStore();
            await using var sideDocuments = new MemorySideDocuments();
            await run.TryAsync(store, sideDocuments, step, Enum.Parse<StepFault>(fault));
        }
    }

    [Theory]
    [InlineData(nameof(StepFault.DiesBefore))]
    [InlineData(nameof(StepFault.DiesAfter))]
    [InlineData(nameof(StepFault.LosesTheAnswer))]
    public async Task On_a_file_too(string fault)
    {
        var run = await RunSteps.PrepareAsync();
        using var folder = new TemporaryDirectory();
        foreach (var step in Chosen(run.Count, 12))
        {
            var path = folder.File($"{step}.db");
            await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadWriteCreate);
            await using var sideDocuments = new SqliteSideDocuments(LedgerFile.At(path), isReadOnly: false);
            await run.TryAsync(store, sideDocuments, step, Enum.Parse<StepFault>(fault));
        }
    }

    [Theory]
    [InlineData(nameof(StepFault.DiesBefore))]
    [InlineData(nameof(StepFault.DiesAfter))]
    [InlineData(nameof(StepFault.LosesTheAnswer))]
    public async Task In_a_database_too(string fault)
    {
        var run = await RunSteps.PrepareAsync();
        foreach (var step in Chosen(run.Count, 4))
        {
            using var place = couch.NewDatabase();
            await using var store = await place.OpenStoreAsync();
            await run.TryAsync(store, new CouchSideDocuments(store), step,
                Enum.Parse<StepFault>(fault));
        }
    }

    // All of them take minutes where each call goes to a disk or to a server.
    private static IEnumerable<int> Chosen(int count, int wanted)
    {
        if (LongTests.Wanted) return Enumerable.Range(0, count);
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).OrderBy(_ => random.Next()).Take(wanted).Order()];
    }
}
