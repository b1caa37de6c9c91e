using Settle.Reading;

namespace Settle.Billing;

/// <summary>
/// A customer's statement: the movements of the account of what is owed, and how old the debt is.
/// </summary>
internal sealed class StatementMaker(LedgerReader reader, string customer, string zone)
{
    private readonly Dictionary<string, (DateOnly Due, Int128 Open)> _open =
        new(StringComparer.Ordinal);

    // What each deposit invoice came to, and which of them an invoice settles.
    private readonly Dictionary<string, Int128> _deposits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _settled = new(StringComparer.Ordinal);

    // What is owed beyond all invoices, by the day since when it is: an overpayment was given back,
    // and its payment taken back too.
    private readonly List<(DateOnly Since, Int128 Amount)> _beyond = [];
    private Int128 _owed;
    private ClockCorrections _clock = ClockCorrections.None;

    public async Task<Statement> MakeAsync(
        string asset, DateOnly? from, DateOnly to, CancellationToken cancellation)
    {
        _clock = await reader.ClockAsync(cancellation).ConfigureAwait(false);
        var found = await LinesAsync(asset, to, cancellation).ConfigureAwait(false);
        var opening = reader.Assets.Of(0, asset);
        var balance = opening;
        var lines = new List<StatementLine>();
        foreach (var line in found.OrderBy(line => line.Date))
        {
            balance += line.Amount;
            if (line.Date < from) opening = balance;
            else lines.Add(line with { Balance = balance });
        }
        return new Statement
        {
            Customer = customer,
            From = from,
            To = to,
            Opening = opening,
            Lines = lines,
            Closing = balance,
            Ageing = Age(asset, to, balance.Units),
        };
    }

    private async Task<List<StatementLine>> LinesAsync(
        string asset, DateOnly to, CancellationToken cancellation)
    {
        var number = await reader.ReadAsync(
            () => reader.State.Book.Assets.Find(Encoding.UTF8.GetBytes(asset)), cancellation)
            .ConfigureAwait(false);
        // Nothing is the default asset's name in the chain only.
        if (number < 0 || asset.Length == 0)
            throw Parse.Fault("asset", asset, "is not in use here; leave it out for the usual one");
        var rows = await reader.MovementsAsync(BillingAccounts.Receivable(customer),
            new EntryLocation(ulong.MaxValue), int.MaxValue,
            row => row.Kinds == MovementKinds.Booked && row.Asset == number, cancellation)
            .ConfigureAwait(false);
        var lines = new List<StatementLine>();
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            var before = i == rows.Count - 1 ? 0 : rows[i + 1].Value;
            lines.AddRange(await LinesAsync(rows[i].Location, asset,
                before - rows[i].Value, to, cancellation)
                .ConfigureAwait(false));
        }
        return lines;
    }

    private async Task<List<StatementLine>> LinesAsync(EntryLocation location, string asset,
        Int128 amount, DateOnly to, CancellationToken cancellation)
    {
        var block = await reader.Blocks.GetAsync(location.Height, cancellation)
            .ConfigureAwait(false);
        var found = BlockEntries.Read(block, location.Offset);
        var (batch, kind) = (found.Batch, found.Entry.Kind);
        var terms = kind.IsBilling() ? batch.Billing(found.Entry) : default;
        var date = kind.IsBilling() ? DateOnly.FromDayNumber(terms.Date)
            : Zones.DayOf(ChainTime.ToTime(_clock.Counted(
                location.Height, block.Header.Time)), zone);
        if (date > to) return [];
        var isNumbered = kind is EntryKind.Invoice or EntryKind.CreditNote or EntryKind.Opening
            or EntryKind.Reminder;
        Note(found, terms);
        NoteBeyond(date, amount);
        var line = new StatementLine
        {
            Date = date,
            Kind = terms.IsWriteOff ? StatementLineKind.WriteOff
                : kind == EntryKind.Invoice && terms.IsDeposit ? StatementLineKind.DepositInvoice
                : Words<StatementLineKind>.Parse(kind.Text()),
            Number = batch.Text(isNumbered ? terms.Number : found.Entry.Id),
            Due = kind is EntryKind.Invoice or EntryKind.Opening or EntryKind.Reminder
                ? DateOnly.FromDayNumber(terms.Due) : null,
            Amount = reader.Assets.Of(amount, asset),
            Balance = default,
        };
        // What was deducted has lines of its own, below the money's.
        var discounts = BillingJson.ReadDiscounted(batch.Bytes(terms.Discounted))
            .ConvertAll(discount => line with
            {
                Kind = kind == EntryKind.Payment ? StatementLineKind.CashDiscount
                    : StatementLineKind.CashDiscountLost,
                Number = Encoding.UTF8.GetString(discount.Invoice),
                Amount = reader.Assets.Of(
                    kind == EntryKind.Payment ? -discount.Amount : discount.Amount, asset),
            });
        discounts.AddRange(SettledDeposits(found, line, amount));
        foreach (var discount in discounts)
            line = line with { Amount = line.Amount - discount.Amount };
        return [line, .. discounts];
    }

    // What a settled deposit invoice came to is owed no longer, as the final invoice asks for it,
    // until all of that is credited.
    private IEnumerable<StatementLine> SettledDeposits(
        RecalledEntry found, StatementLine line, Int128 amount)
    {
        var (batch, entry, terms) =
            (found.Batch, found.Entry, found.Batch.Billing(found.Entry));
        var sign = -1;
        List<string> numbers = [];
        if (entry.Kind == EntryKind.Invoice && terms.IsDeposit)
        {
            _deposits[line.Number] = entry.Amount;
        }
        else if (entry.Kind == EntryKind.Invoice && !terms.Deposits.IsEmpty)
        {
            numbers = BillingJson.ReadDiscounted(batch.Bytes(terms.Deposits))
                .ConvertAll(deposit => Encoding.UTF8.GetString(deposit.Invoice));
            _settled[line.Number] = numbers;
        }
        else if (entry.Kind == EntryKind.CreditNote)
        {
            var credited = batch.Text(entry.Reference);
            if (_deposits.TryGetValue(credited, out var known))
                _deposits[credited] = known - entry.Amount;
            else if (amount + entry.Amount != 0)
                (sign, numbers) = (1, _settled.GetValueOrDefault(credited, []));
        }
        foreach (var number in numbers)
        {
            yield return line with
            {
                Kind = sign < 0 ? StatementLineKind.DepositSettled
                    : StatementLineKind.DepositReopened,
                Number = number,
                Due = null,
                Amount = reader.Assets.Of(sign * _deposits[number], line.Amount.Asset!),
            };
        }
    }

    private void Note(RecalledEntry found, BillingTerms terms)
    {
        var batch = found.Batch;
        switch (found.Entry.Kind)
        {
            case EntryKind.Invoice or EntryKind.Opening or EntryKind.Reminder:
                var settled = terms.IsDeposit ? 0
                    : BillingJson.ReadDiscounted(batch.Bytes(terms.Deposits))
                        .Sum(deposit => deposit.Amount);
                _open[batch.Text(terms.Number)] = (DateOnly.FromDayNumber(terms.Due),
                    found.Entry.Amount - terms.Paid - settled);
                break;
            case EntryKind.CreditNote:
                Pay(batch.Text(found.Entry.Reference), found.Entry.Amount);
                break;
            case EntryKind.Payment:
                foreach (var (number, amount) in BillingJson.ReadAllocations(
                    batch.Bytes(terms.Allocations)))
                    Pay(Encoding.UTF8.GetString(number), amount);
                foreach (var discount in BillingJson.ReadDiscounted(batch.Bytes(terms.Discounted)))
                    Pay(Encoding.UTF8.GetString(discount.Invoice), discount.Amount);
                break;
            case EntryKind.Refund or EntryKind.Chargeback:
                foreach (var (number, amount) in BillingJson.ReadAllocations(
                    batch.Bytes(terms.Allocations)))
                    Reopen(Encoding.UTF8.GetString(number), amount);
                foreach (var discount in BillingJson.ReadDiscounted(batch.Bytes(terms.Discounted)))
                    Reopen(Encoding.UTF8.GetString(discount.Invoice), discount.Amount);
                break;
            default:
                break;
        }
    }

    private void NoteBeyond(DateOnly date, Int128 amount)
    {
        _owed += amount;
        Int128 known = 0, open = 0;
        foreach (var (_, part) in _beyond) known += part;
        foreach (var (_, part) in _open.Values) open += part;
        var beyond = Int128.Max(0, _owed - open);
        if (beyond > known) _beyond.Add((date, beyond - known));
        // What is paid of it is of the oldest part.
        for (var paid = known - beyond; paid > 0;)
        {
            var (since, part) = _beyond[0];
            if (part > paid) _beyond[0] = (since, part - paid);
            else _beyond.RemoveAt(0);
            paid -= part;
        }
    }

    private void Reopen(string number, Int128 amount)
    {
        if (_open.TryGetValue(number, out var known))
            _open[number] = known with { Open = known.Open + amount };
    }

    // More than is open is the customer's again.
    private void Pay(string number, Int128 amount)
    {
        if (_open.TryGetValue(number, out var known))
            _open[number] = known with { Open = Int128.Max(0, known.Open - amount) };
    }

    // What is owed beyond open invoices is due at once; a credit is against the oldest of them.
    private Ageing Age(string asset, DateOnly to, Int128 owed)
    {
        Int128 sum = 0;
        foreach (var (_, open) in _open.Values) sum += open;
        var credit = Int128.Max(0, sum - Int128.Max(0, owed));
        var parts = new Int128[5];
        foreach (var (since, amount) in _beyond)
            parts[int.Max(1, PartOf(to.DayNumber - since.DayNumber))] += amount;
        foreach (var (due, open) in _open.Values.OrderBy(invoice => invoice.Due))
        {
            var used = Int128.Min(credit, open);
            credit -= used;
            parts[PartOf(to.DayNumber - due.DayNumber)] += open - used;
        }
        return new Ageing
        {
            Current = Part(0), Days30 = Part(1), Days60 = Part(2), Days90 = Part(3),
            Older = Part(4),
        };

        static int PartOf(int days) =>
            days <= 0 ? 0 : days <= 30 ? 1 : days <= 60 ? 2 : days <= 90 ? 3 : 4;

        Money Part(int at) => reader.Assets.Of(parts[at], asset);
    }
}
