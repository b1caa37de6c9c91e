using Settle.Journals;

namespace Settle.Import;

/// <summary>
/// Reads files from end to end before anything of them is sent, so that a faulty file changes
/// nothing.
/// </summary>
internal static class CsvChecks
{
    /// <summary>After this many faults the rest of a file is not looked at.</summary>
    public const int FaultsMax = 20;

    private const int RowsPerReport = 8192;

    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static void CheckTransfers(ImportFile source, AssetScales scales, string? asset,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        var batch = new RequestBatch(1, 4096);
        CsvTransfers? transfers = null;
        Collect(source, file, () =>
        {
            transfers ??= new CsvTransfers(file, scales, asset);
            batch.Clear();
            return transfers.ReadInto(batch);
        }, progress, cancellation);
    }

    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static void CheckAccounts(ImportFile source, AssetScales scales, string? asset,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        var seen = new HashSet<(ulong, ulong)>();
        CsvAccounts? accounts = null;
        Collect(source, file, () =>
        {
            accounts ??= new CsvAccounts(file, scales, asset);
            if (accounts.Read() is not { } account) return false;
            var key = System.Text.Encoding.UTF8
                .GetBytes($"{account.Account}\n{account.Asset ?? scales.DefaultAsset}");
            if (!seen.Add((KeyHash.Of(key), KeyHash.Of(key, KeyHash.Reversal))))
                throw new CsvFaultException(new CsvFault(file.Line, "account",
                    $"'{account.Account}' occurs twice"));
            return true;
        }, progress, cancellation);
    }

    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static void CheckCharges(ImportFile source, BillingFacts facts,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        CsvCharges? charges = null;
        Collect(source, file, () => (charges ??= new CsvCharges(file, facts)).Read() is not null,
            progress, cancellation);
    }

    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static void CheckCustomers(ImportFile source, BillingFacts facts,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        CsvCustomers? customers = null;
        Collect(source, file,
            () => (customers ??= new CsvCustomers(file, facts)).Read() is not null,
            progress, cancellation);
    }

    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static void CheckSubscriptions(ImportFile source, BillingFacts facts,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var file = source.OpenCsv();
        CsvSubscriptions? subscriptions = null;
        Collect(source, file,
            () => (subscriptions ??= new CsvSubscriptions(file, facts)).Read() is not null,
            progress, cancellation);
    }

    private static void Collect(ImportFile source, CsvFile file, Func<bool> readRow,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var faults = new List<CsvFault>();
        var rows = 0L;
        while (faults.Count < FaultsMax)
        {
            if (rows++ % RowsPerReport == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                // Before the first row there is no place to tell.
                var offset = rows > 1 ? file.Offset : 0;
                progress?.Report(source.At(offset, "checking"));
            }
            try
            {
                if (!readRow()) break;
            }
            catch (CsvFaultException e)
            {
                faults.Add(e.Fault);
                // Without a usable header no row means anything.
                if (e.IsFatal || rows == 1 && e.Fault.Line <= 1) break;
            }
        }
        if (faults.Count > 0) throw new CsvFaultsException(source.Name, faults);
    }
}
