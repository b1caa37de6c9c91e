using System.Runtime.InteropServices;
using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// What a run would make: the same charges in the same order, computed by the same function.
/// </summary>
internal sealed class DryRun(LedgerReader reader, RunPlan plan, List<RecurringCharge> recurring)
{
    /// <summary>What the run would warn of.</summary>
    public List<string> Warnings { get; } = [];

    private BillingBook Book => reader.State.Book.Billing;

    public async Task<List<InvoiceSummary>> MakeAsync(
        RunRules rules, List<ParkedCustomer> parked, CancellationToken cancellation)
    {
        var (series, sequence, drafts) = await reader.ReadAsync(() =>
        {
            var series = Book.DurableSeller!.SeriesOf(plan.Date.DayNumber, isCreditNote: false);
            return (series, DurableLastOf(series), Make(parked));
        }, cancellation).ConfigureAwait(false);
        var warning = await reader.ReadAsync(
            () => NumberOrder.Warning(Book, series, sequence + 1, plan.Date), cancellation)
            .ConfigureAwait(false);
        // A customer with an invoice that breaks a rule gets none at all.
        var failing = new HashSet<(string, string)>();
        foreach (var (invoice, draft) in drafts)
        {
            var fault = await rules.CheckAsync(invoice.Customer, invoice.Asset, draft, cancellation)
                .ConfigureAwait(false);
            if (fault is not null && failing.Add((invoice.Customer, invoice.Asset)))
                parked.Add(fault);
        }
        List<InvoiceSummary> made = [.. drafts.Select(each => each.Invoice)
            .Where(invoice => !failing.Contains((invoice.Customer, invoice.Asset)))
            .Select(invoice => invoice with
            {
                Number = NumberSeries.Format(series, ++sequence),
            })];
        if (made.Count > 0 && warning is not null) Warnings.Add(warning);
        return made;
    }

    private List<(InvoiceSummary Invoice, InvoiceDraft Draft)> Make(List<ParkedCustomer> parked)
    {
        var made = new List<(int Part, InvoiceSummary Invoice, InvoiceDraft Draft)>();
        foreach (var (customer, asset, items) in Accounts())
        {
            var place = Book.FindCustomer(Encoding.UTF8.GetBytes(customer));
            var state = Book.Customers.Durable(place);
            var account = Book.FindAccount(
                place, Book.Assets.Find(Encoding.UTF8.GetBytes(asset)));
            var settles = plan.SettledOf(Book, place, account);
            var number = 0;
            foreach (var (part, treatment) in Separate(items, state.TreatmentOrNone))
            {
                var sums = InvoiceMaker.Make(part, treatment);
                var isDeposit = part[0].IsDeposit;
                var deducted = 0L;
                var refusal = sums is null ? RefusalCode.AmountOutOfRange
                    : number > 0 ? RefusalCode.None
                    : Settle(place, account, isDeposit ? 0 : sums.Amount, out deducted);
                if (sums is null || refusal != RefusalCode.None)
                {
                    parked.Add(new ParkedCustomer
                    {
                        Customer = customer,
                        Asset = asset,
                        Code = refusal.Text(),
                        Reason = new DepositFaults(reader, plan).Reason(
                            refusal, settles, asset, isDeposit ? 0 : sums?.Amount ?? 0),
                    });
                    break;
                }
                if (!isDeposit && account >= 0 && DepositWatch.Warning(
                    Book, account, "", settles) is { } warning)
                    Warnings.Add(warning);
                made.Add((number++, new InvoiceSummary
                {
                    Kind = isDeposit ? InvoiceType.Deposit : InvoiceType.Invoice,
                    Number = "",
                    Customer = customer,
                    Date = plan.Date,
                    Due = plan.Date.AddDays(state.TermsDays),
                    Net = Of(sums.Net),
                    Tax = Of(sums.Tax),
                    Amount = Of(sums.Amount),
                    Open = Of(sums.Amount - deducted),
                    Status = InvoiceStatus.Open,
                    Charges = part.Length,
                    Block = 0,
                }, new InvoiceDraft(part, treatment, sums)));
            }

            Money Of(long minor) => reader.Assets.Of(minor, asset);
        }
        // Everybody's first invoice comes before anybody's second.
        return [.. made.OrderBy(each => each.Part).Select(each => (each.Invoice, each.Draft))];
    }

    // As the decision will find it, if nothing changes until then.
    private RefusalCode Settle(
        int customer, int account, long amount, out long deducted)
    {
        deducted = 0;
        if (plan.Request.Settles is not { Count: > 0 } numbers) return RefusalCode.None;
        if (Settlements.Of(Book, customer, account, plan.Date.DayNumber,
            [.. numbers.Select(Encoding.UTF8.GetBytes)], _ => true) is not { } deposits)
            return RefusalCode.DepositNotSettleable;
        deducted = deposits.Sum(deposit => deposit.Amount);
        return deducted <= amount ? RefusalCode.None : RefusalCode.ExceedsInvoice;
    }

    private int DurableLastOf(string series)
    {
        var first = Book.Series.FirstOf(series);
        var last = (first > 0 ? first : Book.FirstOf(series, Book.DurableSeller)) - 1;
        while (Book.Series.TryFind(series, last + 1) is var invoice and >= 0
            && invoice < Book.Invoices.DurableCount) last++;
        return last;
    }

    private List<(string Customer, string Asset, List<(int Date, int IdBytes, InvoiceItem Item)>)>
        Accounts()
    {
        var found = new List<(string, string, List<(int, int, InvoiceItem)>)>();
        var more = recurring.GroupBy(charge => (charge.Customer, charge.Asset))
            .ToDictionary(group => group.Key, group => group.ToList());
        for (var i = 0; i < Book.Accounts.DurableCount; i++)
        {
            var customer = Book.CustomerName(Book.Accounts[i].Customer);
            if (plan.Request.Customer is not null && customer != plan.Request.Customer) continue;
            var asset = reader.State.Book.Assets[Book.Accounts[i].Asset].Code;
            var items = Book.OpenNow(i).Where(at => Book.Charges[at].Date <= plan.Through)
                .Select(at => (Book.Charges[at].Date, (int)Book.Charges[at].IdLength,
                    Book.Charges[at].Item)).ToList();
            if (more.Remove((customer, asset), out var charges)) items.AddRange(Items(charges));
            if (items.Count > 0) found.Add((customer, asset, items));
        }
        foreach (var ((customer, asset), charges) in more)
            found.Add((customer, asset, [.. Items(charges)]));
        return found;
    }

    private static IEnumerable<(int, int, InvoiceItem)> Items(List<RecurringCharge> charges) =>
        charges.Select(charge => (charge.Part.LastDay,
            Encoding.UTF8.GetByteCount(charge.Id), charge.Item));

    private static IEnumerable<(InvoiceItem[] Items, TaxCategory? Treatment)> Separate(
        List<(int Date, int IdBytes, InvoiceItem Item)> items, TaxCategory? treatment) =>
        InvoiceMaker.Separate(items, treatment, each => each.Item).SelectMany(
            part => Split([.. part.Items]).Select(items => (items, part.Treatment)));

    private static IEnumerable<InvoiceItem[]> Split(
        List<(int Date, int IdBytes, InvoiceItem Item)> items)
    {
        var part = new List<InvoiceItem>();
        var bytes = 0;
        foreach (var (_, idBytes, item) in items.OrderBy(item => item.Date))
        {
            bytes += (idBytes * 2) + 3;
            if (part.Count == Limits.InvoiceChargesMax || bytes > Limits.InvoiceIdBytesMax)
            {
                yield return CollectionsMarshal.AsSpan(part).ToArray();
                part.Clear();
                bytes = (idBytes * 2) + 3;
            }
            part.Add(item);
        }
        if (part.Count > 0) yield return [.. part];
    }
}
