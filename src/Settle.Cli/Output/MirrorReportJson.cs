using System.Text.Json.Serialization;

namespace Settle.Cli.Output;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MirrorReport))]
internal sealed partial class MirrorReportJson : JsonSerializerContext;
