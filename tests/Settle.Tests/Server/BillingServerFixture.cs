using Xunit;

namespace Settle.Tests.Server;

/// <summary>A running server with a seller and a customer, whom billing can be about.</summary>
public sealed class BillingServerFixture : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        using var ledger = Server.Client();
        await PrepareAsync(ledger);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A seller with taxes of 19 and 7, and the customers dave and alex.</summary>
    internal static async Task PrepareAsync(ILedger ledger, string asset = "EUR")
    {
        await ledger.InitializeAsync(asset);
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Id = "seller",
            Party = new Party
            {
                Name = "Werkbank GmbH",
                Street = "Lindenstr. 5",
                PostalCode = "10969",
                City = "Berlin",
                Country = "DE",
                VatId = "DE123456788",
                Email = "rechnung@werkbank.example",
                Phone = "+49 30 1234567",
                Contact = "Ada Keller",
                Iban = "DE02120300000000202051", CreditorId = "DE98ZZZ09999999999",
            },
            Zone = "Europe/Berlin",
            TaxRates = ["19", "7"],
            DefaultTax = "19",
        });
        foreach (var name in new[] { "dave", "alex" })
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
            {
                Id = $"customer-{name}",
                Customer = name,
                Party = new Party
                {
                    Name = name,
                    Street = "Ringstr. 1",
                    PostalCode = "12051",
                    City = "Berlin",
                    Country = "DE",
                    Email = $"{name}@example.com",
                },
            });
        }
    }

    /// <summary>The same ledger with an invoice for October of each customer, one charge on each.</summary>
    internal static async Task InvoiceAsync(
        ILedger ledger, params (string Customer, long Amount)[] charges)
    {
        await PrepareAsync(ledger);
        foreach (var (customer, amount) in charges)
        {
            await ledger.Billing.ChargeAsync(new ChargeRequest
            {
                Customer = customer, Amount = Minor(amount), Description = "room",
                Date = new DateOnly(2026, 10, 12),
            });
        }
        await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
            { Through = new DateOnly(2026, 10, 31), Date = new DateOnly(2026, 11, 1) });
    }
}
