namespace Settle.Billing.Rules;

/// <summary>BG-16: how it is to be paid.</summary>
internal sealed record EnPayment
{
    /// <summary>BT-81: a code of UNTDID 4461, such as 58 (SEPA credit transfer).</summary>
    public string? MeansCode { get; init; }

    /// <summary>BT-83: what the payer should write.</summary>
    public string? Reference { get; init; }

    /// <summary>BG-17: the accounts to pay to.</summary>
    public IReadOnlyList<EnAccount> Accounts { get; init; } = [];

    /// <summary>BT-87: the number of a card; null when BG-18 is absent.</summary>
    public string? Card { get; init; }

    /// <summary>Whether it names a bank without an account, which a direct debit may not.</summary>
    public bool HasBank { get; init; }

    /// <summary>Whether BG-19, a direct debit, is there.</summary>
    public bool HasDirectDebit { get; init; }

    /// <summary>BT-89: the mandate of a direct debit.</summary>
    public string? Mandate { get; init; }

    /// <summary>BT-90: the creditor's identifier.</summary>
    public string? Creditor { get; init; }

    /// <summary>BT-91: the account that is debited.</summary>
    public string? DebitedAccount { get; init; }
}
