using Settle.Local;

namespace Settle.Simulation;

/// <summary>What a ledger shows of its billing against the auditor's books.</summary>
internal sealed class BillingComparison(Auditor auditor, LocalLedger ledger)
{
    private const string Receivable = "receivable:";

    private readonly BillingBooks _books = auditor.Billing;

    public async Task<Violation?> CompareAsync() =>
        await CompareInvoicesAsync().ConfigureAwait(false)
            ?? await CompareChargesAsync().ConfigureAwait(false)
            ?? await CompareQuotesAsync().ConfigureAwait(false)
            ?? await CompareStatementsAsync().ConfigureAwait(false);

    // At each day, a customer owes what the entries of that day and of those before it come to.
    private async Task<Violation?> CompareStatementsAsync()
    {
        var moved = auditor.Books.Decided.Values
            .Where(entry => entry is { Status: "successful", Bill: not null })
            .SelectMany(entry => entry.Postings.SelectMany(posting => ((string, long)[])
                [(posting.From, posting.Amount), (posting.To, -posting.Amount)])
                .Select(move => (Account: move.Item1, entry.Asset, entry.Bill!.Date,
                    Amount: move.Item2)))
            .Where(move => move.Account.StartsWith(Receivable, StringComparison.Ordinal));
        foreach (var account in moved.GroupBy(move => (move.Account, move.Asset)))
        {
            var (customer, sum) = (account.Key.Account[Receivable.Length..], 0L);
            var asset = account.Key.Asset.Length == 0
                ? auditor.DefaultAsset : account.Key.Asset;
            foreach (var day in account.GroupBy(move => move.Date)
                .OrderBy(day => day.Key, StringComparer.Ordinal))
            {
                sum += day.Sum(move => move.Amount);
                var statement = await ledger.Billing.GetStatementAsync(customer, asset,
                    to: AuditedSubscription.Day(day.Key)).ConfigureAwait(false);
                if (statement!.Closing.Units != sum)
                    return new("state", $"the statement of {customer} at {day.Key} says "
                        + $"{statement.Closing}, not {sum}");
            }
        }
        return null;
    }

    private async Task<Violation?> CompareQuotesAsync()
    {
        var shown = await ledger.Billing.AllQuotesAsync(new QuoteQuery()).ToListAsync()
            .ConfigureAwait(false);
        if (!shown.Select(quote => quote.Number).Reverse().SequenceEqual(_books.Quotes.Keys))
            return new("state", $"the ledger has {shown.Count} quotes");
        foreach (var quote in shown)
        {
            var known = _books.Quotes[quote.Number];
            var status = quote.Status is QuoteStatus.Expired ? "open"
                : quote.Status.ToString().ToLowerInvariant();
            if (status != known.Status || quote.Amount.Units != known.Entry.Amount)
                return new("state", $"{quote.Number} is {quote.Status}, not {known.Status}");
        }
        return null;
    }

    private async Task<Violation?> CompareInvoicesAsync()
    {
        var page = await ledger.Billing.ListInvoicesAsync(new InvoiceQuery { Limit = 1000 })
            .ConfigureAwait(false);
        if (page.Items.Count != _books.Numbered.Count)
            return new("state", $"the ledger has {page.Items.Count} invoices and credit notes");
        foreach (var shown in page.Items.Where(shown => shown.Kind != InvoiceType.CreditNote))
        {
            var known = _books.Invoices[shown.Number];
            if (shown.Open.Units != known.Open)
                return new("state", $"{shown.Number} has {shown.Open} open, not {known.Open}");
        }
        return null;
    }

    private async Task<Violation?> CompareChargesAsync()
    {
        var open = await ledger.Billing.ListChargesAsync(
            new ChargeQuery { Limit = 1000, Uninvoiced = true }).ConfigureAwait(false);
        if (!open.Items.Select(charge => charge.Id).Order(StringComparer.Ordinal)
            .SequenceEqual(_books.Open.Where(charge => !charge.IsNothing)
                .Select(charge => charge.Id).Order(StringComparer.Ordinal)))
            return new("state", "the ledger shows other charges as open");
        foreach (var charge in _books.Charges.Values)
        {
            var shown = await ledger.Billing.GetChargeAsync(charge.Id).ConfigureAwait(false);
            if ((shown?.Invoice ?? "") != charge.Invoice)
                return new("state",
                    $"{charge.Id} is shown on {shown?.Invoice}, not {charge.Invoice}");
        }
        return null;
    }
}
