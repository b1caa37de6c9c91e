using System.Text.Json.Serialization;

namespace Settle.Cli.Output;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImportReport))]
internal sealed partial class ImportReportJson : JsonSerializerContext;
