using Settle.Billing;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>Which days a period has, whatever it is and wherever it is anchored.</summary>
public sealed class BillingPeriodTests
{
    [Theory]
    [InlineData(BillingInterval.Week, null, "2026-11-01", "2026-10-26", "2026-11-01")]
    [InlineData(BillingInterval.Week, "2026-10-07", "2026-10-06", "2026-09-30", "2026-10-06")]
    [InlineData(BillingInterval.Month, null, "2028-02-10", "2028-02-01", "2028-02-29")]
    [InlineData(BillingInterval.Month, "2026-01-31", "2028-02-29", "2028-02-29", "2028-03-30")]
    [InlineData(BillingInterval.Month, "2026-01-31", "2025-11-29", "2025-10-31", "2025-11-29")]
    [InlineData(BillingInterval.Quarter, null, "2026-12-31", "2026-10-01", "2026-12-31")]
    [InlineData(BillingInterval.Quarter, "2026-11-30", "2027-02-27", "2026-11-30", "2027-02-27")]
    [InlineData(BillingInterval.Year, null, "2026-01-01", "2026-01-01", "2026-12-31")]
    [InlineData(BillingInterval.Year, "2024-02-29", "2027-02-27", "2026-02-28", "2027-02-27")]
    [InlineData(BillingInterval.Year, "2024-02-29", "2028-02-28", "2027-02-28", "2028-02-28")]
    public void A_day_belongs_to_this_period(
        BillingInterval interval, string? anchor, string day, string first, string last)
    {
        var period = new BillingPeriod(interval, anchor is null ? 0 : Day(anchor));
        Assert.Equal((first, last), (Days.Text(period.FirstOf(Day(day))), Days.Text(period.LastOf(Day(day)))));
    }

    [Fact]
    public void Periods_follow_each_other_without_a_gap()
    {
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var interval = (BillingInterval)random.Next(1, 5);
            var period = new BillingPeriod(interval, i % 3 == 0 ? 0 : random.Next(Days.Min, Days.Max));
            var day = random.Next(Days.Min, Days.Max);
            var (first, last) = (period.FirstOf(day), period.LastOf(day));
            Assert.InRange(day, first, last);
            Assert.Equal((first, last), (period.FirstOf(first), period.LastOf(first)));
            Assert.Equal((first, last), (period.FirstOf(last), period.LastOf(last)));
            Assert.Equal(last + 1, period.FirstOf(last + 1));
            Assert.Equal(last - first + 1, period.DaysOf(day));
            if (period.Anchor > 0) Assert.Equal(period.Anchor, period.FirstOf(period.Anchor));
        }
    }

    private static int Day(string text) =>
        Days.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out var day) ? day : throw new FormatException(text);
}
