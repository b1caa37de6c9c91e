using Settle.Bank;

namespace Settle.Cli.Commands;

internal sealed class BankCommand : BillingCommand
{
    private readonly Argument<string> _file =
        new("FILE")
        {
            Description = "What the bank gives: camt.052, camt.053 or camt.054 (XML), MT940, or a "
                + "ZIP archive of these",
        };

    private readonly Option<bool> _dryRun =
        new("--dry-run") { Description = "Only show what it would post" };

    public BankCommand(CliContext context)
        : base(context, "bank",
            "Matches a bank statement to open invoices, and money that was returned to the payment "
                + "it came from. Sure matches are posted, never twice; the rest is listed with "
                + "suggestions.",
            "settle bank statement.xml --dry-run", "settle bank november.zip")
    {
        Add(_file);
        Add(_dryRun);
    }

    protected override bool Writes => true;

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        using var file = new MemoryStream(
            await InputFile.ReadAsync("file", words.GetRequiredValue(_file), cancellation));
        var report = await ProgressBar.RunAsync(Context, "bank", show => new BankImport(ledger)
            .RunAsync(file, posts: !words.GetValue(_dryRun), show, cancellation));
        foreach (var warning in report.Warnings ?? [])
            Context.Error.WriteLine($"warning: {warning}");
        if (WantsJson(words))
        {
            Context.Output.WriteLine(JsonSerializer.Serialize(report, WireJson.Compact.BankReport));
            return ExitStatus.Done;
        }
        WriteTable(words, ["Date", "Amount>", "Name", "Text", "Status", "Posts", "Why", "Id"],
            report.Lines.Select(line => (string[])
            [
                Day(line.Date), line.Amount.ToString(), line.Name ?? "", line.Text ?? "",
                Words<BankLineStatus>.Of(line.Status), Posts(line),
                line.Reason + (line.Posted is { } posted
                    ? $"; {posted} of it was posted before" : ""), line.Id,
            ]));
        if (!IsForPeople(words)) return ExitStatus.Done;
        Context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Posted} posted, {report.Known} already known, {report.Doubtful} to decide"));
        if (report.Doubtful > 0)
        {
            Context.Output.WriteLine("Post the right ones with the line's id: "
                + $"{Context.Program} pay NUMBER AMOUNT --id ID");
        }
        if (report.Lines.Any(IsReturnToDecide))
        {
            Context.Output.WriteLine("Or, where the bank took a payment back: "
                + $"{Context.Program} chargeback PAYMENT AMOUNT --id ID");
        }
        return ExitStatus.Done;
    }

    private static bool IsReturnToDecide(BankReportLine line) =>
        line is { Status: BankLineStatus.Doubtful, Amount.IsNegative: true };

    private static string Posts(BankReportLine line) => string.Join(", ",
        line.Payments.Select(part => $"{part.Number} {part.Amount.Digits}")
            .Concat(line.Chargebacks.Select(back => $"back {back.Payment} {back.Amount.Digits}"
                + (back.Fee is { } fee ? $", fee {fee.Digits}" : ""))));
}
