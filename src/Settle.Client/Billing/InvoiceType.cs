namespace Settle;

/// <summary>An invoice, or what takes one back.</summary>
[JsonConverter(typeof(WordJsonConverter<InvoiceType>))]
public enum InvoiceType
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>An invoice.</summary>
    Invoice,

    /// <summary>A credit note.</summary>
    CreditNote,

    /// <summary>An invoice from another program.</summary>
    Opening,

    /// <summary>The fee of a reminder.</summary>
    ReminderFee,

    /// <summary>A deposit invoice, which asks for money before the work is done.</summary>
    Deposit,
}
