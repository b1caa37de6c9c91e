using System.Text.Json.Serialization;

namespace Settle.Server;

/// <summary>What a key allows. An admin may do all that the others may, and each of them reads.
/// </summary>
[JsonConverter(typeof(ApiRoleJsonConverter))]
public enum ApiRole
{
    /// <summary>Reads.</summary>
    Reader = 0,

    /// <summary>Moves money.</summary>
    Teller = 1,

    /// <summary>Opens accounts, declares assets, makes ledgers, decides about sites.</summary>
    Admin = 2,

    /// <summary>
    /// Hands over blocks of a ledger's sites, as their servers do; moves no money here.
    /// </summary>
    Peer = 3,
}
