namespace Settle;

/// <summary>What a request asks for, and what a chain entry records: its <c>type</c>.</summary>
internal enum EntryKind : byte
{
    /// <summary>The first entry of every chain: the default asset.</summary>
    Ledger,

    /// <summary>An asset of the ledger's own.</summary>
    Asset,

    /// <summary>An account opened, or its terms changed.</summary>
    Account,

    /// <summary>A transfer.</summary>
    Transfer,

    /// <summary>Several postings, all or nothing.</summary>
    Transaction,

    /// <summary>Money reserved.</summary>
    Hold,

    /// <summary>A hold turned into a transfer.</summary>
    Capture,

    /// <summary>A hold given up.</summary>
    Void,

    /// <summary>The opposite of an earlier movement.</summary>
    Revert,

    /// <summary>A site that may join.</summary>
    Site,

    /// <summary>A site that is thought to be lost: it is followed no further.</summary>
    Suspend,

    /// <summary>The last block of a lost site that counts.</summary>
    End,

    /// <summary>The last entry of a site's chain.</summary>
    Retire,

    /// <summary>The first entry of every chain but the founder's: which ledger it joins.</summary>
    Join,

    /// <summary>How much another site is asked for.</summary>
    Ask,

    /// <summary>Money that another site may spend from now on.</summary>
    Grant,

    /// <summary>Two blocks of one site at one height.</summary>
    Fork,

    /// <summary>Who sends the invoices.</summary>
    Seller,

    /// <summary>A customer, or new terms for one.</summary>
    Customer,

    /// <summary>Something to be billed.</summary>
    Charge,

    /// <summary>Something to be billed each period, or its end.</summary>
    Subscription,

    /// <summary>A customer's open charges, billed.</summary>
    Invoice,

    /// <summary>An invoice taken back, wholly or in part.</summary>
    CreditNote,

    /// <summary>Money from a customer, or a debt given up.</summary>
    Payment,

    /// <summary>Money given back to a customer.</summary>
    Refund,

    /// <summary>A payment that a bank took back.</summary>
    Chargeback,

    /// <summary>A charge taken back before an invoice bills it.</summary>
    Withdrawal,

    /// <summary>An open invoice from another program.</summary>
    Opening,

    /// <summary>What a bank is told to collect or to pay, or not to.</summary>
    SepaOrder,

    /// <summary>A customer reminded of what is overdue.</summary>
    Reminder,

    /// <summary>An invoice that its customer is not to be reminded of, or is again.</summary>
    ReminderHold,

    /// <summary>An offer to a customer.</summary>
    Quote,

    /// <summary>That a customer accepts an offer, or declines it.</summary>
    QuoteAnswer,
}
