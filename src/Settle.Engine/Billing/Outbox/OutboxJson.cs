using System.Text.Json.Serialization;
using Settle.Wire;

namespace Settle.Billing;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJsonConverter)])]
[JsonSerializable(typeof(OutboxItem))]
[JsonSerializable(typeof(OutboxNote))]
internal sealed partial class OutboxJson : JsonSerializerContext;
