using System.Collections.Concurrent;

namespace Settle.Cli.Output;

/// <summary>
/// A folder of invoices as files. Each appears whole under its name, so that what is there is kept
/// by whoever goes on.
/// </summary>
internal sealed class PaperFolder(string path, string format, TimeProvider time)
{
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly long _begin = time.GetTimestamp();
    private int _done;

    /// <summary>What went wrong, an invoice a line.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    private string Ending => format == "pdf" ? ".pdf" : $".{format}.xml";

    /// <summary>
    /// Whether an invoice is there, whole. Nobody waits for the disk with each file, so that one
    /// may lack its end after the power failed; it is written again.
    /// </summary>
    public bool Has(string number)
    {
        var file = new FileInfo(FileOf(number));
        if (!file.Exists) return false;
        var end = format == "pdf" ? "%%EOF\n"u8 : ">"u8;
        if (file.Length < end.Length) return false;
        using var handle = File.OpenHandle(file.FullName);
        var read = (stackalloc byte[end.Length]);
        return RandomAccess.Read(handle, read, file.Length - end.Length) == end.Length
            && read.SequenceEqual(end);
    }

    /// <summary>
    /// Deletes what processes that were killed left half written; a living one holds its file.
    /// </summary>
    public void Tidy()
    {
        foreach (var file in Directory.EnumerateFiles(path, $"*{Ending}.*.tmp"))
        {
            try
            {
                using (new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None))
                    File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody is writing it, or it is not ours to delete: it has no name yet.
                continue;
            }
        }
    }

    /// <summary>Writes invoices; one that fails stops no other.</summary>
    public Task WriteAsync(IBilling billing, IReadOnlyCollection<string> numbers,
        IProgress<WorkProgress>? progress, CancellationToken cancellation) =>
        Parallel.ForEachAsync(numbers, cancellation, async (number, stop) =>
        {
            try
            {
                var bytes = await MakeAsync(billing, number, stop);
                using var file = new AtomicFile(FileOf(number), bufferBytes: 0);
                file.Stream.Write(bytes);
                file.Commit(waitsForDisk: false);
            }
            catch (Exception e)
                when (e is NotFoundException or InvalidRequestException or IOException
                    or InvoiceRuleException or UnprintableException)
            {
                _failures.Enqueue($"{number}: {e.Message}");
            }
            Report(numbers.Count, progress);
        });

    /// <summary>The file's name: what a number may hold and a name may not is encoded.</summary>
    private string FileOf(string number) =>
        Path.Combine(path, Uri.EscapeDataString(number) + Ending);

    private async Task<byte[]> MakeAsync(
        IBilling billing, string number, CancellationToken cancellation)
    {
        var invoice = await billing.GetInvoiceAsync(number, cancellation);
        if (invoice is not { HasPaper: true })
        {
            if (await billing.GetReminderAsync(number, cancellation) is { } reminder)
                return format == "pdf" ? ReminderPaper.Pdf(reminder)
                    : throw new InvoiceRuleException("a reminder is a letter only (pdf)");
            if (await billing.GetQuoteAsync(number, cancellation) is { } quote)
                return format == "pdf" ? QuotePaper.Pdf(quote)
                    : throw new InvoiceRuleException("a quote is a letter only (pdf)");
        }
        return Make(invoice
            ?? throw new NotFoundException($"there is no invoice or reminder '{number}'"));
    }

    private byte[] Make(Invoice invoice) => format switch
    {
        "ubl" => InvoicePaper.Ubl(invoice),
        "cii" => InvoicePaper.Cii(invoice),
        _ => InvoicePaper.Pdf(invoice),
    };

    private void Report(int count, IProgress<WorkProgress>? progress)
    {
        var done = Interlocked.Increment(ref _done);
        if (progress is null) return;
        var rate = done / double.Max(0.001, time.GetElapsedTime(_begin).TotalSeconds);
        lock (_failures)
        {
            progress.Report(new WorkProgress(done, count, string.Create(
                CultureInfo.InvariantCulture, $"{done} of {count}, {rate:0} a second")));
        }
    }
}
