namespace Settle.Cli.Commands;

internal sealed class SepaRefundCommand : SepaRunCommand
{
    private readonly Argument<string[]> _refunds = new("REFUND")
    {
        Description = "The refunds' ids; without any, all since --from",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<DateOnly?> _from =
        Typed.Day("--from", "All refunds from this day on that are in no order yet");

    public SepaRefundCommand(CliContext context)
        : base(context, "refund",
            "Makes orders for the bank to pay refunds to the customers' accounts, each once.",
            "settle sepa refund --from 2026-11-01 --output bank", "settle sepa refund r-17")
    {
        Add(_refunds);
        Add(_from);
        AddRunOptions();
    }

    protected override void CheckWords(ParseResult words)
    {
        base.CheckWords(words);
        if (words.GetValue(_refunds) is { Length: > 0 } == words.GetValue(_from) is not null)
            throw new UsageException("name either refunds or --from");
    }

    protected override Task<SepaRun> OrderAsync(ParseResult words, IBilling billing, string? id,
        DateOnly? date, bool isDry, CancellationToken cancellation) =>
        billing.PayOutAsync(new PayoutRequest
        {
            Id = id, From = words.GetValue(_from), Date = date, DryRun = isDry,
            Refunds = words.GetValue(_refunds) is { Length: > 0 } named ? named : null,
        }, cancellation);
}
