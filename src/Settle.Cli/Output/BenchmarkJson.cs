using System.Text.Json.Serialization;
using Settle.Benchmarks;

namespace Settle.Cli.Output;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<Measurement>))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
