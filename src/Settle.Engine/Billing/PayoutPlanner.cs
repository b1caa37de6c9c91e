using Settle.Reading;

namespace Settle.Billing;

/// <summary>Finds the refunds that are to be paid.</summary>
internal sealed class PayoutPlanner(
    LedgerReader reader, Profiles profiles, DateOnly today, PayoutRequest request)
    : SepaPlanner(reader, profiles, today)
{
    protected override async Task<IReadOnlyList<(DateOnly, IReadOnlyList<OrderedItem>)>> DaysAsync(
        CancellationToken cancellation)
    {
        if (request.Refunds is null == request.From is null)
            throw new InvalidRequestException("refunds",
                "or from is needed, but not both: name the refunds, or their first day");
        var day = request.Date is { } date ? Checked(date) : Earliest;
        var items = new List<OrderedItem>();
        foreach (var refund in await FindAsync(cancellation).ConfigureAwait(false))
        {
            if (await ItemOfAsync(refund, cancellation).ConfigureAwait(false) is { } item)
                items.Add(item);
        }
        return items.Count == 0 ? [] : [(day, items)];
    }

    private async Task<List<Owed>> FindAsync(CancellationToken cancellation)
    {
        var found = new List<Owed>();
        if (request.Refunds is { } named)
        {
            var ids = named.Select(id => Texts.Given("refunds", id)).Distinct().ToList();
            found.AddRange(await Reader.ReadAsync(() => ids.ConvertAll(id =>
                Book.FindRefund(Encoding.UTF8.GetBytes(id)) is var at and >= 0
                    && at < Book.Refunds.DurableCount ? Of(at)
                    : throw Parse.Fault("refunds", id, "is not the id of a refund")), cancellation)
                .ConfigureAwait(false));
            return found;
        }
        var count = await Reader.ReadAsync(() => Book.Refunds.DurableCount, cancellation)
            .ConfigureAwait(false);
        await Reader.ReadSlicesAsync(0, count, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                Reader.Work.Add();
                var row = Book.Refunds.Durable(i);
                if (row.Order == 0 && row.Date >= request.From!.Value.DayNumber) found.Add(Of(i));
            }
            return true;
        }, cancellation).ConfigureAwait(false);
        return found;
    }

    private Owed Of(int refund)
    {
        var row = Book.Refunds.Durable(refund);
        ref readonly var account = ref Book.Accounts[row.Account];
        return new Owed(Book.RefundName(refund), row, Book.Assets[account.Asset].Code,
            Book.CustomerName(account.Customer), Book.Customers.Durable(account.Customer).Profile);
    }

    private async Task<OrderedItem?> ItemOfAsync(Owed owed, CancellationToken cancellation)
    {
        if (owed.Row.Order > 0)
        {
            return Left(owed, "already_ordered", "an order pays it already");
        }
        if (owed.Asset != SepaOrderKind.Currency)
            return Left(owed, "not_in_euro", $"is in {owed.Asset}; SEPA pays in EUR only");
        if (owed.Row.Amount > AmountMax)
            return Left(owed, "amount_too_large", "is more than SEPA can pay at once");
        // Money of another account, such as a till, was given back there.
        if (request.Refunds is null)
        {
            var entry = await Reader.ReadEntryAsync(owed.Row.Location, cancellation)
                .ConfigureAwait(false);
            if (!entry.Batch.Bytes(entry.Batch.Postings(entry.Entry)[0].To)
                .SequenceEqual("@world"u8))
                return null;
        }
        var party = await PartyAsync(owed.Profile, cancellation).ConfigureAwait(false);
        if (party is null) return Left(owed, "erased", "its customer's name was erased");
        if (Fault(party) is { } fault)
            return Left(owed, "account_not_reached", $"{party.Iban ?? "its customer"} {fault}");
        return new OrderedItem(
            Encoding.UTF8.GetBytes(owed.Id), owed.Row.Amount, owed.Profile, "");
    }

    private OrderedItem? Left(Owed owed, string code, string reason)
    {
        Skip(owed.Id, owed.Customer, code, reason);
        return null;
    }

    private sealed record Owed(
        string Id, RefundRow Row, string Asset, string Customer, BlockHash Profile);
}
