namespace Settle.Benchmarks.Baselines;

/// <summary>The least that durability costs: the same bytes appended to a file and synced, in the same batches.</summary>
internal static class Limit
{
    /// <summary>Bytes that a plain transfer takes in a block.</summary>
    public const int BytesPerTransfer = 122;

    /// <returns>Transfers a second.</returns>
    public static double Measure(string folder, int transfers, int batch)
    {
        var path = Path.Combine(folder, "limit.bin");
        var bytes = new byte[batch * BytesPerTransfer];
        new Random(1).NextBytes(bytes);
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var stopwatch = System.Diagnostics.Stopwatch.StartNew();
        var written = 0;
        for (; written < transfers; written += batch)
        {
            RandomAccess.Write(file, bytes, (long)written * BytesPerTransfer);
            RandomAccess.FlushToDisk(file);
        }
        var seconds = stopwatch.Elapsed.TotalSeconds;
        file.Dispose();
        File.Delete(path);
        return written / seconds;
    }
}
