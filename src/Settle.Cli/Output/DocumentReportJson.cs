using System.Text.Json.Serialization;

namespace Settle.Cli.Output;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DocumentReport))]
internal sealed partial class DocumentReportJson : JsonSerializerContext;
