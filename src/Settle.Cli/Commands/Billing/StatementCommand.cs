using System.CommandLine;
using System.Text.Json;
using Settle.Cli.Input;
using Settle.Cli.Output;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class StatementCommand : BillingCommand
{
    private readonly Argument<string> _customer =
        new("CUSTOMER") { Description = "The customer's id" };

    private readonly Option<string> _asset = new("--asset")
    {
        Description = "The asset [default: the customer's]",
        HelpName = "CODE",
    };

    private readonly DayOption _from = new("--from", "The first day [default: the beginning]");
    private readonly DayOption _to =
        new("--to", "The last day [default: today]", takesMonths: true);

    public StatementCommand(CliContext context)
        : base(context, "statement",
            "Shows what a customer was billed and paid, what is owed, and since when.",
            "settle statement dave", "settle statement dave --from 2026-01-01 --to 2026-12")
    {
        Add(_customer);
        Add(_asset);
        Add(_from);
        Add(_to);
    }

    protected override void CheckWords(ParseResult words)
    {
        _from.In(words);
        _to.In(words);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var customer = words.GetRequiredValue(_customer);
        var statement = await ledger.Billing.GetStatementAsync(customer, words.GetValue(_asset),
            _from.In(words), _to.In(words), cancellation)
            ?? throw new NotFoundException($"there is no customer '{customer}'");
        if (WantsJson(words))
            Context.Output.WriteLine(
                JsonSerializer.Serialize(statement, WireJson.Compact.Statement));
        else
            Write(statement, await Scales.OfAsync(ledger, cancellation));
        return ExitStatus.Done;
    }

    private void Write(Statement statement, Scales scales)
    {
        string Money(Int128 minor) => scales.Format(minor, statement.Asset);
        Context.Output.WriteLine($"{statement.Customer}, {statement.Asset}, "
            + $"{(statement.From is { } from ? Day(from) : "from the beginning")} "
            + $"to {Day(statement.To)}");
        Tables.Write(Context, ["Date", "Kind", "Number", "Due", "Amount>", "Balance>"],
            [
                [Day(statement.From), "opening", "", "", "", Money(statement.Opening)],
                .. statement.Lines.Select(line => new[]
                {
                    Day(line.Date),
                    line.Kind.Replace('_', ' '),
                    line.Number,
                    Day(line.Due),
                    Money(line.Amount),
                    Money(line.Balance),
                }),
                [Day(statement.To), "closing", "", "", "", Money(statement.Closing)],
            ]);
        var age = statement.Ageing;
        Tables.Write(Context, ["Not due>", "1-30 days>", "31-60>", "61-90>", "Older>"],
            [[Money(age.Current), Money(age.Days30), Money(age.Days60), Money(age.Days90),
                Money(age.Older)]]);
    }
}
