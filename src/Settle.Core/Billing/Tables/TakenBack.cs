namespace Settle.Billing;

/// <summary>What refunds and charge-backs have taken back of a payment.</summary>
internal struct TakenBack
{
    /// <summary>Minor units in all.</summary>
    public long Amount;

    /// <summary>Minor units of it that opened no invoice again.</summary>
    public long OfCredit;
}
