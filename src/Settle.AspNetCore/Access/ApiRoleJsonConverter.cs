using System.Text.Json.Serialization;

namespace Settle.Server;

/// <summary>A role in JSON: its name in small letters, and nothing else.</summary>
internal sealed class ApiRoleJsonConverter() : JsonStringEnumConverter<ApiRole>(
    JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
