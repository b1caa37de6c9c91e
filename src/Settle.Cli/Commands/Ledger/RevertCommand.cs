namespace Settle.Cli.Commands;

internal sealed class RevertCommand : LedgerCommand
{
    private readonly Argument<string> _reverts = new("ID")
    {
        Description = "The id of the transfer, transaction or capture to revert",
    };

    private readonly Option<string> _id = Typed.Id();

    public RevertCommand(CliContext context)
        : base(context, "revert", "Reverses an earlier transfer, once.",
            "settle revert order-42")
    {
        Aliases.Add("undo");
        Add(_reverts);
        Add(_id);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var transaction = await ledger.RevertAsync(new RevertRequest
        {
            Id = words.GetValue(_id),
            Reverts = words.GetRequiredValue(_reverts),
        }, cancellation);
        WriteResult(words, transaction, WireJson.Compact.Transaction,
            done => TransactionCommand.Lines(done));
        return ExitStatus.Done;
    }
}
