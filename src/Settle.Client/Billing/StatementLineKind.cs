namespace Settle;

/// <summary>What a line of a statement records.</summary>
[JsonConverter(typeof(WordJsonConverter<StatementLineKind>))]
public enum StatementLineKind
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>An invoice.</summary>
    Invoice,

    /// <summary>A credit note.</summary>
    CreditNote,

    /// <summary>A payment.</summary>
    Payment,

    /// <summary>A debt written off.</summary>
    WriteOff,

    /// <summary>Money given back.</summary>
    Refund,

    /// <summary>A payment that a bank took back.</summary>
    Chargeback,

    /// <summary>An invoice from another program.</summary>
    Opening,

    /// <summary>A cash discount that was taken.</summary>
    CashDiscount,

    /// <summary>The fee of a reminder.</summary>
    Reminder,

    /// <summary>A deposit invoice that another one settles.</summary>
    DepositSettled,

    /// <summary>
    /// A deposit invoice that is open to be settled again: all of the invoice that settled it is
    /// credited.
    /// </summary>
    DepositReopened,

    /// <summary>A deposit invoice.</summary>
    DepositInvoice,

    /// <summary>A cash discount that is lost, because its payment went back.</summary>
    CashDiscountLost,
}
