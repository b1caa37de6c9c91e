namespace Settle.Cli.Commands;

/// <summary>Makes SEPA orders and writes their files.</summary>
internal abstract class SepaRunCommand : BillingCommand
{
    private readonly Option<DateOnly?> _date =
        Typed.Day("--date", "The day on which the bank should act");

    private readonly Option<string> _output = Typed.Text("--output", "FOLDER",
        "Write the file of each order here, for the bank");

    private readonly Option<bool> _dryRun =
        new("--dry-run") { Description = "Show what would be ordered, and order nothing" };

    private readonly Option<string> _id = Typed.Id();

    protected SepaRunCommand(
        CliContext context, string name, string description, params string[] examples)
        : base(context, name, description, examples)
    {
    }

    protected override bool Writes => true;

    /// <summary>Adds what all of them have, behind a command's own.</summary>
    protected void AddRunOptions()
    {
        Add(_date);
        Add(_output);
        Add(_dryRun);
        Add(_id);
    }

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_dryRun) && words.GetValue(_output) is not null)
            throw new UsageException("--output cannot be combined with --dry-run");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var folder = words.GetValue(_output) is not { } path ? null
            : SepaOutput.MakeFolder(path);
        var run = await OrderAsync(words, ledger.Billing, words.GetValue(_id),
            words.GetValue(_date), words.GetValue(_dryRun), cancellation);
        var files = new List<string>();
        foreach (var order in folder is null ? [] : run.Orders)
        {
            var file = Path.Combine(folder!, order.MessageId + ".xml");
            await SepaOutput.WriteAsync(file, order, cancellation);
            files.Add(file);
        }
        if (WantsJson(words))
            Context.Output.WriteLine(JsonSerializer.Serialize(run, WireJson.Compact.SepaRun));
        else
            Write(run, files);
        // Whoever starts this at night must hear of it.
        return run.Skipped.Count > 0 ? ExitStatus.Refused : ExitStatus.Done;
    }

    protected abstract Task<SepaRun> OrderAsync(ParseResult words, IBilling billing, string? id,
        DateOnly? date, bool isDry, CancellationToken cancellation);

    private void Write(SepaRun run, List<string> files)
    {
        foreach (var order in run.Orders)
        {
            Context.Output.WriteLine(Known($"{(run.DryRun ? "would order " : "")}"
                + $"{SepaOutput.Line(order)}", order.Replayed));
            Tables.Write(Context, ["Number", "Customer", "Amount>", "Account", "Mandate", "Use"],
                order.Items.Select(item => (string[])
                [
                    item.Number, item.Customer, item.Amount.Digits,
                    item.Party?.Iban ?? "(erased)", item.Party?.Mandate ?? "",
                    item.Sequence ?? "",
                ]));
        }
        if (run.Orders.Count == 0) Context.Output.WriteLine("nothing to order");
        foreach (var file in files) Context.Output.WriteLine($"written to {file}");
        foreach (var skipped in run.Skipped)
        {
            Context.Error.WriteLine($"skipped: {skipped.Number} of {skipped.Customer}: "
                + $"{skipped.Reason} [{skipped.Code}]");
        }
    }
}
