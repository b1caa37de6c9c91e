using Settle.Views;
using Xunit;

namespace Settle.Tests.Local;

/// <content>What follows an invoice, and what ends: reminders, orders to a bank, money back.</content>
internal sealed partial class AskedAndRead
{
    private const string Payee = "eve";
    private const string Debtor = "fay";
    private const string Late = "gus";

    private int _reminded;

    // Each has a customer of its own, so that nothing stands in the way of anything else.
    private async Task OwersAsync()
    {
        foreach (var customer in (string[])[Payee, Debtor, Late])
        {
            await Billing.PutCustomerAsync(new CustomerRequest
            {
                Id = NewId("customer"), Customer = customer, Asset = "EUR", Party = new Party
                {
                    Name = customer, Country = "DE", Iban = "DE89370400440532013000",
                    Mandate = customer == Debtor ? "M-1" : null,
                    MandateDate = customer == Debtor ? new DateOnly(2026, 1, 2) : null,
                },
            });
        }
    }

    private async Task RepriceAsync()
    {
        if (_subscriptions.Count == 0) return;
        var name = One(_subscriptions);
        var request = new RepriceRequest
        {
            Id = NewId("price"), From = new DateOnly(2027, 1, 1).AddDays(_random.Next(90)), Amount = Minor(_random.Next(100, 999)),
        };
        await SameAsync(request.Id, () => Billing.RepriceSubscriptionAsync(name, request), _ => SubscriptionOfAsync(name));
    }

    private async Task WithdrawalAsync()
    {
        var charge = new ChargeRequest
            { Id = NewId("charge"), Customer = One(Customers), Amount = Minor(5), Description = "typed wrong", Date = October };
        await AskAsync(() => Billing.ChargeAsync(charge));
        var id = NewId("withdraw");
        await SameAsync(id, () => Billing.WithdrawAsync(charge.Id!, id), _ => Billing.GetChargeAsync(charge.Id!));
    }

    private Task<string> OpeningAsync() => BringAsync(One(Customers));

    private async Task<string> BringAsync(string customer)
    {
        var request = new OpeningInvoiceRequest
        {
            Id = NewId("opening"), Number = NewId("RE"), Customer = customer, Amount = Minor(_random.Next(100, 999)),
            Date = new DateOnly(2026, 8, 1), Due = new DateOnly(2026, 8, 15), Asset = "EUR",
        };
        await SameAsync(OpeningInvoiceRequest.IdOf(request), () => Billing.BringInvoiceAsync(request), async id =>
            InvoiceViews.Brought(await RecordedAsync(id), Euros, replayed: false));
        return request.Number;
    }

    private async Task MoneyBackAsync()
    {
        var (returned, refunded) = (NewId("pay"), NewId("pay"));
        foreach (var id in (string[])[returned, refunded])
        {
            await AskAsync(() => Billing.PayAsync(
                new PaymentRequest { Id = id, Customer = Payee, Amount = Minor(500), Date = October }));
        }
        var back = new ChargebackRequest
            { Id = NewId("back"), Payment = returned, Amount = One<Money?>(null, Minor(100)), Date = October };
        await SameAsync(back.Id, () => Billing.ChargebackAsync(back), id => Billing.GetChargebackAsync(id));
        var refund = new RefundRequest
            { Id = NewId("refund"), Customer = Payee, Payment = refunded, Amount = Minor(100), Date = October };
        await SameAsync(refund.Id, () => Billing.RefundAsync(refund), id => Billing.GetRefundAsync(id));
        await OrderedAsync(NewId("payout"), id => Billing.PayOutAsync(new PayoutRequest { Id = id, Refunds = [refund.Id] }));
    }

    private async Task OrdersAsync()
    {
        string[] numbers = [await BringAsync(Debtor), await BringAsync(Debtor)];
        var order = await OrderedAsync(NewId("debit"),
            id => Billing.DebitAsync(new DebitRequest { Id = id, Through = new DateOnly(2027, 12, 31) }));
        var request = new SepaCancelRequest { Id = NewId("cancel"), Items = _random.Next(2) == 0 ? null : numbers[..1] };
        await SameAsync(request.Id, () => Billing.CancelSepaOrderAsync(order, request), _ => Billing.GetSepaOrderAsync(order));
    }

    private async Task<string> OrderedAsync(string run, Func<string, Task<SepaRun>> makeAsync)
    {
        foreach (var isRepeated in (bool[])[false, true])
        {
            var order = Assert.Single((await AskAsync(() => makeAsync(run), isRepeated)).Orders);
            AssertSame(await Billing.GetSepaOrderAsync(order.Id), order, isRepeated);
        }
        return (await makeAsync(run)).Orders[0].Id;
    }

    private async Task ReminderAsync()
    {
        await BringAsync(Late);
        var request = new ReminderRunRequest
            { Id = NewId("remind"), Customer = Late, Date = new DateOnly(2026, 12, 1).AddDays(30 * _reminded++) };
        foreach (var isRepeated in (bool[])[false, true])
        {
            var told = Assert.Single(
                (await AskAsync(() => Billing.RemindAsync(request), isRepeated)).Reminders);
            var all = await Billing.ListRemindersAsync(new ReminderQuery { Customer = Late, Limit = 1000 });
            AssertSame(all.Items.Single(each => each.Number == told.Number), told, isRepeated);
        }
    }

    private async Task EraseAsync()
    {
        var request = new CustomerRequest
            { Id = NewId("customer"), Customer = NewId("gone"), Party = new Party { Name = "Gone Soon", Country = "DE" } };
        await Billing.PutCustomerAsync(request);
        for (var i = 0; i < 2; i++)
        {
            var erased = await Billing.EraseCustomerAsync(request.Customer);
            AssertSame(await Billing.GetCustomerAsync(request.Customer), erased);
        }
    }
}
