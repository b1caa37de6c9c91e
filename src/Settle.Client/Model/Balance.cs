namespace Settle;

/// <summary>One account's balance in one asset, in minor units.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Asset">The asset's code.</param>
/// <param name="Amount">What came in minus what went out; <c>balance</c> in JSON.</param>
/// <param name="Available">The balance minus open holds.</param>
public sealed record Balance(
    string Account,
    string Asset,
    [property: System.Text.Json.Serialization.JsonPropertyName("balance")] Int128 Amount,
    Int128 Available);
