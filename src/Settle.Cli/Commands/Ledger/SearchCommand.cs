namespace Settle.Cli.Commands;

internal sealed class SearchCommand : LedgerCommand
{
    private readonly Argument<string[]> _words = new("WORD")
    {
        Description = "An id or a number, or words in any order",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int> _limit = Typed.Integer("--limit", "COUNT",
        "At most so many of each type", 1, 100, fallback: 10);

    public SearchCommand(CliContext context)
        : base(context, "search", "Looks for words in names, numbers, ids and memos.",
            "settle search miller", "settle search 2026-000017", "settle search rent may")
    {
        Add(_words);
        Add(_limit);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var found = await ledger.SearchAsync(new SearchQuery
        {
            Text = string.Join(' ', words.GetRequiredValue(_words)),
            Limit = words.GetValue(_limit),
        }, cancellation);
        WriteList(words, found.Items, WireJson.Compact.SearchItem, ["Type", "Id", "About"],
            item => [item.Kind ?? Words<SearchType>.Of(item.Type), item.Id, item.Text ?? ""]);
        if (!found.IsComplete)
            Context.Say("note", "there may be more: name more words, or ask with --limit");
        return ExitStatus.Done;
    }
}
