namespace Settle.Cli.Commands;

internal sealed class StatementCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Option<string> _asset = Typed.Asset(
        "The asset [default: the customer's]");

    private readonly Option<DateOnly?> _from =
        Typed.Day("--from", "The first day [default: the beginning]");
    private readonly Option<DateOnly?> _to =
        Typed.Day("--to", "The last day [default: today]", takesMonths: true);

    private readonly Option<string> _output = Typed.Text("--output", "FILE",
        "Write it to this file as a letter to the customer (PDF)", "-o");

    public StatementCommand(CliContext context)
        : base(context, "statement",
            "Shows what a customer was billed and paid, what is owed, and since when.",
            "settle statement dave", "settle statement dave --from 2026-01-01 --to 2026-12",
            "settle statement dave --to 2026-12 --output dave.pdf")
    {
        Add(_customer);
        Add(_asset);
        Add(_from);
        Add(_to);
        Add(_output);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var customer = words.GetRequiredValue(_customer);
        if (words.GetValue(_output) is { } path)
            return await WriteLetterAsync(words, ledger.Billing, customer, path, cancellation);
        var statement = await ledger.Billing.GetStatementAsync(customer, words.GetValue(_asset),
            words.GetValue(_from), words.GetValue(_to), cancellation)
            ?? throw Unknown(customer);
        if (WantsJson(words))
            Context.Output.WriteLine(
                JsonSerializer.Serialize(statement, WireJson.Compact.Statement));
        else
            Write(words, statement);
        return ExitStatus.Done;
    }

    private async Task<int> WriteLetterAsync(ParseResult words, IBilling billing, string customer,
        string path, CancellationToken cancellation)
    {
        using var file = new AtomicFile(path);
        var letter = await StatementPaper.PdfAsync(billing, customer, words.GetValue(_asset),
            words.GetValue(_from), words.GetValue(_to), cancellation)
            ?? throw Unknown(customer);
        await file.Stream.WriteAsync(letter, cancellation);
        file.Commit();
        if (!WantsJson(words))
        {
            Context.Output.WriteLine($"statement of {customer} to {path}");
            return ExitStatus.Done;
        }
        using var json = new Utf8JsonWriter(Context.OutputStream);
        json.WriteStartObject();
        json.WriteString("output", path);
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        Context.Output.WriteLine();
        return ExitStatus.Done;
    }

    private static NotFoundException Unknown(string customer) =>
        new($"there is no customer '{customer}'");

    private void Write(ParseResult words, Statement statement)
    {
        if (IsForPeople(words))
            Context.Output.WriteLine($"{statement.Customer}, {statement.Asset}, "
                + $"{(statement.From is { } from ? Day(from) : "from the beginning")} "
                + $"to {Day(statement.To)}");
        WriteTable(words, ["Date", "Kind", "Number", "Due", "Amount>", "Balance>"],
            [
                [Day(statement.From), "opening", "", "", "", statement.Opening.Digits],
                .. statement.Lines.Select(line => new[]
                {
                    Day(line.Date),
                    Words<StatementLineKind>.Of(line.Kind).Replace('_', ' '),
                    line.Number,
                    Day(line.Due),
                    line.Amount.Digits,
                    line.Balance.Digits,
                }),
                [Day(statement.To), "closing", "", "", "", statement.Closing.Digits],
            ]);
        if (!IsForPeople(words)) return;
        var age = statement.Ageing;
        Tables.Write(Context, ["Not due>", "To 30 days>", "31-60>", "61-90>", "Older>"],
            [[age.Current.Digits, age.Days30.Digits, age.Days60.Digits, age.Days90.Digits,
                age.Older.Digits]]);
    }
}
