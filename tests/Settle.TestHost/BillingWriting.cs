namespace Settle.TestHost;

/// <summary>Makes invoice runs and prints each invoice that the ledger gave.</summary>
internal static class BillingWriting
{
    public static async Task InvoiceAsync(string path, string run, string through)
    {
        await using var ledger = await Ledger.OpenAsync(path);
        var made = await ledger.Billing.InvoiceAsync(new InvoiceRunRequest
        {
            Id = run, Through = DateOnly.Parse(through), Date = new DateOnly(2026, 11, 1),
        }, new Printer());
        foreach (var invoice in made.Invoices) Console.Out.WriteLine($"{invoice.Number};");
    }

    // Each step is a place to be killed at.
    private sealed class Printer : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => Console.Out.WriteLine($"done {value.Done};");
    }
}
