namespace Settle;

/// <summary>The kind of entry that moved an account's money.</summary>
[JsonConverter(typeof(WordJsonConverter<AccountEntryType>))]
public enum AccountEntryType
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>A transfer.</summary>
    Transfer,

    /// <summary>A transaction.</summary>
    Transaction,

    /// <summary>The capture of a hold.</summary>
    Capture,

    /// <summary>The reversal of an earlier movement.</summary>
    Revert,

    /// <summary>An invoice.</summary>
    Invoice,

    /// <summary>A credit note.</summary>
    CreditNote,

    /// <summary>A customer's payment, or a debt written off.</summary>
    Payment,

    /// <summary>Money given back to a customer.</summary>
    Refund,

    /// <summary>A customer's payment that a bank took back.</summary>
    Chargeback,

    /// <summary>An invoice from another program, brought in.</summary>
    Opening,
}
