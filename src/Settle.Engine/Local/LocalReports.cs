using Settle.Billing;
using Settle.Reading;

namespace Settle.Local;

/// <summary>
/// Reports on a ledger of this process. Those by days are differences of balances by value date, so
/// they agree with the balances themselves, and with the journals, to the last unit.
/// </summary>
internal sealed class LocalReports(
    LedgerReader reader, AccountLists accounts, TimeProvider clock) : IReports
{
    private const int GroupsMax = 1000;
    private const int MonthsMax = 360;
    private const string Others = "*";

    private static readonly string[] Income = ["revenue", "rounding", "reminder-fees"];
    private static readonly string[] Expenses = ["write-offs"];

    private readonly PointReader _points = new(reader);

    private BillingBook Billing => reader.State.Book.Billing;

    public async Task<TrialBalance> GetTrialBalanceAsync(DateOnly? on = null, string? asset = null,
        CancellationToken cancellationToken = default)
    {
        var (code, _) = await AssetAsync(asset, cancellationToken).ConfigureAwait(false);
        var isCompany = await reader.ReadAsync(() => Billing.IsUsed, cancellationToken)
            .ConfigureAwait(false);
        var groups = new Dictionary<string, (int Accounts, Int128 Debit, Int128 Credit)>(
            StringComparer.Ordinal);
        var query = new BalanceQuery
        {
            At = AsOf.Now with { ValueDate = on }, Limit = Pages.LimitMax,
        };
        do
        {
            var page = await accounts.ListBalancesAsync(query, cancellationToken)
                .ConfigureAwait(false);
            foreach (var balance in page.Items)
                if (balance.Asset == code) Add(balance.Account, balance.Amount.Units);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        var (debit, credit) = ((Int128)0, (Int128)0);
        foreach (var group in groups.Values)
            (debit, credit) = (debit + group.Debit, credit + group.Credit);
        return new TrialBalance
        {
            On = on, Rows = Rows(groups, code), Debit = Of(debit, code), Credit = Of(credit, code),
        };

        void Add(string account, Int128 balance)
        {
            if (balance == 0) return;
            var colon = account.IndexOf(':', StringComparison.Ordinal);
            var name = colon > 0 && !BillingAccounts.IsTax(account)
                ? $"{account[..colon]}:*" : account;
            var known = groups.GetValueOrDefault(name);
            var isDebit = balance > 0 != isCompany;
            groups[name] = (known.Accounts + 1,
                known.Debit + (isDebit ? Int128.Abs(balance) : 0),
                known.Credit + (isDebit ? 0 : Int128.Abs(balance)));
        }
    }

    public async Task<ProfitAndLoss> GetProfitAndLossAsync(DateOnly from, DateOnly to,
        string? asset = null, CancellationToken cancellationToken = default)
    {
        CheckDays(from, to);
        var (code, number) = await AssetAsync(asset, cancellationToken).ConfigureAwait(false);
        List<DateOnly> days = [from == DateOnly.MinValue ? from : from.AddDays(-1), to];
        var rows = new List<ProfitAndLossRow>();
        var (income, expenses) = ((Int128)0, (Int128)0);
        foreach (var name in Income.Concat(Expenses))
        {
            var balances = await BalancesAsync(name, number, days, cancellationToken)
                .ConfigureAwait(false);
            var change = balances[1] - (from == DateOnly.MinValue ? 0 : balances[0]);
            var isExpense = Expenses.Contains(name);
            if (change == 0) continue;
            if (isExpense) expenses -= change;
            else income += change;
            rows.Add(new ProfitAndLossRow
            {
                Account = name, Expense = isExpense,
                Amount = Of(isExpense ? -change : change, code),
            });
        }
        return new ProfitAndLoss
        {
            From = from, To = to, Rows = rows, Income = Of(income, code),
            Expenses = Of(expenses, code), Profit = Of(income - expenses, code),
        };
    }

    public Task<AgeingReport> GetAgeingAsync(
        string? asset = null, CancellationToken cancellationToken = default) =>
        AgeAsync(asset, cancellationToken);

    public async Task<VatReport> GetVatAsync(DateOnly from, DateOnly to, string? asset = null,
        CancellationToken cancellationToken = default)
    {
        CheckDays(from, to);
        var (code, number) = await AssetAsync(asset, cancellationToken).ConfigureAwait(false);
        var first = new DateOnly(from.Year, from.Month, 1);
        var count = ((to.Year - from.Year) * 12) + to.Month - from.Month + 1;
        if (count > MonthsMax)
        {
            throw new InvalidRequestException("from", string.Create(CultureInfo.InvariantCulture,
                $"gives {count} months, and {MonthsMax} are the most; ask for fewer years"));
        }
        // The end of the month before, and then of each.
        List<DateOnly> ends = [.. Enumerable.Range(0, count + 1).Select(month =>
            first.AddMonths(month) is var next && next > DateOnly.MinValue
                ? next.AddDays(-1) : next)];
        var rows = new List<VatRow>();
        Int128 sum = 0;
        foreach (var name in await accounts.NamesAsync("tax:", cancellationToken)
            .ConfigureAwait(false))
        {
            if (!BillingAccounts.IsTax(name)) continue;
            var parts = name.Split(':');
            var balances = await BalancesAsync(name, number, ends, cancellationToken)
                .ConfigureAwait(false);
            for (var month = 0; month < count; month++)
            {
                var tax = balances[month + 1] - balances[month];
                if (tax == 0) continue;
                sum += tax;
                rows.Add(new VatRow
                {
                    Month = first.AddMonths(month), Category = parts[1], Rate = parts[2],
                    Tax = Of(tax, code),
                });
            }
        }
        return new VatReport
        {
            Rows = [.. rows.OrderBy(row => row.Month).ThenBy(row => row.Category,
                StringComparer.Ordinal).ThenBy(row => row.Rate, StringComparer.Ordinal)],
            Tax = Of(sum, code),
        };
    }

    private Task<AgeingReport> AgeAsync(string? asset, CancellationToken cancellation) =>
        new AgeingMaker(reader, clock).MakeAsync(asset ?? reader.DefaultAsset, cancellation);

    private async Task<Int128[]> BalancesAsync(string account, int asset, List<DateOnly> days,
        CancellationToken cancellation)
    {
        var number = await reader.ReadAsync(
            () => reader.Accounts.Find(Encoding.UTF8.GetBytes(account)), cancellation)
            .ConfigureAwait(false);
        return number < 0 || asset < 0 ? new Int128[days.Count]
            : await _points.BalancesAsync(number, asset, days, cancellation).ConfigureAwait(false);
    }

    private List<TrialBalanceRow> Rows(
        Dictionary<string, (int Accounts, Int128 Debit, Int128 Credit)> groups, string code)
    {
        var rows = groups.OrderByDescending(group => group.Value.Debit + group.Value.Credit)
            .ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        var shown = rows.Take(GroupsMax).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Row(group.Key, group.Value)).ToList();
        if (rows.Count > GroupsMax)
        {
            shown.Add(Row(Others, rows.Skip(GroupsMax).Select(group => group.Value).Aggregate(
                (sum, each) => (sum.Accounts + each.Accounts, sum.Debit + each.Debit,
                    sum.Credit + each.Credit))));
        }
        return shown;

        TrialBalanceRow Row(string name, (int Accounts, Int128 Debit, Int128 Credit) sum) => new()
        {
            Account = name, Accounts = sum.Accounts, Debit = Of(sum.Debit, code),
            Credit = Of(sum.Credit, code),
        };
    }

    private async Task<(string Code, int Number)> AssetAsync(
        string? asset, CancellationToken cancellation)
    {
        var code = asset ?? reader.DefaultAsset;
        return (code, await reader.ReadAsync(() => _points.AssetOf(code), cancellation)
            .ConfigureAwait(false));
    }

    private static void CheckDays(DateOnly from, DateOnly to)
    {
        if (from > to) throw new InvalidRequestException("from", "must not be after to");
    }

    private Money Of(Int128 minor, string code) => reader.Assets.Of(minor, code);
}
