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
                    .Select(entry => EntryOf(entry, accounts)))}]"));
        return Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");
    }

    private static string EntryOf(JsonElement entry, List<string> accounts)
    {
        if (entry.ValueKind != JsonValueKind.Array) return entry.GetRawText();
        var (from, to) = (accounts[entry[1].GetInt32()], accounts[entry[2].GetInt32()]);
        var (id, amount) = (entry[0].GetRawText(), entry[3].GetInt64());
        var timestamp = entry.GetArrayLength() == 4
            ? "" : $",\"timestamp\":{entry[4].GetRawText()}";
        return $$"""{"amount":{{amount}},"from":{{from}},"id":{{id}}"""
            + $$""","status":"successful"{{timestamp}},"to":{{to}},"type":"transfer"}""";
    }
}
