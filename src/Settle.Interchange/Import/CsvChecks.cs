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
        var batch = new RequestBatch(1, 4096);
        Check<RequestBatch>(source, file =>
        {
            var transfers = new CsvTransfers(file, scales, asset);
            return () =>
            {
                batch.Clear();
                return transfers.ReadInto(batch) ? batch : null;
            };
        }, progress, cancellation);
    }

    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static void CheckAccounts(ImportFile source, AssetScales scales, string? asset,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var seen = new HashSet<(ulong, ulong)>();
        Check<AccountRequest>(source, file =>
        {
            var accounts = new CsvAccounts(file, scales, asset);
            return () =>
            {
                if (accounts.Read() is not { } account) return null;
                var key = Encoding.UTF8
                    .GetBytes($"{account.Account}\n{account.Asset ?? scales.DefaultAsset}");
                if (!seen.Add((KeyHash.Of(key), KeyHash.Of(key, KeyHash.Reversal))))
                    throw new CsvFaultException(new CsvFault(file.Line, "account",
                        $"'{account.Account}' occurs twice"));
                return account;
            };
        }, progress, cancellation);
    }

    /// <param name="source">The file.</param>
    /// <param name="open">Reads its header, and gives what reads a row; null at the end.</param>
    /// <param name="progress">Receives how far it is; null for nobody.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static void Check<TRow>(ImportFile source, Func<CsvFile, Func<TRow?>> open,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
        where TRow : class
    {
        using var file = source.OpenCsv();
        Func<TRow?>? readRow = null;
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
                readRow ??= open(file);
                if (readRow() is null) break;
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
