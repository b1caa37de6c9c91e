namespace Settle.Cli.Commands;

internal sealed class LogCommand : LedgerCommand
{
    private readonly Argument<string?> _name = new("ACCOUNT")
    {
        Description = "The same as --account",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _account = Typed.Text("--account", "NAME",
        "Only what concerns this account, with its balance after each movement", "-a");

    private readonly Option<DateOnly?> _from = Typed.Moment<DateOnly>("--from", "DATE",
        "With an account: only what has this value date or a later one", Settle.Parse.ValueDate);

    private readonly Option<DateOnly?> _to = Typed.Moment<DateOnly>("--to", "DATE",
        "With an account: only what has this value date or an earlier one",
        Settle.Parse.ValueDate);

    private readonly Option<bool> _follow = new("--follow", "-f")
    {
        Description = "Keep showing new entries as they are settled, until Ctrl-C",
    };

    private readonly Option<int> _limit = Typed.Integer("--limit", "COUNT",
        "How many of the newest entries", 0, int.MaxValue, 50, "-n");

    public LogCommand(CliContext context)
        : base(context, "log", "Shows what the ledger decided, newest last.",
            "settle log", "settle log Alex", "settle log --follow",
            "settle log Alex --from 2026-10-01 --to 2026-10-31")
    {
        Aliases.Add("history");
        Add(_name);
        Add(_account);
        Add(_from);
        Add(_to);
        Add(_follow);
        Add(_limit);
    }

    protected override bool HasTable => true;

    protected override bool HasTimes => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_name) is not null && words.GetValue(_account) is not null)
            throw new UsageException("ACCOUNT cannot be combined with --account");
        var hasDates = words.GetValue(_from) is not null || words.GetValue(_to) is not null;
        if (hasDates && words.GetValue(_name) is null && words.GetValue(_account) is null)
            throw new UsageException("--from and --to can only be used with an account");
        if (hasDates && words.GetValue(_follow))
            throw new UsageException("--from and --to cannot be combined with --follow");
        // With --follow, none means only what comes from now on.
        if (words.GetValue(_limit) == 0 && !words.GetValue(_follow))
            throw Settle.Parse.NotInRange("limit", "0", 1, int.MaxValue);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var limit = words.GetValue(_limit);
        var account = words.GetValue(_name) ?? words.GetValue(_account);
        if (words.GetValue(_follow))
        {
            await FollowAsync(words, ledger, account, limit, cancellation);
            return ExitStatus.Done;
        }
        if (account is null) await WriteNewestAsync(words, ledger, limit, cancellation);
        else await WriteMovementsAsync(words, ledger, account, limit, cancellation);
        return ExitStatus.Done;
    }

    private async Task WriteNewestAsync(ParseResult words, ILedger ledger, int limit,
        CancellationToken cancellation)
    {
        var (entries, _) = await NewestEntries.ReadAsync(ledger, limit, cancellation);
        var lines = await EntryLines.OfAsync(ledger, TimesIn(words), cancellation);
        WriteList(words, entries, WireJson.Compact.ChainEvent, EntryLines.Columns, lines.Row);
    }

    private async Task WriteMovementsAsync(ParseResult words, ILedger ledger, string account,
        int limit, CancellationToken cancellation)
    {
        if (await ledger.GetAccountAsync(account, default, cancellation) is null)
            throw new NotFoundException($"there is no account '{account}'");
        var movements = new List<AccountEntry>();
        var page = new EntryQuery
        {
            OnFrom = words.GetValue(_from), OnTo = words.GetValue(_to),
        };
        while (movements.Count < limit)
        {
            var got = await ledger.ListEntriesAsync(account,
                page with { Limit = int.Min(1000, limit - movements.Count) }, cancellation);
            movements.AddRange(got.Items);
            if (got.Next is null) break;
            page = page with { After = got.Next };
        }
        movements.Reverse();
        var times = TimesIn(words);
        WriteList(words, movements, WireJson.Compact.AccountEntry,
            ["Time", "Id", "Type", "Counterparty", "Amount>", "Balance>", "Asset", "Memo"],
            m => [When(m, times), m.Id,
                Words<AccountEntryType>.Of(m.Type), m.Counterparty ?? "", m.Amount.Digits,
                m.Balance.Digits, m.Asset, m.Memo ?? ""]);
    }

    // The moment or the day that it counts for.
    private static string When(AccountEntry movement, Times times) =>
        movement.Timestamp is { } time ? Texts.Timestamp(time)
            : movement.Date == DateOnly.FromDateTime(movement.Time.UtcDateTime)
                ? times.Of(movement.Time)
            : movement.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task FollowAsync(ParseResult words, ILedger ledger, string? account, int limit,
        CancellationToken cancellation)
    {
        var (entries, last) = await NewestEntries.ReadAsync(ledger, limit, cancellation);
        var lines = await EntryLines.OfAsync(ledger, TimesIn(words), cancellation);
        foreach (var entry in entries) WriteLine(entry);
        await foreach (var entry in ledger.FollowAsync(last, cancellation))
        {
            using var document = JsonDocument.Parse(entry.Body);
            WriteLine(ChainEvent.Of(entry, document.RootElement));
        }

        void WriteLine(ChainEvent entry)
        {
            if (account is not null && !EntryLines.Concerns(entry, account)) return;
            Context.Output.WriteLine(WantsJson(words)
                ? JsonSerializer.Serialize(entry, WireJson.Compact.ChainEvent)
                : string.Join("  ", lines.Row(entry).Where(cell => cell.Length > 0)));
            Context.Output.Flush();
        }
    }
}
