namespace Settle.Billing;

/// <summary>What a run asks one invoice for.</summary>
internal sealed record RunTarget(
    int Account, string Customer, string Asset, string Id, int Part = 1);
