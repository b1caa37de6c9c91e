using Settle.Tests.Server;
using Xunit;

namespace Settle.Tests.Billing;

/// <summary>A mistyped year does not put money where nobody looks for decades.</summary>
public sealed class FarDateTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    // Further ahead than any zone's today.
    private static readonly DateOnly Far = Today.AddYears(2).AddDays(2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_dated_more_than_two_years_ahead_is_refused_and_moves_nothing(bool isServer)
    {
        await using var server = isServer ? await RunningServer.StartAsync() : null;
        await using var ledger = server?.Client() ?? Settle.Ledger.InMemory();
        await BillingServerFixture.InvoiceAsync(ledger, ("dave", 10000));
        var billing = ledger.Billing;
        await billing.PayAsync(new PaymentRequest { Id = "p", Customer = "dave", Amount = Minor(5000) });
        foreach (var far in new[] { Far, new DateOnly(2062, 11, 3) })
        {
            await RefuseAsync(far, () => billing.PayAsync(
                new PaymentRequest { Customer = "dave", Amount = Minor(10), Date = far }));
            await RefuseAsync(far, () => billing.PayAsync(new PaymentRequest
            {
                Invoice = "2026-000001", Amount = Minor(10), Date = far, WriteOff = true,
            }));
            await RefuseAsync(far, () => billing.RefundAsync(
                new RefundRequest { Customer = "dave", Payment = "p", Amount = Minor(10), Date = far }));
            await RefuseAsync(far, () => billing.ChargebackAsync(new ChargebackRequest { Payment = "p", Date = far }));
            await RefuseAsync(far, () => billing.CreditAsync(
                new CreditRequest { Invoice = "2026-000001", Date = far }));
            await RefuseAsync(far, () => billing.InvoiceAsync(
                new InvoiceRunRequest { Through = new DateOnly(2026, 10, 31), Date = far }));
        }
        var invoice = await billing.GetInvoiceAsync("2026-000001");
        Assert.Equal(Money.OfMinor(6900, "EUR"), invoice!.Open);

        var near = await billing.PayAsync(
            new PaymentRequest { Customer = "dave", Amount = Minor(10), Date = Today.AddYears(1) });
        Assert.Equal(Today.AddYears(1), near.Date);
    }

    private static async Task RefuseAsync(DateOnly far, Func<Task> ask)
    {
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(ask);
        Assert.Equal("date", fault.Field);
        Assert.Contains($"'{far:yyyy-MM-dd}' is more than 2 years ahead", fault.Message, StringComparison.Ordinal);
    }
}
