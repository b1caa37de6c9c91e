using System.Text.Json.Serialization;

namespace Settle.Server;

/// <summary>What a key allows. Each role includes the ones before it.</summary>
[JsonConverter(typeof(ApiRoleJsonConverter))]
public enum ApiRole
{
    /// <summary>Reads.</summary>
    Reader = 0,

    /// <summary>Moves money.</summary>
    Teller = 1,

    /// <summary>Opens accounts, declares assets, makes ledgers.</summary>
    Admin = 2,
}
