using Settle.Stores;

namespace Settle.Cli.Commands;

internal sealed class PaperCommand : BillingCommand
{
    private const int FailuresShown = 20;

    private readonly Argument<string[]> _numbers = new("NUMBER")
    {
        Description = "Invoices, credit notes, reminders and quotes [default: all invoices and "
            + "credit notes]",
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
            "Writes invoices to files. Run again after a stop, it continues where it was.",
            "settle paper --output invoices", "settle paper 2026-000001 --output . --format ubl")
    {
        _format.Accept("pdf", "ubl", "cii");
        Add(_numbers);
        Add(_output);
        Add(_format);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var path = MakeFolder(words.GetRequiredValue(_output));
        var folder = new PaperFolder(path, words.GetRequiredValue(_format), Context.Time);
        folder.Tidy();
        var numbers = words.GetValue(_numbers) is { Length: > 0 } named ? [.. named.Distinct()]
            : await ledger.Billing.AllInvoicesAsync(
                    new InvoiceQuery { Limit = Pages.LimitMax }, cancellation)
                .Where(invoice => invoice.HasPaper)
                .Select(invoice => invoice.Number).ToListAsync(cancellation);
        var missing = numbers.Where(number => !folder.Has(number)).ToList();
        var kept = numbers.Count - missing.Count;
        await ProgressBar.RunAsync(Context, string.Create(CultureInfo.InvariantCulture,
            $"{kept} are there"), async progress =>
        {
            await folder.WriteAsync(ledger.Billing, missing, progress, cancellation);
            return true;
        });
        var failures = folder.Failures;
        var written = missing.Count - failures.Count;
        Context.Output.WriteLine(WantsJson(words)
            ? string.Create(CultureInfo.InvariantCulture,
                $$"""{"written":{{written}},"kept":{{kept}},"failed":{{failures.Count}}}""")
            : string.Create(CultureInfo.InvariantCulture,
                $"{written} written to {path}, {kept} were there, {failures.Count} failed"));
        foreach (var failure in failures.Take(FailuresShown)) Context.Error.WriteLine(failure);
        return failures.Count > 0 ? ExitStatus.Refused : ExitStatus.Done;
    }

    private static string MakeFolder(string path)
    {
        try
        {
            return PrivateFile.MakeFolder(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRequestException("output", $"cannot make {path}: {e.Message}");
        }
    }
}
