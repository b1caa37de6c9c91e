namespace Settle;

/// <summary>The lists of billing as streams, read page by page.</summary>
public static class BillingExtensions
{
    /// <summary>All customers, ordered by id.</summary>
    public static IAsyncEnumerable<Customer> AllCustomersAsync(this IBilling billing,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        return Pages.AllAsync(
            (after, stop) => billing.ListCustomersAsync(Page(after), stop), cancellationToken);
    }

    /// <summary>All charges that match the query, oldest first.</summary>
    public static IAsyncEnumerable<Charge> AllChargesAsync(this IBilling billing,
        ChargeQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => billing.ListChargesAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>All subscriptions, ordered by id.</summary>
    public static IAsyncEnumerable<Subscription> AllSubscriptionsAsync(this IBilling billing,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        return Pages.AllAsync(
            (after, stop) => billing.ListSubscriptionsAsync(Page(after), stop), cancellationToken);
    }

    /// <summary>All invoice runs that made an invoice, newest first.</summary>
    public static IAsyncEnumerable<InvoiceRunSummary> AllInvoiceRunsAsync(this IBilling billing,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        return Pages.AllAsync(
            (after, stop) => billing.ListInvoiceRunsAsync(Page(after), stop), cancellationToken);
    }

    /// <summary>All invoices and credit notes that match the query, oldest first.</summary>
    public static IAsyncEnumerable<InvoiceSummary> AllInvoicesAsync(this IBilling billing,
        InvoiceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => billing.ListInvoicesAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>All reminders that match the query, newest first.</summary>
    public static IAsyncEnumerable<Reminder> AllRemindersAsync(this IBilling billing,
        ReminderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => billing.ListRemindersAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>All quotes that match the query, newest first.</summary>
    public static IAsyncEnumerable<Quote> AllQuotesAsync(this IBilling billing,
        QuoteQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => billing.ListQuotesAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>All payments and write-offs that match the query, newest first.</summary>
    public static IAsyncEnumerable<Payment> AllPaymentsAsync(this IBilling billing,
        PaymentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => billing.ListPaymentsAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>All refunds that match the query, newest first.</summary>
    public static IAsyncEnumerable<Refund> AllRefundsAsync(this IBilling billing,
        PaymentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => billing.ListRefundsAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>All charge-backs that match the query, newest first.</summary>
    public static IAsyncEnumerable<Chargeback> AllChargebacksAsync(this IBilling billing,
        PaymentQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(query);
        return Pages.AllAsync(
            (after, stop) => billing.ListChargebacksAsync(
                query with { After = after ?? query.After }, stop), cancellationToken);
    }

    /// <summary>All SEPA orders, newest first.</summary>
    public static IAsyncEnumerable<SepaOrderSummary> AllSepaOrdersAsync(this IBilling billing,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(billing);
        return Pages.AllAsync(
            (after, stop) => billing.ListSepaOrdersAsync(Page(after), stop), cancellationToken);
    }

    private static PageQuery Page(string? after) => new() { Limit = Pages.LimitMax, After = after };
}
