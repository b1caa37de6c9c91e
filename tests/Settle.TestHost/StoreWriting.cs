using System.Text;
using Settle.Stores;
using Settle.Stores.Sqlite;

namespace Settle.TestHost;

/// <summary>Writes documents and prints each id that the store acknowledged, ended by a semicolon.</summary>
internal static class StoreWriting
{
    /// <summary>Goes on until the process is killed.</summary>
    public static async Task AppendAsync(string path, int size)
    {
        await using var store = await SqliteStore.OpenAsync(path);
        var height = (await store.ReadAsync("", "~", int.MaxValue, default)).Count;
        var body = new byte[size];
        for (; ; height++)
        {
            var id = $"block:main:{height:d12}";
            Fill(body, id);
            if (await store.CreateAsync(id, body, default) != CreateOutcome.Created)
                throw new InvalidOperationException($"{id} exists");
            Console.Out.WriteLine($"{id};");
        }
    }

    /// <summary>Tries to be the one who creates each of a number of documents.</summary>
    public static async Task RaceAsync(string path, int heights, int size, string name)
    {
        await using var store = await SqliteStore.OpenAsync(path);
        var body = new byte[size];
        Fill(body, name);
        for (var height = 0; height < heights; height++)
            if (await store.CreateAsync($"{height:d6}", body, default) == CreateOutcome.Created)
                Console.Out.WriteLine($"{height:d6};");
    }

    /// <summary>
    /// Appends until the disk reports an error, tries once more, and goes on when told so. Prints what
    /// the store said of the document that failed.
    /// </summary>
    public static async Task EndureAsync(string path, int size)
    {
        await using var store = await SqliteStore.OpenAsync(path);
        // A reader that stays open keeps the log from being emptied when the writer opens anew.
        await store.GetAsync("", default);
        for (var height = 0; ; height++)
        {
            var id = $"{height:d6}";
            try
            {
                await store.CreateAsync(id, new byte[size], default);
                Console.Out.WriteLine($"{id};");
            }
            catch (WriteOutcomeUnknownException)
            {
                Console.Out.WriteLine($"unknown {id};");
                await TryAgainAsync(store, id, size);
                await Console.In.ReadLineAsync();
                var outcome = await store.CreateAsync(id, new byte[size], default);
                Console.Out.WriteLine($"{outcome} {id};");
                return;
            }
        }
    }

    private static async Task TryAgainAsync(SqliteStore store, string id, int size)
    {
        try
        {
            var outcome = await store.CreateAsync(id, new byte[size], default);
            Console.Out.WriteLine($"{outcome} {id};");
        }
        catch (WriteOutcomeUnknownException)
        {
            var found = await store.GetAsync(id, default) is not null;
            Console.Out.WriteLine($"still unknown, found: {found};");
        }
    }

    private static void Fill(Span<byte> body, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var at = 0; at < body.Length; at++)
            body[at] = bytes[at % bytes.Length];
    }
}
