namespace Settle;

/// <summary>
/// Why the ledger said no. The numbers are stored nowhere but never change. When several apply, the
/// one is given that <see cref="Refusals"/> lists first: that is the order of the numbers, with
/// <see cref="NotAllowed"/> and what is about billing before all that is about accounts. The text
/// form (<c>insufficient_funds</c>) is there too.
/// </summary>
public enum RefusalCode
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The id was decided before, with other content. Nothing is recorded.</summary>
    IdReused = 1,

    /// <summary>The ledger already has another default asset.</summary>
    AlreadyInitialized = 2,

    /// <summary>The asset is neither in ISO 4217 nor declared by this ledger.</summary>
    UnknownAsset = 3,

    /// <summary>The asset exists with another scale.</summary>
    AssetExists = 4,

    /// <summary>No hold has this id.</summary>
    HoldNotFound = 5,

    /// <summary>The hold was captured before.</summary>
    HoldCaptured = 6,

    /// <summary>The hold was voided before.</summary>
    HoldVoided = 7,

    /// <summary>The hold has expired; its money is free again.</summary>
    HoldExpired = 8,

    /// <summary>A capture asks for more than the hold reserved.</summary>
    ExceedsHold = 9,

    /// <summary>No transfer has this id.</summary>
    TransferNotFound = 10,

    /// <summary>Only what moved money, and is not a revert itself, can be reverted.</summary>
    NotReversible = 11,

    /// <summary>The transfer was reverted before.</summary>
    AlreadyReverted = 12,

    /// <summary><c>@world</c> is unlimited for ever and cannot be closed or limited.</summary>
    ReservedAccount = 13,

    /// <summary>One of the accounts is closed.</summary>
    AccountClosed = 14,

    /// <summary>The paying account's available balance would fall below its floor.</summary>
    InsufficientFunds = 15,

    /// <summary>The receiving account's balance would rise above its ceiling.</summary>
    LimitExceeded = 16,

    /// <summary>A total would leave the 128-bit range.</summary>
    Overflow = 17,

    /// <summary>
    /// The author of a document neither owns the paying account nor is a teller.
    /// </summary>
    NotAllowed = 18,

    /// <summary>Nobody was set who sends the invoices.</summary>
    SellerMissing = 19,

    /// <summary>There is no such customer.</summary>
    UnknownCustomer = 20,

    /// <summary>
    /// The tax is none of the seller's rates, or none is named and there is no default.
    /// </summary>
    UnknownTaxRate = 21,

    /// <summary>No subscription has this id.</summary>
    SubscriptionNotFound = 22,

    /// <summary>The subscription exists: all that may change is its end.</summary>
    SubscriptionExists = 23,

    /// <summary>No invoice has this number.</summary>
    InvoiceNotFound = 24,

    /// <summary>The invoice is in another asset.</summary>
    AssetDiffers = 25,

    /// <summary>
    /// The invoice was credited before; billing it anew needs one that was not.
    /// </summary>
    AlreadyCredited = 26,

    /// <summary>More than what is left of the invoice.</summary>
    ExceedsInvoice = 27,

    /// <summary>The amount comes out below zero or above 2^53-1.</summary>
    AmountOutOfRange = 28,

    /// <summary>No charge is open up to that day. Nothing is recorded.</summary>
    NothingToInvoice = 29,
}
