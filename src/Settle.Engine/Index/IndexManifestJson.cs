using System.Text.Json.Serialization;

namespace Settle.Index;

[JsonSerializable(typeof(IndexManifest))]
internal sealed partial class IndexManifestJson : JsonSerializerContext;
