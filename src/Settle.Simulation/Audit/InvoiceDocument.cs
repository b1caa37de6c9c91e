namespace Settle.Simulation;

/// <summary>The document of an issued invoice, against the chain.</summary>
internal static class InvoiceDocument
{
    private static readonly string[] Texts = ["customer", "date", "due", "id", "number", "through"];

    /// <returns>What is wrong with it; null for nothing.</returns>
    public static string? Fault(AuditedEntry entry, DurableSideDocuments shelf, string defaultAsset)
    {
        var bill = entry.Bill!;
        if (!shelf.Bodies.TryGetValue($"invoice:{bill["number"]}", out var body))
            return "is missing";
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        foreach (var name in Texts)
            if (root.GetProperty(name).GetString() != bill[name]) return $"has another {name}";
        if (root.GetProperty("amount").GetInt64() != entry.Amount
            || root.GetProperty("net").GetInt64() != bill.Number("net")
            || root.GetProperty("tax").GetInt64() != bill.Number("tax"))
            return "has other sums";
        if (root.GetProperty("asset").GetString()
            != (entry.Asset.Length == 0 ? defaultAsset : entry.Asset)) return "has another asset";
        if (!root.GetProperty("invoiced_charges").EnumerateArray().Select(id => id.GetString())
            .SequenceEqual(bill.Charges)) return "has other charges";
        return NameIn(root, "seller") != shelf.NameOf(bill["seller"])
            || NameIn(root, "buyer") != shelf.NameOf(bill["buyer"])
                ? "has other names than the profiles that the block names" : null;
    }

    private static string? NameIn(JsonElement document, string party) =>
        document.GetProperty(party).GetProperty("name").GetString();
}
