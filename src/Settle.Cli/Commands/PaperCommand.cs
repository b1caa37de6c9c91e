using System.CommandLine;
using System.Globalization;
using Settle.Cli.Output;
using Settle.Formats;

namespace Settle.Cli.Commands;

internal sealed class PaperCommand : BillingCommand
{
    private const int FailuresShown = 20;

    private readonly Argument<string[]> _numbers = new("NUMBER")
    {
        Description = "Invoices and credit notes [default: all]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The folder; made if absent. What is there already is kept",
        HelpName = "FOLDER",
        Required = true,
    };

    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "pdf (a letter with the electronic invoice in it), ubl or cii",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "pdf",
    };

    public PaperCommand(CliContext context)
        : base(context, "paper",
            "Writes invoices as files. Stopped and started again, it goes on where it was.",
            "settle paper --output invoices", "settle paper 2026-000001 --output . --format ubl")
    {
        _format.AcceptOnlyFromAmong("pdf", "ubl", "cii");
        Add(_numbers);
        Add(_output);
        Add(_format);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var format = words.GetRequiredValue(_format);
        var folder = MakeFolder(words.GetRequiredValue(_output));
        var numbers = words.GetValue(_numbers) is { Length: > 0 } named ? [.. named]
            : await NumbersAsync(ledger, cancellation);
        var missing = numbers.Where(number => !File.Exists(FileOf(folder, number, format)))
            .ToList();
        var failures = await ProgressBar.RunAsync(Context, "paper", report =>
            WriteAllAsync(ledger, missing, folder, format, report, cancellation));
        var written = missing.Count - failures.Count;
        var kept = numbers.Count - missing.Count;
        Context.Output.WriteLine(WantsJson(words)
            ? string.Create(CultureInfo.InvariantCulture,
                $$"""{"written":{{written}},"kept":{{kept}},"failed":{{failures.Count}}}""")
            : string.Create(CultureInfo.InvariantCulture,
                $"{written} written to {folder}, {kept} were there, {failures.Count} failed"));
        foreach (var failure in failures.Take(FailuresShown)) Context.Error.WriteLine(failure);
        return failures.Count > 0 ? ExitStatus.Refused : ExitStatus.Done;
    }

    /// <summary>Writes each as a whole; one that fails stops no other.</summary>
    private static async Task<List<string>> WriteAllAsync(ILedger ledger, List<string> numbers,
        string folder, string format, Action<string, double>? report,
        CancellationToken cancellation)
    {
        var failures = new List<string>();
        var done = 0;
        await Parallel.ForEachAsync(numbers, cancellation, async (number, stop) =>
        {
            try
            {
                var invoice = await ledger.Billing.GetInvoiceAsync(number, stop)
                    ?? throw new NotFoundException($"there is no invoice '{number}'");
                using var file = new AtomicFile(FileOf(folder, number, format));
                await file.Stream.WriteAsync(Make(invoice, format), stop);
                file.Commit();
            }
            catch (Exception e)
                when (e is NotFoundException or InvalidRequestException or IOException)
            {
                lock (failures) failures.Add($"{number}: {e.Message}");
            }
            var share = (double)Interlocked.Increment(ref done) / numbers.Count;
            if (report is not null) lock (failures) report("paper", share);
        });
        return failures;
    }

    private static byte[] Make(Invoice invoice, string format) => format switch
    {
        "ubl" => InvoicePaper.Ubl(invoice),
        "cii" => InvoicePaper.Cii(invoice),
        _ => InvoicePaper.Pdf(invoice),
    };

    /// <summary>The file's name: what a number may hold and a name may not is encoded.</summary>
    private static string FileOf(string folder, string number, string format) =>
        Path.Combine(folder, Uri.EscapeDataString(number)
            + (format == "pdf" ? ".pdf" : $".{format}.xml"));

    private static string MakeFolder(string path)
    {
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("output", $"cannot make {path}: {e.Message}");
        }
    }

    private static async Task<List<string>> NumbersAsync(ILedger ledger,
        CancellationToken cancellation)
    {
        var invoices = await AllAsync(after => ledger.Billing.ListInvoicesAsync(
            new InvoiceQuery { Limit = PageMax, After = after }, cancellation));
        return [.. invoices.Select(invoice => invoice.Number)];
    }
}
