namespace Settle.Simulation;

/// <summary>
/// Puts the rows of a block's table back into entries, as CouchDB keeps them, with nothing of the
/// product.
/// </summary>
internal static class TableReading
{
    /// <summary>The block without a table; as it is, when it has none.</summary>
    public static ReadOnlyMemory<byte> Expand(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        if (!document.RootElement.TryGetProperty("accounts", out var table)) return body;
        var accounts = table.EnumerateArray().Select(account => account.GetRawText()).ToList();
        var members = document.RootElement.EnumerateObject()
            .Where(member => member.Name is not ("accounts" or "sums"))
            .Select(member => $"\"{member.Name}\":" + (member.Name != "entries"
                ? member.Value.GetRawText()
                : $"[{string.Join(',', member.Value.EnumerateArray()
                    .SelectMany(entry => EntriesOf(entry, accounts)))}]"));
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");
    }

    // Rows of four values share an array; one with a timestamp has five values and is alone.
    private static IEnumerable<string> EntriesOf(JsonElement entry, List<string> accounts) =>
        entry.ValueKind != JsonValueKind.Array ? [entry.GetRawText()]
            : entry.GetArrayLength() == 5 ? [EntryOf([.. entry.EnumerateArray()], accounts)]
            : entry.EnumerateArray().Chunk(4).Select(row => EntryOf(row, accounts));

    private static string EntryOf(JsonElement[] row, List<string> accounts)
    {
        var (from, to) = (accounts[row[1].GetInt32()], accounts[row[2].GetInt32()]);
        var (id, amount) = (row[0].GetRawText(), row[3].GetInt64());
        var timestamp = row.Length == 4 ? "" : $",\"timestamp\":{row[4].GetRawText()}";
        return $$"""{"amount":{{amount}},"from":{{from}},"id":{{id}}"""
            + $$""","status":"successful"{{timestamp}},"to":{{to}},"type":"transfer"}""";
    }
}
