using Settle.Billing;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>The days on which banks make payments in euro.</summary>
public sealed class TargetDayTests
{
    // The European Central Bank's calendars of these years.
    [Theory]
    [InlineData("2024-03-29")]
    [InlineData("2024-04-01")]
    [InlineData("2025-04-18")]
    [InlineData("2025-04-21")]
    [InlineData("2026-04-03")]
    [InlineData("2026-04-06")]
    [InlineData("2027-03-26")]
    [InlineData("2027-03-29")]
    [InlineData("2038-04-26")]
    [InlineData("2026-01-01")]
    [InlineData("2026-05-01")]
    [InlineData("2026-12-25")]
    [InlineData("2028-12-26")]
    [InlineData("2026-11-14")]
    [InlineData("2026-11-15")]
    public void They_rest(string day) => Assert.False(TargetDays.Is(DateOnly.Parse(day, null)));

    [Theory]
    [InlineData("2026-05-14")]
    [InlineData("2026-10-03", "2026-10-05")]
    [InlineData("2026-12-24")]
    [InlineData("2026-12-25", "2026-12-28")]
    [InlineData("2026-04-03", "2026-04-07")]
    public void They_work_on_other_days(string day, string? next = null) => Assert.Equal(
        DateOnly.Parse(next ?? day, null), TargetDays.OnOrAfter(DateOnly.Parse(day, null)));
}
