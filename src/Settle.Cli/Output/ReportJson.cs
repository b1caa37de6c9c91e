using System.Text.Json.Serialization;
using Settle.Benchmarks;
using Settle.Cli.Commands;

namespace Settle.Cli.Output;

/// <summary>What commands report as JSON, beside the model that servers send too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BackupReport))]
[JsonSerializable(typeof(DocumentReport))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(List<BackupReport>))]
[JsonSerializable(typeof(List<ExplorationReport>))]
[JsonSerializable(typeof(List<Measurement>))]
[JsonSerializable(typeof(MirrorReport))]
[JsonSerializable(typeof(OutboxReport))]
[JsonSerializable(typeof(PostsExplorationReport))]
[JsonSerializable(typeof(RestoreReport))]
[JsonSerializable(typeof(SimulationReport))]
[JsonSerializable(typeof(SiteChange))]
[JsonSerializable(typeof(SyncReport))]
[JsonSerializable(typeof(TailReport))]
[JsonSerializable(typeof(VerificationReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
