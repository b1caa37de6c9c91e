namespace Settle.Simulation;

/// <summary>
/// What runs and readers were told of invoices, and the invoices' documents, against the chain.
/// </summary>
internal sealed partial class BillingPromises(
    Record record, Auditor auditor, DurableSideDocuments shelf)
{
    private readonly BillingBooks _books = auditor.Billing;
    private readonly Dictionary<string, AuditedEntry> _numbered =
        auditor.Billing.Numbered.ToDictionary(entry => entry.Bill!["number"]);

    private readonly HashSet<string> _toldAsNew = [];

    public Violation? Audit() => AuditOrigins() ?? AuditRuns() ?? AuditOrders() ?? AuditReminders()
        ?? AuditTold()
        ?? AuditLooks() ?? AuditSideDocuments() ?? AuditLast();

    private Violation? AuditOrigins()
    {
        foreach (var entry in auditor.Books.Decided.Values)
        {
            if (entry.Type != "invoice") continue;
            var bill = entry.Bill!;
            var isWanted = record.Wanted.TryGetValue(RunOf(entry), out var wanted)
                && wanted.Exists(wish => wish is { Kind: WishKind.Run, Bill: { } run }
                    && AuditedBill.Text(run.Through) == bill["through"] && !run.IsDryRun
                    && (run.Customer.Length == 0 || run.Customer == bill.Customer)
                    && (IsLaterPart(entry) ? bill.Settles.Count == 0
                        : run.Settles.SequenceEqual(bill.Settles))
                    && (run.Date is null ? bill.Has("date_default")
                        : AuditedBill.Text(run.Date) == bill.Date));
            if (!isWanted) return new("origin", $"no run asked for {entry.Id} as it is recorded");
        }
        return null;
    }

    // Only what a run bills first settles deposits.
    private static bool IsLaterPart(AuditedEntry invoice) => char.IsAsciiDigit(invoice.Id[^1]);

    private Violation? AuditRuns()
    {
        foreach (var call in record.Calls)
        {
            if (call.Wishes[0].Kind != WishKind.Run) continue;
            if (call.Replies is not [{ Kind: ReplyKind.Run } reply]) continue;
            if (AuditRun(call, call.Wishes[0], reply) is { } fault) return fault;
        }
        return AuditUndecided();
    }

    private Violation? AuditRun(Call call, Wish wish, Reply reply)
    {
        if (reply.Reason == "id_reused")
        {
            return EntriesOf(wish.Id).Any(entry => entry.Bill!["through"]
                != AuditedBill.Text(wish.Bill!.Through)
                || (wish.Bill.Date is { } date && AuditedBill.Text(date) != entry.Bill.Date)
                || (!IsLaterPart(entry) && !wish.Bill.Settles.SequenceEqual(entry.Bill.Settles)))
                // A run that made nothing has its id all the same.
                || record.Wanted[wish.Id].Exists(known => known != wish && !known.Bill!.IsDryRun)
                ? null : new("id_reused", $"{call.Machine} refused {wish}, which is new");
        }
        if (reply.Reason.Length > 0)
        {
            var isFounded = auditor.Books.Decided.Values.Any(entry => entry.Status == "successful"
                && entry.Height <= call.HeightBefore && (reply.Reason == "seller_missing"
                    ? entry.Type == "seller"
                    : entry.Type == "customer" && entry.Bill!.Customer == wish.Bill!.Customer));
            return isFounded
                ? new("run", $"{call.Machine} said {reply.Reason} of {wish}") : null;
        }
        var run = reply.Run!;
        if (wish.Bill!.IsDryRun)
        {
            return EntriesOf(wish.Id).Any(entry => record.Wanted[wish.Id].TrueForAll(
                known => known.Bill!.IsDryRun))
                ? new("run", $"{wish.Id} was to try only, and made an invoice") : null;
        }
        foreach (var told in run.Invoices)
            if (AuditInvoice(call, wish, told) is { } fault) return fault;
        if (run.Charges != run.Invoices.Sum(told => (long)told.Charges))
            return new("run", $"{wish.Id} says {run.Charges} charges");
        return AuditParked(call, wish, run) ?? AuditComplete(call, wish, run);
    }

    private Violation? AuditInvoice(Call call, Wish wish, InvoiceSummary told)
    {
        if (!IsInChain(told) || RunOf(_numbered[told.Number]) != wish.Id)
        {
            return new("answer", $"{call.Machine} said of run {wish.Id}: {told.Number} of "
                + $"{told.Amount.Units} in block {told.Block}; the chain does not");
        }
        if (!told.Replayed && !_toldAsNew.Add(told.Number))
            return new("replayed", $"{told.Number} was made for the first time, twice");
        return !told.Replayed && told.Block <= call.HeightBefore
            ? new("real time", $"{told.Number} is older than the run that made it") : null;
    }

    private bool IsInChain(InvoiceSummary told) =>
        _numbered.TryGetValue(told.Number, out var entry) && entry.Bill is { } bill
        && entry.Type == told.Kind switch
        {
            InvoiceType.Invoice or InvoiceType.Deposit => "invoice",
            InvoiceType.Opening => "opening",
            InvoiceType.ReminderFee => "reminder",
            _ => "credit_note",
        }
        && entry.Height == told.Block
        && (told.Kind == InvoiceType.Deposit) == (entry.Type == "invoice" && bill.Has("deposit"))
        && long.Max(entry.Amount, bill.Number("gross")) == told.Amount.Units
        && (entry.Type is "opening" or "reminder" ? told.Net == told.Amount
            : bill.Number("net") == told.Net.Units)
        && bill.Number("tax") == told.Tax.Units
        && bill.Customer == told.Customer && bill.Charges.Count == told.Charges
        && AuditedBill.Text(told.Date) == bill.Date
        && told.Asset == (entry.Asset.Length == 0 ? auditor.DefaultAsset : entry.Asset);

    // Here everybody can be invoiced: a seller may only have taken a rate away.
    private static Violation? AuditParked(Call call, Wish wish, InvoiceRun run)
    {
        var parked = run.Parked.FirstOrDefault(parked => parked.Code != "unknown_tax_rate"
            && !(wish.Bill!.Settles.Count > 0
                && (IsOfDeposits(parked) || IsNotBilled(parked, run)))
            && !(parked.Code == "id_reused" && parked.Reason.Contains(':')));
        return parked is null ? null : new("parked",
            $"{call.Machine} parked {parked.Customer}: {parked.Code}, {parked.Reason}");
    }

    /// <summary>
    /// What was open before a run began is billed when it ends; what came later than an invoice of
    /// the same run, which was asked for again, is on the next one.
    /// </summary>
    private Violation? AuditComplete(Call call, Wish wish, InvoiceRun run)
    {
        var (through, made) = (AuditedBill.Text(wish.Bill!.Through),
            EntriesOf(wish.Id).Where(entry => entry.Status == "successful").ToList());
        foreach (var charge in _books.Charges.Values)
        {
            if (wish.Bill.Customer.Length > 0 && wish.Bill.Customer != charge.Customer) continue;
            foreach (var (from, to, date) in charge.Open)
            {
                if (string.CompareOrdinal(date, through) > 0) continue;
                if (from > call.HeightBefore || (to > 0 && to <= call.HeightAfter)) continue;
                var isLate = made.Exists(entry => entry.Height <= from
                    && (entry.Bill!.Customer, entry.Asset) == (charge.Customer, charge.Asset));
                if (isLate || IsParked(charge, run)) continue;
                return new("unbilled", $"{charge.Id} was open before run {wish.Id} "
                    + $"through {through} on {call.Machine}, and after it");
            }
        }
        var missing = made.Find(entry => entry.Height <= call.HeightBefore
            && (wish.Bill.Customer.Length == 0 || wish.Bill.Customer == entry.Bill!.Customer)
            && run.Invoices.All(told => told.Number != entry.Bill!["number"]));
        return missing is null ? null : new("run", $"{call.Machine} does not say that run "
            + $"{wish.Id} made {missing.Bill!["number"]} before");
    }

    // A client that hears that nothing was decided can rely on it.
    private Violation? AuditUndecided()
    {
        foreach (var calls in record.Calls.Where(call => call.Wishes[0].Kind == WishKind.Run)
            .GroupBy(call => call.Wishes[0].Id))
        {
            if (!calls.All(call => call.Replies is [{ Kind: ReplyKind.Undecided }])) continue;
            if (EntriesOf(calls.Key).FirstOrDefault() is { } entry)
                return new("undecided", $"all who sent run {calls.Key} heard that nothing was "
                    + $"decided, but block {entry.Height} has {entry.Id}");
        }
        return null;
    }

    // What was told of credit notes and payments beside the verdict.
    private Violation? AuditTold()
    {
        foreach (var call in record.Calls)
        {
            if (call.Replies is not [{ Kind: ReplyKind.Verdict, Reason: "" } reply]) continue;
            if (call.Wishes[0].Kind is not (WishKind.CreditNote or WishKind.Payment
                or WishKind.Refund or WishKind.Chargeback)) continue;
            var entry = auditor.Books.Decided[call.Wishes[0].Id];
            var bill = entry.Bill!;
            var recorded = entry.Type != "credit_note"
                ? string.Join(' ', bill.Allocations.Select(part => string.Create(
                    CultureInfo.InvariantCulture, $"{part.Number} {part.Amount}")))
                : string.Create(CultureInfo.InvariantCulture,
                    $"{bill["number"]} {bill.Number("net")} {bill.Number("tax")} {entry.Amount}");
            if (recorded != reply.Told)
                return new("answer", $"{call.Machine} said of {entry.Id}: {reply.Told}; block "
                    + $"{entry.Height} has {recorded}");
        }
        return null;
    }

    private Violation? AuditLooks()
    {
        foreach (var look in record.InvoiceLooks)
        {
            var count = look.Invoices.Count;
            if (_books.Numbered.Skip(count).Any(entry => entry.Height <= look.HeightMin))
                return new("reading", $"{look.Machine} showed {count} invoices, not all it knew");
            for (var i = 0; i < count; i++)
            {
                if (!IsInChain(look.Invoices[i])
                    || _books.Numbered[i].Bill!["number"] != look.Invoices[i].Number)
                {
                    return new("reading", $"{look.Machine} showed {look.Invoices[i].Number} of "
                        + $"{look.Invoices[i].Amount}, which is not so in the chain");
                }
            }
        }
        return null;
    }

    private Violation? AuditSideDocuments()
    {
        foreach (var entry in _books.Numbered.Where(entry => entry.Type == "invoice"))
        {
            if (InvoiceDocument.Fault(entry, shelf, auditor.DefaultAsset) is { } wrong)
                return new("side documents", $"the document of {entry.Bill!["number"]} {wrong}");
        }
        return null;
    }

    // Nothing fails any more, and a last run was made: all is billed.
    private Violation? AuditLast()
    {
        var last = AuditedBill.Text(BillingWishes.LastDay);
        var lastRuns = record.Calls.Where(call => call.Wishes[0].Id == BillingWishes.LastRun.Id)
            .SelectMany(call => call.Replies ?? []).Where(reply => reply.Run is not null).ToList();
        if (_books.Open.FirstOrDefault(charge => !charge.IsNothing
            && string.CompareOrdinal(charge.Date, last) <= 0
            && !lastRuns.Exists(reply => IsParked(charge, reply.Run!))) is { } open)
            return new("unbilled", $"{open.Id} of {open.Date} is on no invoice at the end");
        foreach (var (name, subscription) in _books.Subscriptions)
        {
            if (IsParked(subscription)) continue;
            if (subscription.FindMissing(BillingWishes.LastDay) is { } first)
                return new("unbilled", $"{name} was not charged from {first:yyyy-MM-dd}");
        }
        return null;
    }

    private bool IsParked(AuditedSubscription subscription) => record.Calls.Exists(call =>
        call.Wishes[0].Id == BillingWishes.LastRun.Id && call.Replies is [{ Run: { } run }]
        && run.Parked.Any(parked => parked.Code == "unknown_tax_rate"
            && parked.Customer == subscription.Bill.Customer));

    // Some charge of its customer has a rate that a seller had no more.
    private bool IsParked(AuditedCharge charge, InvoiceRun run) =>
        run.Parked.Any(parked => parked.Customer == charge.Customer && IsOfDeposits(parked)
            && parked.Asset == (charge.Asset.Length == 0 ? auditor.DefaultAsset : charge.Asset))
        || IsParkedForItsRate(charge, run);

    // It was to settle a deposit, and had nothing to bill.
    private static bool IsNotBilled(ParkedCustomer parked, InvoiceRun run) =>
        parked.Code == "nothing_to_invoice" && !run.Invoices.Any(invoice =>
            invoice.Customer == parked.Customer && invoice.Asset == parked.Asset);

    // What a run was to settle could not be: nothing of the customer was billed in that asset.
    private static bool IsOfDeposits(ParkedCustomer parked) =>
        parked.Code is "deposit_not_settleable" or "exceeds_invoice";

    private bool IsParkedForItsRate(AuditedCharge charge, InvoiceRun run) =>
        run.Parked.Any(parked => parked.Code == "unknown_tax_rate"
            && parked.Customer == charge.Customer)
        && _books.Charges.Values.Any(other => other.Customer == charge.Customer
            && other.Asset == charge.Asset && other.Term.Category == "S"
            && auditor.Books.Decided.Values.Any(entry => entry is { Type: "seller", Bill: { } set }
                && !set.TaxRates.Contains(other.Tax)));

    private IEnumerable<AuditedEntry> EntriesOf(string run) => auditor.Books.Decided.Values
        .Where(entry => entry.Type == "invoice" && RunOf(entry) == run);

    private static string RunOf(AuditedEntry invoice) => invoice.Id.Split(':')[0];
}
