using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Settle.Stores.CouchDb.Design;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class DesignJson : JsonSerializerContext;
