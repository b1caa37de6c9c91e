namespace Settle.Cli.Commands;

internal sealed class TransferCommand : MovingCommand
{
    private readonly Argument<string> _from = new("FROM") { Description = "The paying account" };
    private readonly Argument<string> _to = new("TO") { Description = "The receiving account" };
    private readonly Argument<decimal> _amount = Typed.Amount();

    public TransferCommand(CliContext context)
        : base(context, "transfer", "Moves money from one account to another.",
            "settle transfer @world Dave 100", "settle transfer Dave Alex 50",
            "settle transfer Dave Alex 50 --dry-run",
            "settle transfer Dave Alex 12.50 --asset EUR --id order-42 --memo \"two coffees\"")
    {
        Add(_from);
        Add(_to);
        Add(_amount);
        AddDetailOptions();
        Add(DryRunOption);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var asset = words.GetValue(AssetOption);
        var request = new TransferRequest
        {
            Id = words.GetValue(IdOption),
            From = words.GetRequiredValue(_from),
            To = words.GetRequiredValue(_to),
            Amount = Money.Typed(words.GetValue(_amount), asset),
            Memo = words.GetValue(MemoOption),
            Timestamp = words.GetValue(TimestampOption),
            Meta = words.GetValue(MetaOption),
            DryRun = words.GetValue(DryRunOption),
        };
        try
        {
            var transfer = await ledger.TransferAsync(request, cancellation);
            WriteResult(words, transfer, WireJson.Compact.Transfer, done => Line(done));
            return ExitStatus.Done;
        }
        catch (RejectedException refusal)
            when (refusal.Refusal != RefusalCode.IdReused && WantsJson(words))
        {
            // With --json the recorded transfer is the result, even when it was rejected.
            if (await ledger.GetTransferAsync(refusal.Id, cancellation) is { } recorded)
            {
                Context.Output.WriteLine(JsonSerializer.Serialize(
                    recorded with { Replayed = refusal.Replayed }, WireJson.Compact.Transfer));
            }
            throw;
        }
    }

    private static string Line(Transfer done) => done.Balances is { } changes
        ? $"would move: {done.From} -> {done.To} {done.Amount}"
            + Changes(changes) + WouldBeNew(done.NewAccounts)
        : $"{Status(done.Status, done.Replayed)}: {done.From} -> {done.To} "
        + $"{done.Amount}, id {done.Id}, block {done.Block}{New(done.NewAccounts)}";
}
