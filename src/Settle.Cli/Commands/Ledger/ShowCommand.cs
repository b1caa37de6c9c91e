namespace Settle.Cli.Commands;

internal sealed class ShowCommand : LedgerCommand
{
    private readonly Argument<string> _id =
        new("ID") { Description = "The id of anything the ledger decided" };

    public ShowCommand(CliContext context)
        : base(context, "show", "Shows what the ledger recorded under an id.",
            "settle show order-42")
        => Add(_id);

    protected override bool HasTimes => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var id = words.GetRequiredValue(_id);
        var entry = await ledger.GetEntryAsync(id, cancellation)
            ?? throw new NotFoundException($"the ledger has decided nothing under the id '{id}'");
        using var document = JsonDocument.Parse(entry.Body);
        var recorded = ChainEvent.Of(entry, document.RootElement);
        var lines = await EntryLines.OfAsync(ledger, TimesIn(words), cancellation);
        WriteResult(words, recorded, WireJson.Compact.ChainEvent, lines.All);
        if (WantsJson(words)) return ExitStatus.Done;
        var hold = await ledger.GetHoldAsync(id, cancellation);
        var transfer = await ledger.GetTransferAsync(id, cancellation);
        if (entry.Detail is { } why) Context.Output.WriteLine($"why        {why}");
        if (hold is { State: { } state })
        {
            Context.Output.WriteLine($"state      {Words<HoldState>.Of(state)}"
                + (hold.Captured is { } captured ? $", {captured}" : "")
                + (hold.EndedBy is { } end ? $", by {end}" : "")
                + (hold.EndMemo is { } memo ? $": {memo}" : ""));
        }
        if (transfer is { Reverted: { } reverted })
        {
            Context.Output.WriteLine(
                $"reverted   {reverted}, by {string.Join(", ", transfer.RevertedBy!)}");
        }
        return ExitStatus.Done;
    }
}
