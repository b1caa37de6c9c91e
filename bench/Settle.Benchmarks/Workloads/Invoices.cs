using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Settle.Local;

namespace Settle.Benchmarks.Workloads;

/// <summary>A month's end: every charge of every customer, invoiced by one run.</summary>
internal static class Invoices
{
    private const int ChargesPerCustomer = 10;
    private const int BatchSize = 5000;

    private static readonly DateOnly Through = new(2026, 10, 31);

    public static async IAsyncEnumerable<Measurement> RunAsync(
        string folder, int charges, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var customers = int.Max(1, charges / ChargesPerCustomer);
        await using var ledger = (LocalLedger)await Ledger.OpenAsync(
            Path.Combine(folder, "billing.db"), cancellationToken: cancellation).ConfigureAwait(false);
        await ledger.InitializeAsync("EUR", cancellationToken: cancellation).ConfigureAwait(false);
        await PrepareAsync(ledger, customers, cancellation).ConfigureAwait(false);
        var stopwatch = Stopwatch.StartNew();
        for (var from = 0; from < charges; from += BatchSize)
            await ChargeAsync(ledger, from, int.Min(charges, from + BatchSize), customers).ConfigureAwait(false);
        yield return new Measurement("charges", charges, BatchSize, 1, BenchmarkRun.PerSecond(charges, stopwatch),
            $"{customers:N0} customers, {Prepared.WorkingSetMegabytes()} MB");
        stopwatch.Restart();
        var processor = Environment.CpuUsage.TotalTime;
        var run = await ledger.Billing.InvoiceAsync(
            new InvoiceRunRequest { Through = Through }, cancellationToken: cancellation).ConfigureAwait(false);
        var seconds = stopwatch.Elapsed.TotalSeconds;
        processor = Environment.CpuUsage.TotalTime - processor;
        if (run.Charges != charges || run.Parked.Count > 0) throw new InvalidOperationException($"{run.Charges}");
        yield return new Measurement("invoices", run.Invoices.Count, run.Invoices.Count, 1,
            BenchmarkRun.PerSecond(run.Invoices.Count, stopwatch),
            $"{run.Charges:N0} charges on {run.Invoices.Count:N0} invoices in {seconds:F1} s, documents included, "
            + $"{processor.TotalSeconds:F1} s of processor, {Prepared.WorkingSetMegabytes()} MB");
    }

    private static async Task PrepareAsync(LocalLedger ledger, int customers, CancellationToken cancellation)
    {
        await ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" },
            Zone = "Europe/Berlin", TaxRates = ["19", "7"], DefaultTax = "19",
        }, cancellation).ConfigureAwait(false);
        await Parallel.ForEachAsync(Enumerable.Range(0, customers),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellation },
            async (customer, token) => await ledger.Billing.PutCustomerAsync(new CustomerRequest
            {
                Customer = Name(customer),
                Party = new Party { Name = $"Customer {customer}", City = "Berlin", Country = "DE" },
            }, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task ChargeAsync(LocalLedger ledger, int from, int to, int customers)
    {
        var requests = new ChargeRequest[to - from];
        for (var i = 0; i < requests.Length; i++)
        {
            var number = from + i;
            requests[i] = new ChargeRequest
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"charge-{number}"),
                Customer = Name(number % customers),
                Amount = Money.OfMinor(100 + (number % 9900), "EUR"),
                Date = new DateOnly(2026, 10, 1 + (number % 31)),
                Description = "meeting room",
                Tax = number % 5 == 0 ? "7" : null,
                Prices = number % 3 == 0 ? PriceKind.Gross : null,
            };
        }
        foreach (var verdict in await ledger.Billing.ChargeBatchAsync(requests).ConfigureAwait(false))
            if (!verdict.IsSuccessful) throw new InvalidOperationException($"{verdict}");
    }

    private static string Name(int customer) => string.Create(CultureInfo.InvariantCulture, $"customer-{customer}");
}
