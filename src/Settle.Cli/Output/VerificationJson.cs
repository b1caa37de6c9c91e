using System.Text.Json.Serialization;

namespace Settle.Cli.Output;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class VerificationJson : JsonSerializerContext;
