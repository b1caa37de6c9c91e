namespace Settle.Cli.Commands;

internal sealed class TransactionCommand : MovingCommand
{
    private readonly Argument<Posting[]> _postings;

    public TransactionCommand(CliContext context)
        : base(context, "transaction", "Makes several postings under one id: all of them, or none.",
            "settle transaction \"Dave -> Alex 50\" \"Alex -> Jane 25\"",
            "settle transaction \"Ann -> shop 30 EUR\" \"shop -> Ann 300 points\" --id order-7")
    {
        _postings = Typed.Argument("POSTING", "'FROM -> TO AMOUNT [ASSET]', each in quotes",
            (line, texts) => texts.Select((text, index) => PostingWords.Parse(
                $"postings[{index}]", text, line.GetValue(AssetOption))).ToArray());
        _postings.Arity = ArgumentArity.OneOrMore;
        Add(_postings);
        AddDetailOptions();
        Add(DryRunOption);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var transaction = await ledger.TransactAsync(new TransactionRequest
        {
            Id = words.GetValue(IdOption),
            Postings = words.GetRequiredValue(_postings),
            Memo = words.GetValue(MemoOption),
            Timestamp = words.GetValue(TimestampOption),
            Meta = words.GetValue(MetaOption),
            DryRun = words.GetValue(DryRunOption),
        }, cancellation);
        WriteResult(words, transaction, WireJson.Compact.Transaction, done => Lines(done));
        return ExitStatus.Done;
    }

    internal static string Lines(Transaction done)
    {
        var head = done.DryRun ? "would move:"
            : $"{Status(done.Status, done.Replayed)}: id {done.Id}, block {done.Block}";
        return string.Join(Environment.NewLine, done.Postings
            .Select(p => $"  {p.From} -> {p.To} {p.Amount}")
            .Prepend(head)) + (done.Balances is { } changes
                ? Changes(changes) + WouldBeNew(done.NewAccounts) : New(done.NewAccounts));
    }
}
