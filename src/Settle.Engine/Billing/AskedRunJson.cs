using System.Text.Json.Serialization;

namespace Settle.Billing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(AskedRun))]
internal sealed partial class AskedRunJson : JsonSerializerContext;
