namespace Settle;

/// <summary>
/// Billing on a ledger: charges, invoices, credit notes and payments. Each charge is on exactly one
/// invoice, no matter how many runs are made or overlap.
/// </summary>
/// <remarks>
/// Errors and answers are as <see cref="ILedger"/> says. Days are days in the customer's time zone.
/// Every call that changes something has an id and can be repeated with it.
/// </remarks>
public interface IBilling
{
    /// <summary>
    /// Sets the seller that sends the invoices. It applies to invoices made from now on, and is
    /// needed before anything else in billing.
    /// </summary>
    Task<Seller> PutSellerAsync(SellerRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Gets the seller that sends the invoices; null if none was set.</summary>
    Task<Seller?> GetSellerAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a customer, or replaces everything about an existing one.</summary>
    Task<Customer> PutCustomerAsync(CustomerRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a customer; null if there is none with this id.</summary>
    Task<Customer?> GetCustomerAsync(string customer,
        CancellationToken cancellationToken = default);

    /// <summary>Lists customers, ordered by id.</summary>
    Task<Page<Customer>> ListCustomersAsync(PageQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Erases a customer's name and address for ever. Issued invoices keep their own copy, and the
    /// ledger keeps its amounts. Repeating it is harmless.
    /// </summary>
    /// <exception cref="NotFoundException">There is no such customer.</exception>
    Task<Customer> EraseCustomerAsync(string customer,
        CancellationToken cancellationToken = default);

    /// <summary>Records something to be billed.</summary>
    Task<Charge> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decides each charge separately, in order. Here refusals are verdicts, not exceptions. A
    /// malformed charge refuses the whole batch before anything happens.
    /// </summary>
    /// <returns>One verdict per request, in the same order.</returns>
    Task<Verdict[]> ChargeBatchAsync(ReadOnlyMemory<ChargeRequest> requests,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Withdraws a charge that no invoice bills yet, for ever. Without an id, repeating it is
    /// harmless.
    /// </summary>
    /// <param name="charge">The charge's id.</param>
    /// <param name="id">The id of this request; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    Task<Charge> WithdrawAsync(string charge, string? id = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a charge by its id; null if that id was never decided.</summary>
    Task<Charge?> GetChargeAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists the charges that match the query, oldest first.</summary>
    Task<Page<Charge>> ListChargesAsync(ChargeQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Makes a charge that recurs each period, from a first to a last day.</summary>
    Task<Subscription> SubscribeAsync(SubscriptionRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a subscription. Its last period is charged in proportion to its days.
    /// </summary>
    /// <param name="subscription">Its id.</param>
    /// <param name="end">The last day that is charged.</param>
    /// <param name="id">The id of this request; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    Task<Subscription> EndSubscriptionAsync(string subscription, DateOnly end, string? id = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a subscription another price from a day on. In the middle of a period, the parts are
    /// charged by their days; what is billed keeps its price.
    /// </summary>
    /// <param name="subscription">Its id.</param>
    /// <param name="request">The day and the whole new price.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <exception cref="RejectedException">
    /// <see cref="RefusalCode.SubscriptionBilled"/>: days from that one on are billed.
    /// </exception>
    Task<Subscription> RepriceSubscriptionAsync(string subscription, RepriceRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Reads a subscription; null if there is none.</summary>
    Task<Subscription?> GetSubscriptionAsync(string subscription,
        CancellationToken cancellationToken = default);

    /// <summary>Lists subscriptions, ordered by id.</summary>
    Task<Page<Subscription>> ListSubscriptionsAsync(PageQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Invoices all open charges up to a day: one invoice per customer and asset. A customer that
    /// cannot be invoiced is parked with the reason, and does not stop the others.
    /// </summary>
    Task<InvoiceRun> InvoiceAsync(InvoiceRunRequest request,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the runs that made an invoice, newest first, with all that was made under their ids.
    /// </summary>
    Task<Page<InvoiceRunSummary>> ListInvoiceRunsAsync(PageQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Gets an invoice or credit note by its number; null if there is none.</summary>
    Task<Invoice?> GetInvoiceAsync(string number, CancellationToken cancellationToken = default);

    /// <summary>Lists the invoices and credit notes that match, oldest first.</summary>
    Task<Page<InvoiceSummary>> ListInvoicesAsync(InvoiceQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Credits all of an invoice, some of its lines, or an amount; the invoice itself is never
    /// edited.
    /// </summary>
    /// <returns>The credit note.</returns>
    /// <exception cref="InvoiceRuleException">
    /// It would break a rule of EN 16931; it gets no number.
    /// </exception>
    Task<Invoice> CreditAsync(CreditRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings in an open invoice from another program: it is owed, paid and written off like one
    /// that was made here, under the number that it has.
    /// </summary>
    Task<OpeningInvoice> BringInvoiceAsync(OpeningInvoiceRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Records money that a customer paid, or a debt that is written off.</summary>
    Task<Payment> PayAsync(PaymentRequest request, CancellationToken cancellationToken = default);

    /// <summary>Lists the payments and write-offs that match, newest first.</summary>
    Task<Page<Payment>> ListPaymentsAsync(PaymentQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a payment by its id; null if none was made under it.</summary>
    Task<Payment?> GetPaymentAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records money given back to a customer. Without a payment it is what the customer has paid
    /// too much; with one, what it paid is open again.
    /// </summary>
    Task<Refund> RefundAsync(RefundRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that a bank took a payment back, wholly or in part. What it paid is open again, and
    /// the bank's fee is a charge on the customer.
    /// </summary>
    Task<Chargeback> ChargebackAsync(ChargebackRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Lists the refunds that match, newest first.</summary>
    Task<Page<Refund>> ListRefundsAsync(PaymentQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a refund by its id; null if none was made under it.</summary>
    Task<Refund?> GetRefundAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists the charge-backs that match, newest first.</summary>
    Task<Page<Chargeback>> ListChargebacksAsync(PaymentQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a charge-back by its id; null if none was made under it.</summary>
    Task<Chargeback?> GetChargebackAsync(
        string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Orders the bank to collect what is due of customers with a mandate: an order for each day.
    /// Its file is in the package <c>Settle.Interchange</c>.
    /// </summary>
    /// <exception cref="RejectedException">There is no seller.</exception>
    /// <exception cref="InvalidRequestException">
    /// The seller has no account or creditor identifier, or a day is none on which banks work.
    /// </exception>
    Task<SepaRun> DebitAsync(DebitRequest request, CancellationToken cancellationToken = default);

    /// <summary>Orders the bank to pay refunds.</summary>
    /// <exception cref="RejectedException">There is no seller.</exception>
    /// <exception cref="InvalidRequestException">
    /// Neither refunds nor a day are named, there is no such refund, or the seller has no account.
    /// </exception>
    Task<SepaRun> PayOutAsync(PayoutRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that a bank does not do what an order told it to. What it did is taken back by a
    /// charge-back instead.
    /// </summary>
    /// <param name="order">The order's id.</param>
    /// <param name="request">Which part of it; all if it names nothing.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <returns>The order, with what is cancelled.</returns>
    Task<SepaOrder> CancelSepaOrderAsync(string order, SepaCancelRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a SEPA order by its id; null if there is none.</summary>
    Task<SepaOrder?> GetSepaOrderAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists SEPA orders, newest first.</summary>
    Task<Page<SepaOrderSummary>> ListSepaOrdersAsync(PageQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Holds the reminders of one invoice, because it is disputed, or lets its customer be reminded
    /// of it again.
    /// </summary>
    Task<ReminderHold> HoldRemindersAsync(ReminderHoldRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Reminds the customers who owe something that is overdue: those whose invoices have reached
    /// their next level by the day. However often it runs, an invoice reaches each level once.
    /// </summary>
    Task<ReminderRun> RemindAsync(ReminderRunRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Lists reminders, newest first, without seller and customer.</summary>
    Task<Page<Reminder>> ListRemindersAsync(ReminderQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a reminder by its number; null if there is none.</summary>
    Task<Reminder?> GetReminderAsync(
        string number, CancellationToken cancellationToken = default);

    /// <summary>
    /// Offers something to a customer, under a number of the series of quotes. Nothing is booked,
    /// and nothing is billed until the customer accepts it.
    /// </summary>
    Task<Quote> QuoteAsync(QuoteRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that the customer accepts a quote. In the same moment its lines are open charges,
    /// each once, which the next invoice bills.
    /// </summary>
    /// <param name="quote">The quote's number.</param>
    /// <param name="request">The day, and whether it is taken although it has expired.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <exception cref="RejectedException">
    /// It was accepted or declined before, or has expired.
    /// </exception>
    Task<Quote> AcceptQuoteAsync(string quote, QuoteAnswerRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Records that the customer declines a quote: it is never accepted then.</summary>
    /// <param name="quote">The quote's number.</param>
    /// <param name="request">The day, and why.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <exception cref="RejectedException">It was accepted or declined before.</exception>
    Task<Quote> DeclineQuoteAsync(string quote, QuoteAnswerRequest request,
        CancellationToken cancellationToken = default);

    /// <summary>Gets a quote by its number; null if there is none.</summary>
    Task<Quote?> GetQuoteAsync(string number, CancellationToken cancellationToken = default);

    /// <summary>Lists quotes, newest first, without their lines, seller and customer.</summary>
    Task<Page<Quote>> ListQuotesAsync(QuoteQuery query,
        CancellationToken cancellationToken = default);

    /// <summary>Tells how the business is doing: what is owed, and what is to be done.</summary>
    /// <param name="asset">The asset; null for the ledger's default.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <exception cref="InvalidRequestException">The asset is not in use here.</exception>
    Task<Overview> GetOverviewAsync(string? asset = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Gets what a customer was billed and paid, with the balance after each, and the debt by age.
    /// </summary>
    /// <param name="customer">The customer's id.</param>
    /// <param name="asset">The asset; null for the customer's, else the ledger's default.</param>
    /// <param name="from">The first day; null for the beginning.</param>
    /// <param name="to">The last day; null for today.</param>
    /// <param name="cancellationToken">Cancels the call until it is sent.</param>
    /// <returns>The statement; null if there is no such customer.</returns>
    Task<Statement?> GetStatementAsync(string customer, string? asset = null, DateOnly? from = null,
        DateOnly? to = null, CancellationToken cancellationToken = default);
}
