using System.Text.Json.Serialization;

namespace Settle.Inbox;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DocumentsWanted))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class DocumentJson : JsonSerializerContext;
