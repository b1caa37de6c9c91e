namespace Settle;

/// <summary>
/// The stable text of every <see cref="RefusalCode"/>, and its meaning for people.
/// </summary>
public static class Refusals
{
    private static readonly (RefusalCode Code, string Text, string Meaning)[] Table =
    [
        (RefusalCode.Unknown, "unknown", "for a reason that only a newer version knows"),
        (RefusalCode.None, "", ""),
        (RefusalCode.IdReused, "id_reused", "the id was decided before, with different content"),
        (RefusalCode.NotAllowed, "not_allowed",
            "the author of the document neither owns the paying account nor is a teller"),
        (RefusalCode.AlreadyInitialized, "already_initialized",
            "the ledger already has another default asset"),
        (RefusalCode.UnknownAsset, "unknown_asset",
            "the asset is neither in ISO 4217 nor declared by this ledger"),
        (RefusalCode.AssetExists, "asset_exists", "the asset already exists with another scale"),
        (RefusalCode.HoldNotFound, "hold_not_found", "no hold has this id"),
        (RefusalCode.HoldCaptured, "hold_captured", "the hold has already been captured"),
        (RefusalCode.HoldVoided, "hold_voided", "the hold has already been voided"),
        (RefusalCode.HoldExpired, "hold_expired",
            "the hold has expired, and its money is available again"),
        (RefusalCode.ExceedsHold, "exceeds_hold",
            "the capture asks for more than the hold reserved"),
        (RefusalCode.TransferNotFound, "transfer_not_found", "no transfer has this id"),
        (RefusalCode.NotReversible, "not_reversible",
            "only transfers, transactions and captures can be reverted; "
                + "billing has refund, chargeback and credit"),
        (RefusalCode.AlreadyReverted, "already_reverted", "the transfer has already been reverted"),
        (RefusalCode.ExceedsTransfer, "exceeds_transfer",
            "the amount is more than what is left of the transfer to revert"),
        (RefusalCode.NotHere, "not_here",
            "another site decides this: send it there"),
        (RefusalCode.WrongSite, "wrong_site",
            "the document's id names one site, and another has to decide it: use an id of that "
                + "site"),
        (RefusalCode.SiteExists, "site_exists", "a site of this name was added before"),
        (RefusalCode.PrefixInUse, "prefix_in_use",
            "another site is the home of such accounts, or one of them has terms already"),
        (RefusalCode.UnknownSite, "unknown_site", "no site has this name"),
        (RefusalCode.SiteInactive, "site_inactive",
            "the site has retired, was ended, or is suspended already"),
        (RefusalCode.SiteActive, "site_active",
            "the site is not suspended: suspend it first, if it is lost for good"),
        (RefusalCode.FounderStays, "founder_stays",
            "the founder's site can be neither suspended nor ended, and cannot retire"),
        (RefusalCode.HoldsOpen, "holds_open",
            "the site has open holds: capture or void them first"),
        (RefusalCode.NotConfirmed, "not_confirmed",
            "an active site has not said yet that it follows the lost one no further: try again "
                + "later, or suspend that site too"),
        (RefusalCode.SellerMissing, "seller_missing",
            "no seller is set yet: set the seller first"),
        (RefusalCode.UnknownCustomer, "unknown_customer", "there is no such customer"),
        (RefusalCode.UnknownTaxRate, "unknown_tax_rate",
            "the tax is not one of the seller's rates, or there is neither a tax nor a default"),
        (RefusalCode.SubscriptionNotFound, "subscription_not_found",
            "no subscription has this id"),
        (RefusalCode.SubscriptionExists, "subscription_exists",
            "the subscription already exists: only its end and its price can be changed"),
        (RefusalCode.SubscriptionBilled, "subscription_billed",
            "days from that one on are billed already: name a later day, or credit their invoice "
                + "with rebill first"),
        (RefusalCode.InvoiceNotFound, "invoice_not_found", "no invoice has this number"),
        (RefusalCode.CreditBeforeInvoice, "credit_before_invoice",
            "the credit note would be dated before its invoice: date it on that day or later"),
        (RefusalCode.WriteOffBeforeInvoice, "write_off_before_invoice",
            "the write-off would be dated before an invoice of it: date it on that day or later"),
        (RefusalCode.SeriesBegun, "series_begun",
            "first_numbers names a series that has begun: a series begins once, and has no gaps"),
        (RefusalCode.NumberTaken, "number_taken",
            "an invoice or a quote has this number already, or the series will give it: an old "
                + "number is below the first number of its series, and none of a quote's"),
        (RefusalCode.InvoiceElsewhere, "invoice_elsewhere",
            "the invoice was made elsewhere: credit it there, or write off what is open"),
        (RefusalCode.AssetDiffers, "asset_differs",
            "the invoice, payment or subscription is in another asset"),
        (RefusalCode.LineNotFound, "line_not_found", "the invoice has no line with this number"),
        (RefusalCode.AlreadyCredited, "already_credited",
            "the invoice was credited before, or this line of it, so that it cannot be billed "
                + "again"),
        (RefusalCode.ExceedsLine, "exceeds_line",
            "the quantity is more than what is left of the invoice's line"),
        (RefusalCode.ExceedsInvoice, "exceeds_invoice",
            "the amount is more than what is left of the invoice"),
        (RefusalCode.DepositNotSettleable, "deposit_not_settleable",
            "an invoice settles only deposit invoices of its customer in its asset that are paid, "
                + "not dated later, and settled by no other: credit what is still open of one"),
        (RefusalCode.DepositSettled, "deposit_settled",
            "an invoice settles this deposit invoice: credit that one instead"),
        (RefusalCode.DepositNotWrittenOff, "deposit_not_written_off",
            "a deposit invoice is for work that is still to be done: credit it instead"),
        (RefusalCode.QuoteNotFound, "quote_not_found", "no quote has this number"),
        (RefusalCode.QuoteAccepted, "quote_accepted",
            "the quote is accepted already, and its charges are made: withdraw those that are "
                + "not wanted"),
        (RefusalCode.QuoteDeclined, "quote_declined",
            "the customer declined the quote: make another one"),
        (RefusalCode.AnswerBeforeQuote, "answer_before_quote",
            "the answer would be dated before the quote: date it on that day or later"),
        (RefusalCode.QuoteExpired, "quote_expired",
            "the quote was valid until an earlier day: accept it late if you stand by it, or "
                + "make another one"),
        (RefusalCode.AmountOutOfRange, "amount_out_of_range",
            "the resulting amount would be below zero or above 2^53-1"),
        (RefusalCode.NothingToInvoice, "nothing_to_invoice",
            "there is no open charge up to that day"),
        (RefusalCode.SepaOrderNotFound, "sepa_order_not_found", "no SEPA order has this id"),
        (RefusalCode.SepaOrderOutdated, "sepa_order_outdated",
            "what the order is about has changed meanwhile: an invoice, a refund or a customer; "
                + "look again"),
        (RefusalCode.PaymentNotFound, "payment_not_found",
            "no payment, or none of this customer, has this id"),
        (RefusalCode.MoneyBackBeforePayment, "money_back_before_payment",
            "the money would go back before it was paid: date it on the payment's day or later"),
        (RefusalCode.ExceedsPayment, "exceeds_payment",
            "the amount is more than what is left of the payment"),
        (RefusalCode.ExceedsCredit, "exceeds_credit",
            "the amount is more than the customer has paid too much: "
                + "name the payment to give its money back"),
        (RefusalCode.ChargeNotFound, "charge_not_found", "no charge has this id"),
        (RefusalCode.ChargeNotOpen, "charge_not_open",
            "an invoice bills the charge already, it was withdrawn, or its quote is not accepted: "
                + "what was invoiced is credited"),
        (RefusalCode.BillingAccount, "billing_account",
            "this is billing's own account: its terms are fixed, and only billing moves its money: "
                + "use charge, invoice, credit, pay, refund or chargeback"),
        (RefusalCode.UnknownAccount, "unknown_account",
            "one of the accounts was never opened: this ledger wants accounts to be opened first"),
        (RefusalCode.ReservedAccount, "reserved_account",
            "@world is unlimited for ever and cannot be closed or limited"),
        (RefusalCode.AccountClosed, "account_closed", "one of the accounts is closed"),
        (RefusalCode.InsufficientFunds, "insufficient_funds",
            "the paying account can spend less than is needed"),
        (RefusalCode.InsufficientHere, "insufficient_here",
            "the money is at another site and has been asked for: send the same id again"),
        (RefusalCode.LimitExceeded, "limit_exceeded",
            "the receiving account's balance would rise above its ceiling"),
        (RefusalCode.Overflow, "overflow", "a total would leave the 128-bit range"),
    ];

    private static readonly (RefusalCode Code, string Text, string Meaning)[] ByCode =
        [.. Table.OrderBy(row => row.Code)];

    private static readonly Dictionary<string, RefusalCode> ByText =
        Table.Skip(1).ToDictionary(row => row.Text, row => row.Code, StringComparer.Ordinal);

    /// <summary>Every code with its text and meaning, in the order of precedence.</summary>
    public static IEnumerable<(RefusalCode Code, string Text, string Meaning)> All => Table.Skip(2);

    /// <summary>The stable text, such as <c>insufficient_funds</c>; empty for none.</summary>
    public static string Text(this RefusalCode code) => ByCode[(int)code + 1].Text;

    /// <summary>One sentence for people, without the full stop.</summary>
    public static string Meaning(this RefusalCode code) => ByCode[(int)code + 1].Meaning;

    /// <summary>
    /// Whether the verdict goes on the chain and uses up the id: some only say that nothing was
    /// decided.
    /// </summary>
    internal static bool IsRecorded(this RefusalCode code) => code is not (RefusalCode.IdReused
        or RefusalCode.NothingToInvoice or RefusalCode.SepaOrderOutdated
        or RefusalCode.InsufficientHere or RefusalCode.NotHere or RefusalCode.NotConfirmed);

    /// <summary>The code of a stable text.</summary>
    /// <exception cref="FormatException">This version does not know the text.</exception>
    public static RefusalCode Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ByText.TryGetValue(text, out var code)
            ? code
            : throw new FormatException($"'{text}' is not a known refusal");
    }
}
