using System.Text;
using Settle.Stores;
using Settle.Stores.Sqlite;
using Settle.Tests.Processes;
using Xunit;

namespace Settle.Tests.Stores.Sqlite;

/// <summary>Processes that share a file, and processes that are killed while they write to it.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(200_000)]
    public async Task Of_four_processes_racing_for_each_id_exactly_one_creates_it(int size)
    {
        const int heights = 60;
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        HostProcess[] racers = [.. Enumerable.Range(0, 4).Select(racer =>
            new HostProcess("race", path, $"{heights}", $"{size}", $"racer{racer}"))];
        await Task.WhenAll(racers.Select(racer => racer.BeginAsync()));
        await Task.WhenAll(racers.Select(racer => racer.FinishAsync()));

        await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadWrite);
        var documents = await store.ReadAsync("", "~", heights + 1, default);
        Assert.Equal(heights, documents.Count);
        Assert.Equal(
            documents.Select(document => (document.Id, Beginning(document, 6))),
            racers.SelectMany((racer, at) => racer.Lines.Select(id => (id, $"racer{at}"))).Order());
        foreach (var racer in racers)
            racer.Dispose();
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(300_000)]
    public async Task What_was_acknowledged_is_there_after_a_kill_at_any_moment(int size)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.File("bank.db");
        var random = new Random(size);
        var acknowledged = new List<string>();
        for (var kill = 0; kill < 4; kill++)
        {
            using var writer = new HostProcess("append", path, $"{size}");
            await writer.BeginAsync();
            await writer.WaitForLineAsync();
            await Task.Delay(random.Next(300));
            await writer.KillAsync();
            acknowledged.AddRange(writer.Lines);

            await using var store = await SqliteStore.OpenAsync(path, SqliteAccess.ReadWrite);
            var documents = await store.ReadAsync("", "~", int.MaxValue, default);
            // One more than was acknowledged may be there: killed between the write and its answer.
            Assert.InRange(documents.Count, acknowledged.Count, acknowledged.Count + kill + 1);
            Assert.All(documents, (document, height) =>
            {
                Assert.Equal($"block:main:{height:d12}", document.Id);
                Assert.Equal(size, document.Body.Length);
                Assert.Equal(document.Id, Beginning(document, document.Id.Length));
            });
            var ids = documents.Select(document => document.Id).ToHashSet();
            Assert.Subset(ids, acknowledged.ToHashSet());
        }
    }

    private static string Beginning(Document document, int length) =>
        Encoding.UTF8.GetString(document.Body.Span[..length]);
}
