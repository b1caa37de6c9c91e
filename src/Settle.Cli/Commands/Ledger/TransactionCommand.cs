using System.CommandLine;
using Settle.Cli.Input;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class TransactionCommand : MovingCommand
{
    private readonly Argument<string[]> _postings = new("POSTING")
    {
        Description = "'FROM -> TO AMOUNT [ASSET]', each in quotes",
        Arity = ArgumentArity.OneOrMore,
    };

    public TransactionCommand(CliContext context)
        : base(context, "transaction", "Makes several postings under one id: all of them, or none.",
            "settle transaction \"Dave -> Alex 50\" \"Alex -> Jane 25\"",
            "settle transaction \"Ann -> shop 30 EUR\" \"shop -> Ann 300 points\" --id order-7")
    {
        Add(_postings);
        AddDetailOptions();
    }

    protected override void CheckWords(ParseResult words)
    {
        foreach (var (field, posting) in Postings(words))
            Amounts.Read(field + ".amount", posting.Amount);
        MetaOption.In(words);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var asset = words.GetValue(AssetOption);
        var transaction = await ledger.TransactAsync(new TransactionRequest
        {
            Id = words.GetValue(IdOption),
            Postings = [.. Postings(words)
                .Select(posting => ToPosting(posting.Field, posting.Words, asset))],
            Memo = words.GetValue(MemoOption),
            Timestamp = Timestamp(words),
            Meta = MetaOption.In(words),
        }, cancellation);
        WriteResult(words, transaction, WireJson.Compact.Transaction, done => Lines(done));
        return ExitStatus.Done;
    }

    internal static string Lines(Transaction done)
    {
        var head = $"{Status(done.Status, done.Replayed)}: id {done.Id}, block {done.Block}";
        return string.Join(Environment.NewLine, done.Postings
            .Select(p => $"  {p.From} -> {p.To} {p.Amount}")
            .Prepend(head));
    }

    private IEnumerable<(string Field, PostingWords Words)> Postings(ParseResult words) =>
        words.GetRequiredValue(_postings)
            .Select((text, index) =>
                ($"postings[{index}]", PostingWords.Parse($"postings[{index}]", text)));

    private static Posting ToPosting(string field, PostingWords words, string? asset) => new()
    {
        From = words.From,
        To = words.To,
        Amount = Money.Of(Amounts.Read(field + ".amount", words.Amount), words.Asset ?? asset),
    };
}
