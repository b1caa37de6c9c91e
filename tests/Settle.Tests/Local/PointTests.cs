using Xunit;

namespace Settle.Tests.Local;

/// <summary>The points of a chart are the balances by value date of their days.</summary>
public sealed class PointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Points_are_what_balances_by_value_date_are(int seed)
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        var random = new Random(seed);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        for (var i = 0; i < 150; i++)
        {
            await ledger.TransferAsync(new TransferRequest
            {
                Id = $"t-{i}", From = random.Next(2) == 0 ? "a" : "@world", To = random.Next(2) == 0 ? "b" : "c",
                Amount = Money.Of(random.Next(1, 9), random.Next(5) == 0 ? "JPY" : "USD"),
                Timestamp = random.Next(3) == 0 ? null : new DateTimeOffset(
                    today.AddDays(random.Next(-100, 20)), new TimeOnly(12, 0), TimeSpan.FromHours(random.Next(-11, 12))),
            }, Stop).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        foreach (var account in new[] { "b", "@world" })
        foreach (var asset in new[] { "USD", "JPY" })
        foreach (var by in new[] { PointInterval.Day, PointInterval.Month })
        {
            var points = (await ledger.GetPointsAsync(account, new PointQuery
            {
                Asset = asset, By = by, From = today.AddDays(-110), To = today.AddDays(25),
            }, Stop))!;
            Assert.Equal(by == PointInterval.Day ? 136 : points.Points.Count, points.Points.Count);
            Assert.Equal(today.AddDays(25), points.Points[^1].Date);
            foreach (var point in points.Points)
            {
                var then = await ledger.GetAccountAsync(account, AsOf.Now with { ValueDate = point.Date }, Stop);
                Assert.Equal(then?.Balances.FirstOrDefault(each => each.Asset == asset)?.Balance.Value ?? 0, point.Balance.Value);
            }
        }
    }

    [Fact]
    public async Task Without_days_there_are_thirty_one_of_them_or_thirteen_months()
    {
        using var directory = new TemporaryDirectory();
        await using var ledger = await Settle.Ledger.OpenAsync(directory.File("bank.db"), cancellationToken: Stop);
        await ledger.TransferAsync("@world", "a", Money.Of(5), cancellationToken: Stop);
        Assert.Equal(31, (await ledger.GetPointsAsync("a", new PointQuery(), Stop))!.Points.Count);
        var months = (await ledger.GetPointsAsync("a", new PointQuery { By = PointInterval.Month }, Stop))!;
        Assert.Equal((13, 0m, 5m), (months.Points.Count, months.Points[0].Balance.Value, months.Points[^1].Balance.Value));
        Assert.Equal(0m, (await ledger.GetPointsAsync("a", new PointQuery { Asset = "CHF" }, Stop))!.Points[^1].Balance.Value);
    }
}
