using System.Text.Json.Nodes;

namespace Settle.Stores.CouchDb.Design;

/// <summary>
/// What a database of a ledger holds for CouchDB's own clients: views, list functions, a filter,
/// and the rule of who may write what. The functions are the files beside this one.
/// </summary>
internal static class DesignDocument
{
    public const string Id = "_design/settle";

    /// <summary>
    /// Counts the changes of what is in it: an older one is replaced, a newer one is left alone.
    /// </summary>
    public const int Version = 4;

    /// <summary>The first version whose views read blocks that have a table.</summary>
    public const int TablesSince = 4;

    private const string AssetMark = "@default-asset@";

    /// <summary>The document.</summary>
    /// <param name="asset">
    /// The ledger's default asset; empty while it has none, and then the balances are empty too.
    /// </param>
    public static JsonObject For(string asset) => new()
    {
        ["_id"] = Id,
        ["language"] = "javascript",
        ["settle"] = new JsonObject { ["version"] = Version, ["asset"] = asset },
        // Names are the same when their bytes are, as in the ledger, and not as in a dictionary.
        ["options"] = new JsonObject { ["collation"] = "raw" },
        ["views"] = new JsonObject
        {
            ["balance-available"] = new JsonObject
            {
                ["map"] = Function("balance-available", asset),
                ["reduce"] = "_sum",
            },
            ["oldest-pending"] = new JsonObject { ["map"] = Function("oldest-pending") },
            ["charges"] = new JsonObject { ["map"] = Function("charges", asset) },
        },
        ["lists"] = new JsonObject
        {
            ["available"] = Function("available"),
            ["uninvoiced"] = Function("uninvoiced"),
        },
        ["filters"] = new JsonObject { ["transfers"] = Function("transfers") },
        ["validate_doc_update"] = Function("validate-doc-update"),
    };

    /// <summary>The version of a document that was found; 0 when it is none of Settle's.</summary>
    public static int VersionOf(JsonElement found) =>
        found.TryGetProperty("settle", out var settle)
        && settle.ValueKind == JsonValueKind.Object
        && settle.TryGetProperty("version", out var version)
        && version.TryGetInt32(out var number) ? number : 0;

    private static string Function(string name, string asset) =>
        Function(name).Replace(AssetMark, asset, StringComparison.Ordinal);

    /// <summary>The source of a function, as the file has it.</summary>
    public static string Function(string name)
    {
        var resource = $"{typeof(DesignDocument).Namespace}.{name}.js";
        using var stream = typeof(DesignDocument).Assembly.GetManifestResourceStream(resource)
            ?? throw new Chain.BrokenInvariantException($"there is no {resource}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd();
    }
}
