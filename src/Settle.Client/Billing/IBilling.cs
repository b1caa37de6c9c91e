namespace Settle;

/// <summary>
/// Billing on a ledger: charges, invoices, credit notes and payments. Each charge is on exactly one
/// invoice, however often, and however many at once, runs are made.
/// </summary>
/// <remarks>
/// The errors are those of <see cref="ILedger"/>. Amounts are minor units, days are those of the
/// customer's time zone. Every call that changes something has an id and may be repeated with it.
/// </remarks>
public interface IBilling
{
    /// <summary>
    /// Sets who sends the invoices; the newest one counts for those to come. Needed before
    /// anything else of billing.
    /// </summary>
    Task<Seller> SetSellerAsync(SellerRequest request, CancellationToken cancellation = default);

    /// <summary>Who sends the invoices; null when nobody was set.</summary>
    Task<Seller?> GetSellerAsync(CancellationToken cancellation = default);

    /// <summary>Makes a customer, or replaces all that was said about one.</summary>
    Task<Customer> PutCustomerAsync(CustomerRequest request,
        CancellationToken cancellation = default);

    /// <summary>A customer; null when there is none of this id.</summary>
    Task<Customer?> GetCustomerAsync(string customer, CancellationToken cancellation = default);

    /// <summary>Customers in the order of their ids.</summary>
    Task<Page<Customer>> ListCustomersAsync(PageQuery query,
        CancellationToken cancellation = default);

    /// <summary>
    /// Erases a customer's name and address for ever. Issued invoices keep their own copy, and the
    /// ledger keeps its amounts. Repeating it is harmless.
    /// </summary>
    /// <exception cref="NotFoundException">There is no such customer.</exception>
    Task<Customer> EraseCustomerAsync(string customer, CancellationToken cancellation = default);

    /// <summary>Records something to be billed.</summary>
    Task<Charge> ChargeAsync(ChargeRequest request, CancellationToken cancellation = default);

    /// <summary>
    /// Decides each charge by itself, in order. Rejections are verdicts here, not exceptions; one
    /// malformed charge refuses the whole batch before anything happens.
    /// </summary>
    /// <returns>One verdict per request, in the same order.</returns>
    Task<Verdict[]> ChargeBatchAsync(ReadOnlyMemory<ChargeRequest> requests,
        CancellationToken cancellation = default);

    /// <summary>A charge by its id; null when the ledger has not decided any such id.</summary>
    Task<Charge?> GetChargeAsync(string id, CancellationToken cancellation = default);

    /// <summary>Charges that match the query, oldest first.</summary>
    Task<Page<Charge>> ListChargesAsync(ChargeQuery query,
        CancellationToken cancellation = default);

    /// <summary>Makes a charge recur each month, from a first to a last day.</summary>
    Task<Subscription> SubscribeAsync(SubscriptionRequest request,
        CancellationToken cancellation = default);

    /// <summary>Ends a subscription; that month is charged in proportion to its days.</summary>
    /// <param name="subscription">Its id.</param>
    /// <param name="end">The last day that is charged.</param>
    /// <param name="id">The id of this request; null makes one.</param>
    /// <param name="cancellation">Gives up before it is sent.</param>
    Task<Subscription> EndSubscriptionAsync(string subscription, DateOnly end, string? id = null,
        CancellationToken cancellation = default);

    /// <summary>Subscriptions in the order of their ids.</summary>
    Task<Page<Subscription>> ListSubscriptionsAsync(PageQuery query,
        CancellationToken cancellation = default);

    /// <summary>
    /// Invoices everything up to a day that no invoice bills yet: one invoice per customer and
    /// asset. A customer that cannot be invoiced is parked with the reason and stops nobody else.
    /// </summary>
    Task<InvoiceRun> InvoiceAsync(InvoiceRunRequest request,
        IProgress<InvoiceRunProgress>? progress = null, CancellationToken cancellation = default);

    /// <summary>An invoice or a credit note by its number; null when there is none.</summary>
    Task<Invoice?> GetInvoiceAsync(string number, CancellationToken cancellation = default);

    /// <summary>Invoices and credit notes that match the query, oldest first.</summary>
    Task<Page<InvoiceSummary>> ListInvoicesAsync(InvoiceQuery query,
        CancellationToken cancellation = default);

    /// <summary>Credits an invoice, all of it or a part: an invoice is never edited.</summary>
    /// <returns>The credit note.</returns>
    /// <exception cref="InvoiceRuleException">Nobody could send it, so that it gets no number.
    /// </exception>
    Task<Invoice> CreditAsync(CreditRequest request, CancellationToken cancellation = default);

    /// <summary>Records money that a customer paid, or a debt that is written off.</summary>
    Task<Payment> PayAsync(PaymentRequest request, CancellationToken cancellation = default);

    /// <summary>
    /// What a customer was billed and paid, with the balance after each, and how old the debt is.
    /// </summary>
    /// <param name="customer">The customer's id.</param>
    /// <param name="asset">The asset; null is the customer's, or the ledger's default.</param>
    /// <param name="from">The first day; null for the beginning.</param>
    /// <param name="to">The last day; null for today.</param>
    /// <param name="cancellation">Gives up before it is sent.</param>
    /// <returns>Null when there is no such customer.</returns>
    Task<Statement?> GetStatementAsync(string customer, string? asset = null, DateOnly? from = null,
        DateOnly? to = null, CancellationToken cancellation = default);
}
