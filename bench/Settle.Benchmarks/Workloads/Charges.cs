using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Settle.Local;
using Settle.Stores.Memory;

namespace Settle.Benchmarks.Workloads;

/// <summary>
/// Single writes of billing: what one costs when its customer has few open charges and when it has very many,
/// beside a transfer. In memory, or the disk would hide it.
/// </summary>
internal static class Charges
{
    private const int Few = 10;
    private const int Many = 100_000;
    private const int Batch = 5000;

    private static readonly DateOnly Day = new(2026, 10, 1);

    public static async IAsyncEnumerable<Measurement> RunAsync(
        int writes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var ledger = await LocalLedger.OpenAsync(
            "bench", new MemoryStore(), null, new LedgerOptions(), cancellation).ConfigureAwait(false);
        await ledger.InitializeAsync("EUR", cancellationToken: cancellation).ConfigureAwait(false);
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" },
            Zone = "Europe/Berlin", TaxRates = ["19", "7"], DefaultTax = "19",
        }, cancellation).ConfigureAwait(false);
        foreach (var (customer, open) in new[] { ("few", Few), ("many", Many) })
        {
            await ledger.Billing.PutCustomerAsync(new CustomerRequest
            {
                Customer = customer, Party = new Party { Name = customer, Country = "DE" },
            }, cancellation).ConfigureAwait(false);
            foreach (var part in Enumerable.Range(0, open).Chunk(Batch))
            {
                await ledger.Billing.ChargeBatchAsync(
                    part.Select(i => Make(customer, i)).ToArray(), cancellation).ConfigureAwait(false);
            }
        }
        var many = int.Max(1, writes / 100);
        await TransferAsync(ledger, many).ConfigureAwait(false);
        var transfers = await TransferAsync(ledger, writes).ConfigureAwait(false);
        yield return new Measurement("charges: transfers", writes, 1, 1, transfers, "single transfers beside them");
        foreach (var (customer, open, count) in new[] { ("few", Few, writes), ("many", Many, many) })
        {
            await ChargeAsync(ledger, customer, many).ConfigureAwait(false);
            var charges = await ChargeAsync(ledger, customer, count).ConfigureAwait(false);
            yield return new Measurement($"charges: {open}", count, 1, 1, charges, string.Create(
                CultureInfo.InvariantCulture, $"single charges of a customer with {open:N0} open ones: "
                + $"{1e6 / charges:F1} µs each, a transfer {1e6 / transfers:F1} µs"));
        }
        var payments = await PayAsync(ledger, writes).ConfigureAwait(false);
        yield return new Measurement("charges: payments", writes, 1, 1, payments, "single payments");
        var customers = await CustomersAsync(ledger, writes).ConfigureAwait(false);
        yield return new Measurement("charges: customers", writes, 1, 1, customers, "single new customers");
    }

    private static ChargeRequest Make(string customer, int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"{customer}-{number}"),
        Customer = customer, Amount = Money.OfMinor(100 + (number % 9900), "EUR"), Date = Day, Description = "meeting room",
    };

    private static Task<double> ChargeAsync(LocalLedger ledger, string customer, int count) => MeasureAsync(
        count, () => ledger.Billing.ChargeAsync(new ChargeRequest
            { Customer = customer, Amount = Money.Of(5, "EUR"), Date = Day, Description = "meeting room" }));

    private static Task<double> PayAsync(LocalLedger ledger, int count) => MeasureAsync(
        count, () => ledger.Billing.PayAsync(new PaymentRequest { Customer = "few", Amount = Money.Of(0.01m, "EUR"), Date = Day }));

    private static Task<double> CustomersAsync(LocalLedger ledger, int count)
    {
        var number = 0;
        return MeasureAsync(count, () => ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Customer = string.Create(CultureInfo.InvariantCulture, $"c{number++}"),
            Party = new Party { Name = "Dave", Street = "Ringstr. 1", PostalCode = "12051", City = "Berlin", Country = "DE" },
        }));
    }

    private static Task<double> TransferAsync(LocalLedger ledger, int count) => MeasureAsync(
        count, () => ledger.TransferAsync(new TransferRequest { From = "@world", To = "till", Amount = Money.Of(0.01m, "EUR") }));

    private static async Task<double> MeasureAsync(int count, Func<Task> write)
    {
        var stopwatch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++) await write().ConfigureAwait(false);
        return BenchmarkRun.PerSecond(count, stopwatch);
    }
}
