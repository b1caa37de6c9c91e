namespace Settle.Cli.Commands;

internal sealed class CheckCommand : SettleCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "An electronic invoice: UBL or CII (XML), or a PDF file with one inside "
            + "(Factur-X, ZUGFeRD)",
        Arity = ArgumentArity.OneOrMore,
    };

    public CheckCommand(CliContext context)
        : base(context, "check",
            "Checks electronic invoices, whoever made them: lists the rules they break, what they "
                + "add up to, and what was not checked. No ledger is needed.",
            "settle check invoice.xml", "settle check *.pdf --json")
        => Add(_files);

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var checks = new List<InvoiceCheck>();
        foreach (var path in words.GetRequiredValue(_files))
            checks.Add(await CheckAsync(path, cancellation));
        if (WantsJson(words))
        {
            Context.Output.WriteLine("[" + string.Join("," + Context.Output.NewLine, checks.Select(
                each => JsonSerializer.Serialize(each, WireJson.Compact.InvoiceCheck))) + "]");
        }
        else
        {
            foreach (var check in checks) Show(words, check);
        }
        return checks.TrueForAll(check => check.Valid) ? ExitStatus.Done : ExitStatus.Refused;
    }

    private static async Task<InvoiceCheck> CheckAsync(string path, CancellationToken cancellation)
    {
        using var file = new MemoryStream(await InputFile.ReadAsync("file", path, cancellation));
        try
        {
            return InvoiceChecker.Check(file, cancellation) with { File = Path.GetFileName(path) };
        }
        catch (InvalidRequestException e)
        {
            throw new InvalidRequestException(e.Field, $"{path} {e.Reason}");
        }
    }

    private void Show(ParseResult words, InvoiceCheck check)
    {
        var output = Context.Output;
        output.WriteLine($"{check.File}: {(check.Valid ? "valid" : "not valid")}, {check.Profile}, "
            + check.Syntax.ToUpperInvariant()
            + (check.Attachment is { } name ? $" in PDF ({name})" : ""));
        output.WriteLine($"  number {check.Number ?? "-"} of {check.Date ?? "-"}, from "
            + $"{check.Seller ?? "-"} to {check.Buyer ?? "-"}");
        var totals = check.Totals;
        output.WriteLine($"  net {totals.Net ?? "-"}, tax {totals.Tax ?? "-"}, gross "
            + $"{totals.Gross ?? "-"}, to pay {totals.Payable ?? "-"} {check.Currency}");
        if (check.Violations.Count > 0)
        {
            WriteTable(words, ["Severity", "Rule", "Field", "What"], check.Violations.Select(
                each => (string[])[Words<RuleSeverity>.Of(each.Severity), each.Rule, each.Field,
                    each.Message]));
        }
        if (check.Omitted > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  and {check.Omitted} more, which are not listed"));
        }
        output.WriteLine("  not checked: " + string.Join("; ", check.NotChecked));
    }
}
