namespace Settle.Simulation;

/// <summary>What a client wants.</summary>
internal enum WishKind
{
    Transfer,
    Transaction,
    Hold,
    Capture,
    Void,
    Revert,
    Account,

    /// <summary>Whether accounts must be opened first: a term of the ledger.</summary>
    Strict,
    Seller,
    Customer,
    Charge,
    Subscription,
    SubscriptionEnd,

    /// <summary>Another price of a subscription from a day on.</summary>
    Reprice,
    CreditNote,
    Payment,
    Refund,
    Chargeback,
    Withdrawal,
    Opening,
    Reminders,

    /// <summary>An invoice that is not to be reminded of, or is again.</summary>
    ReminderHold,

    /// <summary>An offer to a customer.</summary>
    Quote,

    /// <summary>That a customer accepts an offer, or declines it.</summary>
    QuoteAnswer,

    /// <summary>To collect what is due.</summary>
    Debit,

    /// <summary>To pay refunds.</summary>
    Payout,

    /// <summary>That a bank does not carry out an order.</summary>
    SepaCancel,

    /// <summary>An invoice run.</summary>
    Run,
}
