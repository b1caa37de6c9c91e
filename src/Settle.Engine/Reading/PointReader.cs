using Settle.Views;

namespace Settle.Reading;

/// <summary>
/// An account's balance at the ends of days, by value date. Each point is looked up in the index;
/// what says another day than its block's is read once for all points.
/// </summary>
internal sealed class PointReader(LedgerReader reader)
{
    public const int PointsMax = 400;

    private const int DaysIfUnset = 30;
    private const int MonthsIfUnset = 12;
    private const int SlicePoints = 16;

    public async Task<AccountPoints?> ReadAsync(
        string account, PointQuery query, CancellationToken cancellation)
    {
        var name = Encoding.UTF8.GetBytes(Texts.Given("account", account));
        var days = DaysOf(query);
        if (reader.State.Sites is { HasSites: true })
            SiteAccounts.CheckNow(AsOf.Now with { ValueDate = days[0] });
        var code = query.Asset ?? reader.DefaultAsset;
        var (number, asset) = await reader.ReadAsync(
            () => (reader.Accounts.Find(name), AssetOf(code)), cancellation).ConfigureAwait(false);
        if (number < 0 || !await ExistsAsync(number, cancellation).ConfigureAwait(false))
            return null;
        var balances = await BalancesAsync(number, asset, days, cancellation)
            .ConfigureAwait(false);
        return new AccountPoints
        {
            Account = account,
            Asset = code,
            By = query.By,
            Points = [.. days.Select((day, i) => new BalancePoint
            {
                Date = day, Balance = reader.Assets.Of(balances[i], code),
            })],
        };
    }

    /// <summary>Minor units that an account has at the ends of days, oldest first.</summary>
    /// <param name="number">The account.</param>
    /// <param name="asset">The asset; -1 for none.</param>
    /// <param name="days">The days in their order.</param>
    /// <param name="cancellation">Stops between two slices.</param>
    public async Task<Int128[]> BalancesAsync(
        int number, int asset, List<DateOnly> days, CancellationToken cancellation)
    {
        var (moments, balances) = (new List<Moment>(), new Int128[days.Count]);
        await reader.ReadSlicesAsync(0, days.Count, SlicePoints, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                moments.Add(reader.Accounts.MomentOf(AsOf.Now with { ValueDate = days[i] }));
                balances[i] = BalanceAt(number, asset, moments[i]);
            }
            return true;
        }, cancellation).ConfigureAwait(false);
        if (asset >= 0)
        {
            await new ValueDates(reader).MoveAsync(number, (ushort)asset, moments, balances,
                cancellation).ConfigureAwait(false);
        }
        return balances;
    }

    private Task<bool> ExistsAsync(int number, CancellationToken cancellation) =>
        reader.ReadAsync(() => reader.Accounts.Read(
            number, reader.Accounts.MomentOf(AsOf.Now)) is not null, cancellation);

    /// <summary>
    /// The number of an asset that is in use; -1 for a currency that is not yet. The caller holds
    /// the state's lock.
    /// </summary>
    /// <exception cref="InvalidRequestException">There is no such asset.</exception>
    public int AssetOf(string code)
    {
        var asset = reader.State.Book.Assets.Find(Encoding.UTF8.GetBytes(code));
        if (code.Length == 0 || (asset < 0 && reader.Assets.ScaleOf(code) is null))
            throw Parse.Fault("asset", code, "is not in use here; leave it out for the usual one");
        return asset < reader.State.Book.DurableAssetCount ? asset : -1;
    }

    private Int128 BalanceAt(int number, int asset, Moment moment)
    {
        var positions = new List<AccountPosition>();
        reader.Accounts.AddPositions(number, moment, positions);
        var at = positions.FindIndex(each => each.Value.Asset == asset);
        return at < 0 ? 0 : positions[at].Value.Balance;
    }

    private List<DateOnly> DaysOf(PointQuery query)
    {
        var by = Words<PointInterval>.Of("by", query.By);
        var isMonthly = by == Words<PointInterval>.Of(PointInterval.Month);
        var to = query.To ?? DateOnly.FromDateTime(ChainTime.ToTime(reader.Now).UtcDateTime);
        var from = query.From
            ?? (isMonthly ? to.AddMonths(-MonthsIfUnset) : to.AddDays(-DaysIfUnset));
        if (from > to) throw new InvalidRequestException("from", "must not be after to");
        var count = isMonthly ? ((to.Year - from.Year) * 12) + to.Month - from.Month + 1
            : to.DayNumber - from.DayNumber + 1;
        if (count > PointsMax)
        {
            throw new InvalidRequestException("from", string.Create(CultureInfo.InvariantCulture,
                $"gives {count} points up to {to:yyyy-MM-dd}, and {PointsMax} are the most; "
                + $"{(isMonthly ? "ask for fewer years" : "ask by month, or for fewer days")}"));
        }
        if (!isMonthly) return [.. Enumerable.Range(0, count).Select(from.AddDays)];
        var first = new DateOnly(from.Year, from.Month, 1);
        return [.. Enumerable.Range(0, count).Select(month => first.AddMonths(month)
            .AddDays(DateTime.DaysInMonth(first.AddMonths(month).Year,
                first.AddMonths(month).Month) - 1))
            .Select(day => day < to ? day : to)];
    }
}
