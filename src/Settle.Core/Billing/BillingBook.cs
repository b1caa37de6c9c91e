namespace Settle.Billing;

/// <summary>
/// The state of billing: customers, open charges, invoices and what is paid of them. A part of the
/// fold, like <see cref="Book"/>: it applies what was decided.
/// </summary>
internal sealed partial class BillingBook(AssetTable assets)
{
    private readonly NameTable _customerNames = new();
    private readonly NameTable _subscriptionNames = new();
    private readonly NameTable _runNames = new();

    // Numbers of invoices that were made elsewhere and of fees, and which invoice each one is.
    private readonly NameTable _oldNumbers = new();
    private readonly List<int> _openings = [];

    private readonly NameTable _takenBackNames = new();
    private readonly NameTable _reminderNames = new();
    private readonly List<SellerState> _sellers = [];
    private readonly List<string> _zones = [];
    private readonly List<DiscountTerms> _discounts = [DiscountTerms.None];
    private readonly List<Frame> _frames = [];

    /// <summary>The assets of the ledger.</summary>
    public AssetTable Assets => assets;

    public VersionedTable<CustomerState> Customers { get; } = new();

    public VersionedTable<AccountRow> Accounts { get; } = new();

    public VersionedTable<InvoiceRow> Invoices { get; } = new();

    public VersionedTable<TaxSum> Taxes { get; } = new();

    public VersionedTable<SubscriptionRow> Subscriptions { get; } = new();

    public VersionedTable<RunRow> Runs { get; } = new();

    public VersionedTable<TakenBack> TakenBack { get; } = new();

    /// <summary>In the order of the chain.</summary>
    public VersionedTable<ReminderRow> Reminders { get; } = new();

    public OpenCharges Charges { get; } = new();

    public NumberSeries Series { get; } = new();

    /// <summary>Who sends the invoices; null when nobody was set.</summary>
    public SellerState? Seller => _sellers.Count > 0 ? _sellers[^1] : null;

    /// <summary>Whether there is anybody to bill, or to bill for.</summary>
    public bool IsUsed => _sellers.Count > 0 || Customers.Count > 0;

    public SellerState? DurableSeller
    {
        get
        {
            var count = _frames.Count > 0 ? _frames[0].Sellers : _sellers.Count;
            return count > 0 ? _sellers[count - 1] : null;
        }
    }

    /// <summary>The newest block that readers may see; all when none is open.</summary>
    public long DurableHeight => _frames.Count > 0 ? _frames[0].Height - 1 : long.MaxValue;

    public int FindCustomer(ReadOnlySpan<byte> name) => _customerNames.Find(name);

    public string CustomerName(int customer) => _customerNames.Text(customer);

    public ReadOnlySpan<byte> CustomerNameBytes(int customer) => _customerNames[customer];

    public string Zone(int zone) => _zones[zone];

    /// <summary>Cash discounts by their number.</summary>
    public DiscountTerms Discounts(int number) => _discounts[number];

    public int FindSubscription(ReadOnlySpan<byte> name) => _subscriptionNames.Find(name);

    public string SubscriptionName(int subscription) => _subscriptionNames.Text(subscription);

    public string RunName(int run) => _runNames.Text(run);

    public int FindRun(ReadOnlySpan<byte> name) => _runNames.Find(name);

    /// <summary>A reminder by its number; -1 for none.</summary>
    public int FindReminder(ReadOnlySpan<byte> number) => _reminderNames.Find(number);

    /// <summary>The number of a reminder.</summary>
    public string ReminderName(int reminder) => _reminderNames.Text(reminder);

    public ReadOnlySpan<byte> SubscriptionNameBytes(int subscription) =>
        _subscriptionNames[subscription];

    /// <summary>A customer's account in an asset; -1 for none.</summary>
    public int FindAccount(int customer, int asset)
    {
        var account = Customers[customer].FirstAccount;
        while (account >= 0 && Accounts[account].Asset != asset) account = Accounts[account].Next;
        return account;
    }

    /// <summary>The invoice or credit note that has a number; -1 for none.</summary>
    public int FindInvoice(ReadOnlySpan<byte> number) =>
        Series.Find(number) is var made and >= 0 ? made
        : _oldNumbers.Find(number) is var old and >= 0 ? _openings[old] : -1;

    /// <summary>The number that comes next in a series.</summary>
    public string NextNumber(string series) => NumberSeries.Format(series, NextOf(series));

    /// <summary>The same, as its place.</summary>
    public int NextOf(string series) =>
        Series.NextOf(series) is > 0 and var next ? next : FirstOf(series, Seller);

    /// <summary>
    /// Where a series begins: where the seller says, and above every old number of it.
    /// </summary>
    public int FirstOf(string series, SellerState? seller) =>
        int.Max(seller?.FirstOf(series) ?? 1, LastOldOf(series) + 1);

    /// <summary>
    /// Whether an invoice or a quote has a number, or a series is to give it. Older rules knew
    /// nothing of quotes.
    /// </summary>
    public bool IsTaken(ReadOnlySpan<byte> number, SellerState seller, Func<byte, bool> follows)
    {
        if (FindInvoice(number) >= 0) return true;
        if (!NumberSeries.TrySplit(Encoding.UTF8.GetString(number), out var series, out var at))
            return false;
        var first = Series.FirstOf(series);
        if (first > 0 ? at >= first
            : SellerState.Gives(seller.Series, series) && at >= seller.FirstOf(series)) return true;
        var quotes = QuoteSeries.FirstOf(series);
        return (quotes > 0 ? at >= quotes : SellerState.GivesQuotes(seller.Series, series)
            && at >= seller.FirstOf(series)) && follows(13);
    }

    /// <summary>Whether a series can begin with a number, or has begun with it.</summary>
    public bool CanBegin(string series, int first) => CanBegin(Series, series, first);

    private bool CanBegin(NumberSeries all, string series, int first) =>
        all.FirstOf(series) is var known
        && (known == 0 ? first > LastOldOf(series) : known == first);

    public string NumberOf(in InvoiceRow invoice) =>
        invoice.IsOurs ? Series.Format(invoice.Series, invoice.Sequence)
            : _oldNumbers.Text(invoice.Sequence);

    /// <summary>The numbers of the credit notes of an invoice, if there are any.</summary>
    public List<string> CreditNotesOf(ReadOnlySpan<byte> invoice)
    {
        var notes = new List<string>();
        if (FindInvoice(invoice) is not (var number and >= 0) || Invoices[number].IsCreditNote)
            return notes;
        for (var at = Invoices[number].LastCredit; at >= 0; at = Invoices[at].LastCredit)
            notes.Add(NumberOf(Invoices[at]));
        return notes;
    }

    /// <summary>What was taken back of a payment so far.</summary>
    public TakenBack TakenBackOf(ReadOnlySpan<byte> payment) =>
        FindTakenBack(payment) is var number and >= 0 ? TakenBack[number] : default;

    /// <summary>
    /// The number of a payment among those that something was taken back of; -1 for none.
    /// </summary>
    public int FindTakenBack(ReadOnlySpan<byte> payment) => _takenBackNames.Find(payment);

    /// <summary>
    /// The charges that an invoice up to a day bills: by date, then in the order of the chain; no
    /// more than one invoice holds. What is out of scope of VAT can be left out, or all else.
    /// </summary>
    public void Pick(int account, int through, List<int> picked, bool hasInScope = true,
        bool hasOthers = true, bool? isDeposit = null)
    {
        picked.Clear();
        var (isSorted, last) = (true, 0);
        for (var at = Charges.FirstOf(account); at >= 0; at = Charges[at].Next)
        {
            ref readonly var charge = ref Charges[at];
            if (charge.BilledAt != 0 || charge.Date > through) continue;
            if (charge.IsNothing || charge.IsDeposit == !isDeposit) continue;
            var isOther = charge.Tax.Category == TaxCategory.OutOfScope;
            if (isOther ? !hasOthers : !hasInScope) continue;
            isSorted &= charge.Date >= last;
            last = charge.Date;
            picked.Add(at);
        }
        if (!isSorted) SortByDate(picked);
        var bytes = 0;
        for (var i = 0; i < picked.Count; i++)
        {
            // An id is printable: at worst, each of its characters is escaped.
            bytes += (Charges[picked[i]].IdLength * 2) + 3;
            if (i < Limits.InvoiceChargesMax && bytes <= Limits.InvoiceIdBytesMax) continue;
            picked.RemoveRange(i, picked.Count - i);
        }
    }

    /// <summary>An open charge of an account by its id; -1 for none.</summary>
    public int FindOpen(int account, ReadOnlySpan<byte> id)
    {
        for (var at = Charges.FirstOf(account); at >= 0; at = Charges[at].Next)
            if (Charges[at].BilledAt == 0 && Charges.IdOf(at).SequenceEqual(id)) return at;
        return -1;
    }

    /// <summary>The open charges of an account as of the newest durable block.</summary>
    public List<int> OpenNow(int account)
    {
        var open = new List<int>();
        for (var at = Charges.FirstOf(account); at >= 0; at = Charges[at].Next)
            if (IsOpenNow(at)) open.Add(at);
        return open;
    }

    /// <summary>Whether a charge is open as of the newest durable block.</summary>
    /// <param name="at">Its row.</param>
    public bool IsOpenNow(int at)
    {
        ref readonly var charge = ref Charges[at];
        return charge.Location.Height <= DurableHeight && !charge.IsNothing
            && (charge.BilledAt == 0 || charge.BilledAt > DurableHeight);
    }

    /// <summary>
    /// The open charges that may be a subscription's: their ids begin as those of its periods do.
    /// </summary>
    public IEnumerable<int> OpenPeriodsOf(int subscription)
    {
        byte[] prefix = [.. SubscriptionNameBytes(subscription), (byte)':'];
        var row = Subscriptions[subscription];
        var account = FindAccount(row.Customer, row.Asset);
        for (var at = account < 0 ? -1 : Charges.FirstOf(account); at >= 0; at = Charges[at].Next)
            if (Charges[at].BilledAt == 0 && Charges.IdOf(at).StartsWith(prefix)) yield return at;
    }

    /// <summary>Begins a block; with <paramref name="isOpen"/> it can be taken back.</summary>
    public void BeginBlock(long height, bool isOpen)
    {
        if (!isOpen) return;
        _frames.Add(new Frame(
            height, _sellers.Count, _customerNames.Count, _subscriptionNames.Count,
            _zones.Count, _discounts.Count, _runNames.Count,
            _takenBackNames.Count, _openings.Count,
            _reminderNames.Count));
        BeginOrders();
        BeginQuotes();
        Customers.Begin();
        Accounts.Begin();
        Invoices.Begin();
        Taxes.Begin();
        Subscriptions.Begin();
        Runs.Begin();
        TakenBack.Begin();
        Reminders.Begin();
        ChargedDays.Begin();
        Prices.Begin();
        Charges.Begin();
    }

    /// <summary>Takes back the newest block.</summary>
    public void Undo()
    {
        var frame = _frames[^1];
        _frames.RemoveAt(_frames.Count - 1);
        Charges.Undo();
        var invoices = Invoices.Count;
        for (; invoices > Invoices.CountBefore; invoices--)
        {
            if (Invoices[invoices - 1].IsOurs)
                Series.RemoveLast(Invoices[invoices - 1].Series);
        }
        Invoices.Undo();
        Taxes.Undo();
        Accounts.Undo();
        Customers.Undo();
        Subscriptions.Undo();
        Runs.Undo();
        TakenBack.Undo();
        UndoOrders();
        UndoQuotes();
        Reminders.Undo();
        ChargedDays.Undo();
        Prices.Undo();
        _customerNames.Truncate(frame.Customers);
        _subscriptionNames.Truncate(frame.Subscriptions);
        _runNames.Truncate(frame.Runs);
        _takenBackNames.Truncate(frame.TakenBack);
        _reminderNames.Truncate(frame.Reminders);
        _oldNumbers.Truncate(frame.Openings);
        _openings.RemoveRange(frame.Openings, _openings.Count - frame.Openings);
        _sellers.RemoveRange(frame.Sellers, _sellers.Count - frame.Sellers);
        _zones.RemoveRange(frame.Zones, _zones.Count - frame.Zones);
        _discounts.RemoveRange(frame.Discounts, _discounts.Count - frame.Discounts);
    }

    /// <summary>The oldest open block is durable.</summary>
    public void Commit()
    {
        _frames.RemoveAt(0);
        Customers.Commit();
        Accounts.Commit();
        Invoices.Commit();
        Taxes.Commit();
        Subscriptions.Commit();
        Runs.Commit();
        TakenBack.Commit();
        CommitOrders();
        CommitQuotes();
        Reminders.Commit();
        ChargedDays.Commit();
        Prices.Commit();
        Charges.Commit();
    }

    // Asked only for a series that has given no number.
    private int LastOldOf(string series)
    {
        var last = 0;
        for (var i = 0; i < _openings.Count; i++)
        {
            if (NumberSeries.TrySplit(_oldNumbers.Text(i), out var text, out var at)
                && text == series)
                last = int.Max(last, at);
        }
        return last;
    }

    // The order of charges of one day must not change, so the place decides last.
    private void SortByDate(List<int> picked)
    {
        var keys = new ulong[picked.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = ((ulong)Charges[picked[i]].Date << 32) | (uint)i;
        Array.Sort(keys);
        var unsorted = picked.ToArray();
        for (var i = 0; i < keys.Length; i++) picked[i] = unsorted[(int)(uint)keys[i]];
    }

    private readonly record struct Frame(
        long Height, int Sellers, int Customers, int Subscriptions, int Zones, int Discounts,
        int Runs, int TakenBack, int Openings, int Reminders);
}
