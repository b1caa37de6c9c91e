using Settle.Billing;

namespace Settle.Journals;

/// <summary>
/// How journals keep the books. A ledger without billing counts what comes in to an account and
/// goes out. With billing, the books are those of the company: what it has and what it is owed is
/// above zero, what it owes and earns below, as hledger and beancount expect.
/// </summary>
internal sealed class JournalBooks
{
    private readonly Dictionary<string, AccountGroup> _groups = new(StringComparer.Ordinal);
    private readonly UnlimitedAccounts? _unlimited;
    private readonly Dictionary<(EntryPosition, string, string), Int128> _prepaid;

    /// <param name="unlimited">The accounts that may be overdrawn without limit.</param>
    /// <param name="prepaid">
    /// By how much an entry changed what a customer has paid too much, by the account of what the
    /// customer owes and the asset; minor units.
    /// </param>
    public JournalBooks(UnlimitedAccounts unlimited,
        Dictionary<(EntryPosition, string, string), Int128> prepaid) =>
        (_unlimited, _prepaid) = (unlimited, prepaid);

    private JournalBooks() => _prepaid = [];

    /// <summary>Those of a ledger without billing.</summary>
    public static JournalBooks OfWallets { get; } = new();

    /// <summary>Whether they are those of a company.</summary>
    public bool HasBilling => _unlimited is not null;

    /// <summary>Reads the books of a ledger, up to the newest block that is known.</summary>
    public static async Task<JournalBooks> ReadAsync(ILedger ledger, LedgerInfo info,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if ((await ledger.Billing.ListCustomersAsync(new PageQuery { Limit = 1 }, cancellation)
                .ConfigureAwait(false)).Items.Count == 0
            && await ledger.Billing.GetSellerAsync(cancellation).ConfigureAwait(false) is null)
            return OfWallets;
        var reader = new BooksReader();
        await ChainExport.RunAsync(ledger, info, reader, default, progress, cancellation)
            .ConfigureAwait(false);
        return reader.Books;
    }

    /// <summary>The lines of an entry that moved money.</summary>
    public IReadOnlyList<BookPosting> Postings(JournalEntry entry)
    {
        var lines = new List<BookPosting>();
        if (!HasBilling)
        {
            foreach (var posting in entry.Postings)
            {
                lines.Add(new(AccountGroup.Wallet, posting.From, -posting.Amount));
                lines.Add(new(AccountGroup.Wallet, posting.To, posting.Amount));
            }
            return lines;
        }
        foreach (var (account, amount) in Sums(entry))
        {
            var (group, rest) = (GroupOf(account), amount);
            if (_prepaid.TryGetValue((entry.Position, account, amount.Asset!), out var change))
            {
                var part = Money.OfMinor(-change, amount.Asset!, amount.Scale);
                lines.Add(new(AccountGroup.Prepayments, account, part));
                rest -= part;
                if (rest.IsZero) continue;
            }
            lines.Add(new(group, account, rest));
        }
        return lines;
    }

    /// <summary>
    /// What an entry takes from each account, in each asset: to a company, what went out of a
    /// wallet is money that it owes no longer.
    /// </summary>
    public static List<(string Account, Money Amount)> Sums(JournalEntry entry)
    {
        var sums = new List<(string Account, Money Amount)>();
        foreach (var posting in entry.Postings)
        {
            Add(posting.From, posting.Amount);
            Add(posting.To, -posting.Amount);
        }
        return sums;

        void Add(string account, Money amount)
        {
            var at = sums.FindIndex(
                sum => sum.Account == account && sum.Amount.Asset == amount.Asset);
            if (at < 0) sums.Add((account, amount));
            else sums[at] = (account, sums[at].Amount + amount);
        }
    }

    private AccountGroup GroupOf(string account)
    {
        if (_groups.TryGetValue(account, out var group)) return group;
        var name = Encoding.UTF8.GetBytes(account);
        group = account == Book.World ? AccountGroup.Bank
            : BillingAccounts.CustomerOf(account) is not null ? AccountGroup.Receivable
            : !BillingAccounts.IsOne(name)
                ? _unlimited!.Contains(account) ? AccountGroup.OwnAsset : AccountGroup.OwnLiability
            : name.AsSpan().SequenceEqual(BillingAccounts.OpeningBalances) ? AccountGroup.Equity
            : name.AsSpan().SequenceEqual(BillingAccounts.WriteOffs) ? AccountGroup.Expenses
            : name.AsSpan().SequenceEqual(BillingAccounts.Revenue)
                || name.AsSpan().SequenceEqual(BillingAccounts.Rounding)
                || name.AsSpan().SequenceEqual(BillingAccounts.ReminderFees)
                ? AccountGroup.Income
            : BillingAccounts.IsOfDeposits(name) ? AccountGroup.Deposits
            : AccountGroup.Tax;
        _groups.Add(account, group);
        return group;
    }
}
