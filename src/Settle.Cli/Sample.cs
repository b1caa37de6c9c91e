using Settle.Import;

namespace Settle.Cli;

/// <summary>The sample that ships with the program: a bank's year, 1993, in CZK.</summary>
internal static class Sample
{
    public const string Asset = "CZK";

    /// <summary>Imports the sample; done again, it changes nothing.</summary>
    public static async Task<ImportSummary> ImportAsync(ILedger ledger,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        await ledger.InitializeAsync(Asset, cancellationToken: cancellation);
        using var accounts = await OpenAsync("accounts.csv", cancellation);
        using var transfers = await OpenAsync("transfers.csv", cancellation);
        return await new CsvImport(ledger, asset: null, progress)
            .RunAsync(accounts, transfers, rejected: null, cancellation);
    }

    private static async Task<ImportFile> OpenAsync(string name, CancellationToken cancellation)
    {
        await using var resource =
            typeof(Sample).Assembly.GetManifestResourceStream($"sample/{name}.gz")
            ?? throw new InvalidOperationException($"the sample {name} is not in the program");
        return await ImportFile.ReadAsync($"sample {name}", resource, cancellation);
    }
}
