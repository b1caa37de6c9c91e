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
    Seller,
    Customer,
    Charge,
    Subscription,
    SubscriptionEnd,
    CreditNote,
    Payment,

    /// <summary>An invoice run.</summary>
    Run,
}
