namespace Settle;

/// <summary>One account's balance in one asset.</summary>
public sealed record Balance
{
    /// <summary>The account's name.</summary>
    public required string Account { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;

    /// <summary>What came in minus what went out; <c>balance</c> in JSON.</summary>
    [JsonPropertyName("balance")]
    public required Money Amount { get; init; }

    /// <summary>The balance minus open holds.</summary>
    public required Money Available { get; init; }

    /// <summary>What can be spent now: what is available, and the overdraft.</summary>
    public Spendable Spendable { get; init; }

    /// <summary>
    /// What of it can be spent at this site, where the ledger has several; null where it has one.
    /// </summary>
    public Spendable? Here { get; init; }
}
