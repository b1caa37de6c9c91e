using Settle.Import;
using Settle.Server;

namespace Settle.Cli;

/// <summary>The sample of billing that ships with the program: a coworking space's month.</summary>
internal static class CoworkingSample
{
    private static readonly DateOnly LastDay = new(2026, 10, 31);
    private static readonly DateOnly InvoiceDate = new(2026, 11, 1);

    /// <summary>Imports the sample and invoices it; done again, it changes nothing.</summary>
    public static async Task<InvoiceRun> MakeAsync(ILedger ledger, CancellationToken cancellation)
    {
        await ledger.InitializeAsync("EUR", cancellationToken: cancellation);
        var billing = ledger.Billing;
        await billing.PutSellerAsync(Bodies.Read<SellerRequest>(Read("seller.json")), cancellation);
        await ImportAsync(ledger, "customers.csv", cancellation);
        await ImportAsync(ledger, "subscriptions.csv", cancellation);
        await ImportAsync(ledger, "charges-anna.csv", cancellation);
        await ImportAsync(ledger, "charges-ben.csv", cancellation);
        var run = await billing.InvoiceAsync(new InvoiceRunRequest
        {
            Id = "2026-10",
            Through = LastDay,
            Date = InvoiceDate,
        }, cancellationToken: cancellation);
        await ImportAsync(ledger, "charges-november.csv", cancellation);
        // One pays all, one a part, one more than is owed.
        foreach (var (customer, percent) in new[] { ("dave", 100), ("kessel", 50), ("jane", 110) })
        {
            if (run.Invoices.FirstOrDefault(made => made.Customer == customer) is not { } invoice)
                continue;
            await billing.PayAsync(new PaymentRequest
            {
                Id = $"payment-{customer}",
                Customer = customer,
                Amount = Money.OfMinor(invoice.Amount.Units * percent / 100, invoice.Asset,
                    invoice.Amount.Scale),
                Date = InvoiceDate.AddDays(percent / 10),
                Reference = invoice.Number,
            }, cancellation);
        }
        return run;
    }

    private static async Task ImportAsync(ILedger ledger, string name,
        CancellationToken cancellation)
    {
        using var file = await ImportFile.ReadAsync($"sample {name}",
            new MemoryStream(Read(name)), cancellation);
        var import = new BillingImport(ledger, asset: null, progress: null);
        var summary = await (file.ReadKind() switch
        {
            CsvFileKind.Customers => import.CustomersAsync(file, cancellation),
            CsvFileKind.Subscriptions => import.SubscriptionsAsync(file, cancellation),
            _ => import.ChargesAsync(file, rejected: null, cancellation),
        });
        if (summary.StoppedBy is { } stop) throw stop;
    }

    private static byte[] Read(string name)
    {
        using var resource =
            typeof(CoworkingSample).Assembly.GetManifestResourceStream($"coworking/{name}")
            ?? throw new InvalidOperationException($"the sample {name} is not in the program");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
