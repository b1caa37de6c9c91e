using System.Text.Json.Serialization;

namespace Settle;

/// <summary>
/// Why the ledger said no. The numbers are not stored anywhere, but never change. If several apply,
/// the one that <see cref="Refusals"/> lists first is given: the order is that of the numbers, with
/// <see cref="NotAllowed"/>, those about billing and the newest before those about accounts.
/// <see cref="Refusals"/> also has the text form (<c>insufficient_funds</c>).
/// </summary>
[JsonConverter(typeof(WordJsonConverter<RefusalCode>))]
public enum RefusalCode
{
    /// <summary>A reason that this version does not know; the server is newer.</summary>
    Unknown = -1,

    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>The id was decided before, with different content. Nothing is recorded.</summary>
    IdReused = 1,

    /// <summary>The ledger already has another default asset.</summary>
    AlreadyInitialized = 2,

    /// <summary>The asset is neither in ISO 4217 nor declared by this ledger.</summary>
    UnknownAsset = 3,

    /// <summary>The asset already exists with another scale.</summary>
    AssetExists = 4,

    /// <summary>No hold has this id.</summary>
    HoldNotFound = 5,

    /// <summary>The hold has already been captured.</summary>
    HoldCaptured = 6,

    /// <summary>The hold has already been voided.</summary>
    HoldVoided = 7,

    /// <summary>The hold has expired, and its money is available again.</summary>
    HoldExpired = 8,

    /// <summary>A capture asks for more than the hold reserved.</summary>
    ExceedsHold = 9,

    /// <summary>No transfer has this id.</summary>
    TransferNotFound = 10,

    /// <summary>Only entries that moved money can be reverted, except reverts.</summary>
    NotReversible = 11,

    /// <summary>The transfer has already been reverted.</summary>
    AlreadyReverted = 12,

    /// <summary><c>@world</c> is unlimited for ever and cannot be closed or limited.</summary>
    ReservedAccount = 13,

    /// <summary>One of the accounts is closed.</summary>
    AccountClosed = 14,

    /// <summary>The paying account can spend less than is needed.</summary>
    InsufficientFunds = 15,

    /// <summary>The receiving account's balance would rise above its ceiling.</summary>
    LimitExceeded = 16,

    /// <summary>A total would leave the 128-bit range.</summary>
    Overflow = 17,

    /// <summary>
    /// The author of a document neither owns the paying account nor is a teller.
    /// </summary>
    NotAllowed = 18,

    /// <summary>No seller is set yet.</summary>
    SellerMissing = 19,

    /// <summary>There is no such customer.</summary>
    UnknownCustomer = 20,

    /// <summary>
    /// The tax is not one of the seller's rates, or there is neither a tax nor a default.
    /// </summary>
    UnknownTaxRate = 21,

    /// <summary>No subscription has this id.</summary>
    SubscriptionNotFound = 22,

    /// <summary>The subscription exists already: only its end and price can change.</summary>
    SubscriptionExists = 23,

    /// <summary>No invoice has this number.</summary>
    InvoiceNotFound = 24,

    /// <summary>The invoice is in another asset.</summary>
    AssetDiffers = 25,

    /// <summary>
    /// The invoice was credited before, so its charges cannot be billed again.
    /// </summary>
    AlreadyCredited = 26,

    /// <summary>The amount is more than what is left of the invoice.</summary>
    ExceedsInvoice = 27,

    /// <summary>The resulting amount would be below zero or above 2^53-1.</summary>
    AmountOutOfRange = 28,

    /// <summary>There is no open charge up to that day. Nothing is recorded.</summary>
    NothingToInvoice = 29,

    /// <summary>
    /// Only billing moves money on the account: <c>receivable:...</c>, <c>revenue</c>,
    /// <c>tax:...</c>, <c>rounding</c>, <c>write-offs</c> or <c>opening-balances</c>.
    /// </summary>
    BillingAccount = 30,

    /// <summary>The customer made no payment with this id.</summary>
    PaymentNotFound = 31,

    /// <summary>The amount is more than what is left of the payment.</summary>
    ExceedsPayment = 32,

    /// <summary>The amount is more than the customer has paid too much.</summary>
    ExceedsCredit = 33,

    /// <summary>No charge has this id.</summary>
    ChargeNotFound = 34,

    /// <summary>
    /// An invoice bills the charge, it was withdrawn, or its quote is not accepted.
    /// </summary>
    ChargeNotOpen = 35,

    /// <summary>
    /// One of the accounts was never opened, and this ledger wants accounts to be opened first.
    /// </summary>
    UnknownAccount = 36,

    /// <summary>The amount is more than what is left of the transfer to revert.</summary>
    ExceedsTransfer = 37,

    /// <summary>The invoice has no line with this number.</summary>
    LineNotFound = 38,

    /// <summary>The quantity is more than what is left of the invoice's line.</summary>
    ExceedsLine = 39,

    /// <summary>The credit note would be dated before the invoice that it credits.</summary>
    CreditBeforeInvoice = 40,

    /// <summary>A site of this name was added before.</summary>
    SiteExists = 41,

    /// <summary>
    /// Another site is the home of such accounts, or the founder has set terms for one of them.
    /// </summary>
    PrefixInUse = 42,

    /// <summary>No site has this name.</summary>
    UnknownSite = 43,

    /// <summary>The site has retired, was ended, or is suspended already.</summary>
    SiteInactive = 44,

    /// <summary>The site is not suspended, so it cannot be ended.</summary>
    SiteActive = 45,

    /// <summary>The founder's site can be neither suspended nor ended, and cannot retire.</summary>
    FounderStays = 46,

    /// <summary>The site has open holds, so it cannot retire.</summary>
    HoldsOpen = 47,

    /// <summary>A document names one site by its id, and another has to decide it.</summary>
    WrongSite = 48,

    /// <summary>
    /// Enough money is in the ledger, but not at this site yet. Nothing is recorded: the same id
    /// can be sent again.
    /// </summary>
    InsufficientHere = 49,

    /// <summary>Another site decides it. Nothing is recorded.</summary>
    NotHere = 50,

    /// <summary>
    /// A site that is active has not said yet that it follows the lost one no further. Nothing is
    /// recorded.
    /// </summary>
    NotConfirmed = 51,

    /// <summary>The refund or charge-back would be dated before the payment.</summary>
    MoneyBackBeforePayment = 52,

    /// <summary>The write-off would be dated before an invoice that it writes off.</summary>
    WriteOffBeforeInvoice = 53,

    /// <summary>
    /// The first number of a series is set after it gave its first number, or not above the old
    /// numbers that were brought in.
    /// </summary>
    SeriesBegun = 54,

    /// <summary>An invoice or a quote has the number already, or a series will give it.</summary>
    NumberTaken = 55,

    /// <summary>An invoice that was made elsewhere cannot be credited here.</summary>
    InvoiceElsewhere = 56,

    /// <summary>The new price would be for days that an invoice bills.</summary>
    SubscriptionBilled = 57,

    /// <summary>
    /// What a SEPA order is made of changed while it was made. Nothing is recorded.
    /// </summary>
    SepaOrderOutdated = 58,

    /// <summary>There is no SEPA order with this id.</summary>
    SepaOrderNotFound = 59,

    /// <summary>
    /// What an invoice is to settle is not a deposit invoice of the customer, or is not paid, or
    /// another invoice settles it.
    /// </summary>
    DepositNotSettleable = 60,

    /// <summary>An invoice settles the deposit invoice, so that one has to be credited.</summary>
    DepositSettled = 61,

    /// <summary>
    /// A deposit invoice is not written off: it is for work that is still to be done.
    /// </summary>
    DepositNotWrittenOff = 62,

    /// <summary>No quote has this number.</summary>
    QuoteNotFound = 63,

    /// <summary>The quote is accepted already: that happens once.</summary>
    QuoteAccepted = 64,

    /// <summary>The customer declined the quote.</summary>
    QuoteDeclined = 65,

    /// <summary>The quote was valid until an earlier day.</summary>
    QuoteExpired = 66,

    /// <summary>The answer would be dated before the quote.</summary>
    AnswerBeforeQuote = 67,
}
