using System.Text.Json.Serialization;

namespace Settle.Cli.Output;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SimulationReport))]
[JsonSerializable(typeof(List<ExplorationReport>))]
[JsonSerializable(typeof(PostsExplorationReport))]
internal sealed partial class SimulationJson : JsonSerializerContext;
