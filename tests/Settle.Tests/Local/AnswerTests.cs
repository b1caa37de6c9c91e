using Settle.Stores.Memory;
using Settle.Tests.Server;
using Settle.Tests.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>
/// The answer of a write equals what reading it gives, for every kind of entry, new and repeated,
/// wherever the ledger lives.
/// </summary>
[Collection<SharedCouch>]
public sealed class AnswerTests(CouchFixture couch)
{
    private const int Steps = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_a_file_an_answer_is_what_reading_gives(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Ledger.OpenAsync(directory.File("bank.db"));
        await new AskedAndRead(ledger, seed).LiveAsync(Steps);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task With_an_index_in_many_runs_an_answer_is_what_reading_gives(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var store = new MemoryStore();
        await using var ledger = await MemoryLedger.OpenAsync(store, directory.File("index"), rowsMax: 16);
        await new AskedAndRead(ledger, seed).LiveAsync(Steps);
    }

    [Theory]
    [InlineData(6)]
    public async Task From_a_server_an_answer_is_what_reading_gives(int seed)
    {
        await using var server = await RunningServer.StartAsync();
        using var ledger = server.Client();
        await new AskedAndRead(ledger, seed).LiveAsync(Steps);
    }

    [Theory]
    [InlineData(7)]
    public async Task In_a_database_an_answer_is_what_reading_gives(int seed)
    {
        using var place = couch.NewDatabase();
        await using var ledger = await place.OpenAsync();
        await new AskedAndRead(ledger, seed).LiveAsync(Steps);
    }
}
