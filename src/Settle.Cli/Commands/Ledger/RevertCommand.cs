namespace Settle.Cli.Commands;

internal sealed class RevertCommand : LedgerCommand
{
    private readonly Argument<string> _reverts = new("ID")
    {
        Description = "The id of the transfer, transaction or capture to revert",
    };

    private readonly Argument<decimal?> _amount = Typed.OptionalAmount(
        "How much of a transfer, in the major unit; all parts together are never more than the "
            + "whole [default: all that is left]");

    private readonly Option<string> _id = Typed.Id();
    private readonly Option<string> _memo = Typed.Text("--memo", "TEXT", "Why, for people");

    public RevertCommand(CliContext context)
        : base(context, "revert", "Reverses an earlier transfer, or a part of it.",
            "settle revert order-42", "settle revert order-42 5 --memo \"one cup was cold\"")
    {
        Aliases.Add("undo");
        Add(_reverts);
        Add(_amount);
        Add(_id);
        Add(_memo);
    }

    protected override bool Writes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var transaction = await ledger.RevertAsync(new RevertRequest
        {
            Id = words.GetValue(_id),
            Reverts = words.GetRequiredValue(_reverts),
            Amount = words.GetValue(_amount) is { } part ? Money.Typed(part) : null,
            Memo = words.GetValue(_memo),
        }, cancellation);
        WriteResult(words, transaction, WireJson.Compact.Transaction,
            done => TransactionCommand.Lines(done));
        return ExitStatus.Done;
    }
}
