using System.Text.Json.Nodes;

namespace Settle.Stores.CouchDb.Design;

/// <summary>
/// The view by which Settle finds the documents that wait when it starts. It is a design document
/// of its own, so that to ask it does not make the server build the views of balances.
/// </summary>
internal static class WaitingDesign
{
    public const string Id = "_design/settle-inbox";

    /// <summary>Counts its changes, as <see cref="DesignDocument.Version"/> does.</summary>
    public const int Version = 1;

    public static JsonObject Document => new()
    {
        ["_id"] = Id,
        ["language"] = "javascript",
        ["settle"] = new JsonObject { ["version"] = Version },
        ["options"] = new JsonObject { ["collation"] = "raw" },
        ["views"] = new JsonObject
        {
            ["waiting"] = new JsonObject { ["map"] = DesignDocument.Function("waiting") },
        },
    };
}
