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

    /// <returns>The id of the last row; null when there is no row.</returns>
    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static string? CheckTransfers(ImportFile source, CsvReading reading,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var batch = new RequestBatch(1, 4096) { KnowsAccount = reading.KnowsAccount };
        var previous = new RequestBatch(1, 4096) { KnowsAccount = reading.KnowsAccount };
        Check<RequestBatch>(source, file =>
        {
            var transfers = new CsvTransfers(file, reading);
            return () =>
            {
                (batch, previous) = (previous, batch);
                batch.Clear();
                if (transfers.ReadInto(batch)) return batch;
                (batch, previous) = (previous, batch);
                return null;
            };
        }, progress, cancellation);
        return batch.Count == 0 ? null : batch.Text(batch[0].Id);
    }

    /// <exception cref="CsvFaultsException">The file has faults.</exception>
    public static void CheckAccounts(ImportFile source, CsvReading reading,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var seen = new HashSet<(ulong, ulong)>();
        Check<CsvAccountRow>(source, file =>
        {
            var accounts = new CsvAccounts(file, reading);
            return () =>
            {
                if (accounts.Read() is not { } row) return null;
                var (account, asset) = (row.Request.Account, row.Request.Asset);
                var key = Encoding.UTF8
                    .GetBytes($"{account}\n{asset ?? reading.Scales.DefaultAsset}");
                if (!seen.Add((KeyHash.Of(key), KeyHash.Of(key, KeyHash.Reversal))))
                    throw new CsvFaultException(new CsvFault(file.Line, "account",
                        $"'{account}' occurs twice"));
                return row;
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
                if (e.IsFatal || readRow is null) break;
            }
        }
        if (faults.Count > 0) throw new CsvFaultsException(source.Name, faults);
    }
}
