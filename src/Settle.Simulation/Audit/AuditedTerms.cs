namespace Settle.Simulation;

/// <summary>The terms of an account in an asset.</summary>
internal sealed record AuditedTerms(long Overdraft, long? Ceiling, bool IsClosed)
{
    /// <summary>What a ledger says they were.</summary>
    public static AuditedTerms Of(Account account, AccountBalance balance) => new(
        balance.Overdraft.IsUnlimited ? long.MaxValue : (long)balance.Overdraft.Limit.Units,
        (long?)balance.Ceiling?.Limit.Units, account.Closed);
}
