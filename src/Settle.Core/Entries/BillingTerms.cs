namespace Settle.Billing;

/// <summary>
/// What an entry of billing says beside what every <see cref="Request"/> has. Each kind uses some
/// of it; what is empty is not written.
/// </summary>
internal struct BillingTerms
{
    public Slice Customer;

    /// <summary>Charge and subscription: a rate in percent, or a word.</summary>
    public Slice Tax;
    public Slice Description;

    /// <summary>Charge and subscription: the UN/ECE code of its unit; empty is C62, one.</summary>
    public Slice Unit;

    /// <summary>Charge: where accountants count its revenue.</summary>
    public Slice CostCentre;

    /// <summary>Charge and subscription: why its tax word means no tax, and the code of VATEX.
    /// </summary>
    public Slice Exemption;
    public Slice ExemptionCode;

    /// <summary>Subscription: its own id. Charge: the subscription that made it.</summary>
    public Slice Subscription;

    /// <summary>Subscription: how long its periods are; empty for a month.</summary>
    public Slice Every;

    /// <summary>Seller and customer: two letters of ISO 3166-1.</summary>
    public Slice Country;

    /// <summary>Seller and customer: the time zone by its IANA name.</summary>
    public Slice Zone;

    /// <summary>Seller and customer: the hash of the document with name and address.</summary>
    public Slice Profile;

    /// <summary>Customer: <c>standard</c>, or the word that counts for all charges.</summary>
    public Slice Treatment;

    /// <summary>
    /// Seller and customer: their cash discounts, see <see cref="DiscountTerms"/>; a customer
    /// without a text has the seller's. Invoice: those that it offers; set by the decision.
    /// </summary>
    public Slice CashDiscount;

    /// <summary>
    /// Payment: the cash discounts that were taken with it; refund and charge-back: those that are
    /// lost by it. Canonical JSON; set by the decision.
    /// </summary>
    public Slice Discounted;

    /// <summary>Seller: when and how customers are reminded, see <see cref="DunningTerms"/>.
    /// </summary>
    public Slice Dunning;

    /// <summary>Reminder: of which invoices, canonical JSON; set by the decision.</summary>
    public Slice Reminded;

    /// <summary>
    /// Reminder: what its letter says, by language, where the seller has texts of its own; set by
    /// the decision.
    /// </summary>
    public Slice Texts;

    /// <summary>Seller: what stands before the numbers.</summary>
    public Slice Series;

    /// <summary>Seller: the first numbers of series, canonical JSON array.</summary>
    public Slice FirstNumbers;

    /// <summary>Seller: canonical JSON array of rates in percent.</summary>
    public Slice TaxRates;

    /// <summary>Seller: the tax of charges that name none.</summary>
    public Slice DefaultTax;

    /// <summary>
    /// Invoice in a currency other than its seller's: the seller's currency, the pair of the rate
    /// (<c>EUR/USD</c>: dollars for a euro), and the rate as a decimal.
    /// </summary>
    public Slice TaxCurrency;
    public Slice RatePair;
    public Slice Rate;

    /// <summary>Invoice: what the run says of the customer's order and reference.</summary>
    public Slice OrderNumber;
    public Slice BuyerReference;

    /// <summary>
    /// Invoice and credit note: set by the decision; opening: the number that it had elsewhere.
    /// </summary>
    public Slice Number;

    /// <summary>Invoice: canonical JSON array of ids; set by the decision.</summary>
    public Slice Charges;

    /// <summary>Invoice and credit note: canonical JSON; set by the decision.</summary>
    public Slice Taxes;

    /// <summary>
    /// Payment: which invoices it pays; refund and charge-back: which are open again by how much.
    /// Canonical JSON; set by the decision.
    /// </summary>
    public Slice Allocations;

    /// <summary>
    /// What deposit invoices received by it, or below zero gave back; of an invoice that settles
    /// some, what it deducts. Canonical JSON; set by the decision.
    /// </summary>
    public Slice Deposits;

    /// <summary>Invoice: the deposit invoices that it is to settle, canonical JSON.</summary>
    public Slice Settles;

    /// <summary>
    /// Credit note that opens charges again, and answer that accepts a quote: these; quote: what
    /// it offers. Set by the decision.
    /// </summary>
    public Slice Reopened;

    /// <summary>Credit note of some lines: which, as canonical JSON.</summary>
    public Slice Lines;

    /// <summary>
    /// Credit note: what it takes back of which lines, where it takes back some of them; canonical
    /// JSON, set by the decision.
    /// </summary>
    public Slice Credited;

    /// <summary>SEPA order: what is collected or paid, canonical JSON array.</summary>
    public Slice Ordered;

    /// <summary>
    /// End of a subscription: open charges that come to something else by it; invoice: those of its
    /// charges that had come to something else. Canonical JSON; set by the decision.
    /// </summary>
    public Slice Amended;

    /// <summary>
    /// Invoice and quote: the hashes of both profiles, set by the decision; SEPA order: the
    /// seller's.
    /// </summary>
    public Slice Seller;
    public Slice Buyer;

    /// <summary>Charge and subscription: millionths.</summary>
    public long Quantity;

    /// <summary>Charge and subscription: millionths of the major unit.</summary>
    public long UnitPrice;

    /// <summary>
    /// With a discount and without a unit price: what it would be without the discount,
    /// minor units; the decision gives the amount.
    /// </summary>
    public long Price;

    /// <summary>Charge and subscription: minor units.</summary>
    public long Discount;

    /// <summary>
    /// Charge-back: what the bank asks for it; reminder: the flat fee of a business, instead of
    /// those of the levels. Minor units.
    /// </summary>
    public long Fee;

    /// <summary>
    /// Opening: what the invoice came to, where more of it is paid than is open; reminder: all that
    /// it asks for, set by the decision. Minor units.
    /// </summary>
    public long Gross;

    /// <summary>Invoice and credit note: minor units, set by the decision.</summary>
    public long Net;
    public long TaxSum;
    public long Rounding;

    /// <summary>
    /// Invoice and credit note: its tax in <see cref="TaxCurrency"/>, minor units of that; set by
    /// the decision.
    /// </summary>
    public long TaxConverted;

    /// <summary>
    /// Invoice: what an earlier payment had left over and pays of it, minor units; set by the
    /// decision.
    /// </summary>
    public long Paid;

    /// <summary>Days, see <see cref="Days"/>. In a subscription the first one.</summary>
    public int Date;

    /// <summary>
    /// Charge: the first day, if it is for several; 0 for none. Subscription: the day from which
    /// its new price counts; 0 where there is none.
    /// </summary>
    public int Start;

    /// <summary>
    /// Subscription: a day on which a period begins; 0 for those of the calendar.
    /// </summary>
    public int Anchor;

    /// <summary>
    /// Charge of a subscription: the days of the whole period; 0 for a month of the calendar.
    /// </summary>
    public int PeriodDays;

    /// <summary>Quote: how many charges it offers.</summary>
    public int LineCount;

    /// <summary>Invoice: the day of its rate.</summary>
    public int RateDate;

    /// <summary>Subscription: the last day; 0 for none.</summary>
    public int End;

    /// <summary>Invoice: the last day whose charges it may bill.</summary>
    public int Through;

    /// <summary>
    /// Invoice: set by the decision; opening: as it was; quote: its last day, 0 for none.
    /// </summary>
    public int Due;
    public int TermsDays;

    /// <summary>Charge: it has a quantity and unit price, and the decision its amount.</summary>
    public bool HasUnitPrice;
    public bool IsGross;
    public bool IsRebill;
    public bool IsWriteOff;

    /// <summary>
    /// Charge: it asks for money before the work. Invoice: it bills such charges; set by the
    /// decision.
    /// </summary>
    public bool IsDeposit;

    /// <summary>Charge: it is open only once its quote is accepted.</summary>
    public bool IsOffered;

    /// <summary>Answer to a quote: the customer does not want it.</summary>
    public bool IsDeclined;

    /// <summary>Answer to a quote: it is taken although the quote has expired.</summary>
    public bool IsLate;

    /// <summary>Hold of reminders: it is over.</summary>
    public bool IsReleased;

    /// <summary>SEPA order: it pays refunds, and collects nothing.</summary>
    public bool IsOfRefunds;

    /// <summary>Reminder: no level comes after it; set by the decision.</summary>
    public bool IsLast;

    /// <summary>Customer: it gets no reminders.</summary>
    public bool IsNotReminded;

    /// <summary>
    /// What the request left out and somebody filled in: a repetition may find another day or
    /// another default, and is the same request all the same.
    /// </summary>
    public bool IsDefaultDate;
    public bool IsDefaultTax;
    public bool IsDefaultAsset;

    /// <summary>
    /// The request named the ledger's default asset, where the customer's or the invoice's is
    /// another one.
    /// </summary>
    public bool IsNamedAsset;
}
