using System.Security.Cryptography;
using System.Text;
using Settle.Stores.Sqlite;
using Settle.TestHost;

namespace Settle.Tests.Crash;

/// <summary>A closed ledger file whose documents are changed behind the ledger's back.</summary>
public sealed class ChainFile : IDisposable
{
    private const string PutStatement =
        "INSERT OR REPLACE INTO documents (id, body) VALUES (?1, ?2)";

    private readonly TemporaryDirectory directory = new();

    public ChainFile()
    {
        using (var ledger = Ledger.OpenAsync(Path).GetAwaiter().GetResult())
            for (var first = 0; first < 2000; first += 80)
                ledger.TransferBatchAsync(NumberedTransfers.Range(first, 80)).GetAwaiter().GetResult();
        Original = Read();
    }

    public string Path => directory.File("bank.db");

    /// <summary>The documents as the ledger wrote them, by their ids.</summary>
    public SortedDictionary<string, byte[]> Original { get; }

    /// <summary>The newest block's height; the oldest is 1.</summary>
    public int Height => Original.Count;

    public static string Id(int height) => $"block:main:{height:d12}";

    public void Put(string id, byte[] body) => Change(PutStatement, id, body);

    public void Remove(string id) => Change("DELETE FROM documents WHERE id = ?1", id);

    /// <summary>Puts everything back as the ledger wrote it.</summary>
    public void Restore()
    {
        using var connection = Open();
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("DELETE FROM documents");
        foreach (var (id, body) in Original)
            Change(connection, PutStatement, id, body);
        connection.Execute("COMMIT");
    }

    /// <summary>Puts an altered block, and makes the hashes of it and of all later blocks fit.</summary>
    public void Forge(int height, Func<string, string> alter)
    {
        var text = alter(Encoding.UTF8.GetString(Original[Id(height)]));
        while (true)
        {
            var (before, after) = (HashIn(text), HashOf(text));
            text = text.Replace(before, after, StringComparison.Ordinal);
            Put(Id(height), Encoding.UTF8.GetBytes(text));
            if (!Original.TryGetValue(Id(++height), out var next))
                return;
            text = Encoding.UTF8.GetString(next).Replace(before, after, StringComparison.Ordinal);
        }
    }

    /// <summary>Whether the documents can be read and are the ones that the ledger wrote.</summary>
    public bool IsAsWritten()
    {
        var now = Read();
        return now.Count == Original.Count && now.All(document =>
            Original.TryGetValue(document.Key, out var body) && body.SequenceEqual(document.Value));
    }

    public void Dispose() => directory.Dispose();

    private static string HashIn(string text)
    {
        var at = text.LastIndexOf("\"hash\":\"", StringComparison.Ordinal) + 8;
        return text[at..(at + 64)];
    }

    private static string HashOf(string text)
    {
        var hashed = "{" + text[text.IndexOf("\"entries\"", StringComparison.Ordinal)..]
            .Replace($",\"hash\":\"{HashIn(text)}\"", "", StringComparison.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)));
    }

    private SortedDictionary<string, byte[]> Read()
    {
        using var connection = Open();
        var documents = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        var rows = connection.Prepare("SELECT id, body FROM documents");
        while (rows.Step())
            documents.Add(rows.Text(0), rows.Blob(1).ToArray());
        return documents;
    }

    private void Change(string statement, string id, byte[]? body = null)
    {
        using var connection = Open();
        Change(connection, statement, id, body);
    }

    private static void Change(
        SqliteConnection connection, string statement, string id, byte[]? body)
    {
        var change = connection.Prepare(statement);
        change.BindText(1, Encoding.UTF8.GetBytes(id));
        if (body is not null)
            change.BindBlob(2, body);
        change.Run();
    }

    private SqliteConnection Open() =>
        SqliteConnection.Open(Path, SqliteAccess.ReadWrite, TimeSpan.FromSeconds(5));
}
