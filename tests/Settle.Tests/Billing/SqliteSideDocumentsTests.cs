using System.Text;
using Settle.Stores;
using Settle.Stores.Sqlite;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Side documents in the ledger's file.</summary>
public sealed class SqliteSideDocumentsTests : IAsyncLifetime
{
    private const int Documents = 500;
    private const int PageBytes = 4096;

    private readonly TemporaryDirectory _folder = new();
    private SqliteStore _store = null!;

    private string Path => _folder.File("ledger.db");

    public async ValueTask InitializeAsync() => _store = await SqliteStore.OpenAsync(Path);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Documents_that_are_sent_at_once_share_a_commit()
    {
        await using var sideDocuments = new SqliteSideDocuments(LedgerFile.At(Path), isReadOnly: false);
        await sideDocuments.CreateAsync([Document(-1)], default);
        var before = LogPages();
        await Task.WhenAll(Enumerable.Range(0, Documents)
            .Select(number => sideDocuments.CreateAsync([Document(number)], default)));
        // One commit each would write two pages each: of the table, and of its index.
        Assert.InRange(LogPages() - before, 1, Documents);
        foreach (var number in Enumerable.Range(0, Documents))
        {
            var read = await sideDocuments.GetAsync(Document(number).Id, default);
            Assert.True(Document(number).Body.Span.SequenceEqual(read!.Value.Span));
        }
    }

    [Fact]
    public async Task A_document_stays_as_it_was_first_created_and_is_told_to_who_claims_it()
    {
        await using var sideDocuments = new SqliteSideDocuments(LedgerFile.At(Path), isReadOnly: false);
        var (first, second) = (Body("first"), Body("second"));
        Assert.Equal("first", Text(await sideDocuments.ClaimAsync(new Document("a", first), default)));
        Assert.Equal("first", Text(await sideDocuments.ClaimAsync(new Document("a", second), default)));
        await sideDocuments.CreateAsync([new Document("a", second)], default);
        Assert.Equal("first", Text((await sideDocuments.GetAsync("a", default))!.Value));
    }

    [Fact]
    public void A_statement_that_is_over_is_not_kept()
    {
        using var connection = SqliteConnection.Open(
            Path, SqliteAccess.ReadWrite, TimeSpan.FromSeconds(1));
        var statement = Use(connection);
        GC.Collect();
        Assert.False(statement.IsAlive);
    }

    // In a method of its own, or the local variable would keep it.
    private static WeakReference Use(SqliteConnection connection)
    {
        using var statement = connection.Prepare("SELECT 1");
        Assert.True(statement.Step());
        return new WeakReference(statement);
    }

    private long LogPages() => new FileInfo(Path + "-wal").Length / PageBytes;

    private static Document Document(int number) =>
        new($"document:{number * 7919 % Documents:000}", Body(new string('x', 1000) + number));

    private static byte[] Body(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);
}
