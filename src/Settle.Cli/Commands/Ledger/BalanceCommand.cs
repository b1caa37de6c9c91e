namespace Settle.Cli.Commands;

internal sealed class BalanceCommand : LedgerCommand
{
    private readonly Argument<string?> _account = new("ACCOUNT")
    {
        Description = "Only this account; or 'Al*', all whose names begin with Al",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<AsOf?> _at = Typed.Moment("--at", "TIME",
        "As of a height (42), the end of a day in UTC (2026-11-21), "
            + "or a time (2026-11-21T20:23:11Z)", AsOf.Parse);

    private readonly Option<DateOnly?> _on = Typed.Moment<DateOnly>("--on", "DATE",
        "By value date at the end of this day: what entries say of themselves counts, whenever "
            + "they were recorded", Settle.Parse.ValueDate);

    public BalanceCommand(CliContext context)
        : base(context, "balance", "Shows balances, and how much of them is available.",
            "settle balance", "settle balance Alex", "settle balance 'customers:*'",
            "settle balance --at 2026-11-21", "settle balance Alex --on 2026-10-31")
    {
        Aliases.Add("accounts");
        Aliases.Add("balances");
        Add(_account);
        Add(_at);
        Add(_on);
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var at = (words.GetValue(_at) ?? AsOf.Now) with { ValueDate = words.GetValue(_on) };
        var name = words.GetValue(_account);
        var prefix = name?.EndsWith('*') == true ? name[..^1] : null;
        var account = name is not null && prefix is null
            ? await AccountAsync(ledger, name, at, cancellation) : null;
        if (account is not null && WantsJson(words))
        {
            WriteList(words, AccountLines.Rows(account), WireJson.Compact.JsonElement, [], _ => []);
            return ExitStatus.Done;
        }
        var balances = account?.Balances.Select(each => new Balance
        {
            Account = account.Name, Amount = each.Balance, Available = each.Available,
            Spendable = each.Spendable, Here = each.Here,
        }) ?? await Pages.AllAsync((after, stop) => ledger.ListBalancesAsync(new BalanceQuery
        {
            At = at, Prefix = prefix, Limit = Pages.LimitMax, After = after,
        }, stop), cancellation).ToListAsync(cancellation);
        if (prefix is not null && !balances.Any() && IsForPeople(words))
        {
            Context.Output.WriteLine(at.IsNow ? $"no account's name begins with '{prefix}'"
                : $"no account's name began with '{prefix}' then");
            return ExitStatus.Done;
        }
        if (balances.Any(each => each.Here is not null))
        {
            WriteList(words, balances, WireJson.Compact.Balance,
                ["Account", "Balance>", "Available>", "Spendable>", "Here>", "Asset"],
                b => [b.Account, b.Amount.Digits, b.Available.Digits, $"{b.Spendable}",
                    $"{b.Here}", b.Asset]);
        }
        else
        {
            WriteList(words, balances, WireJson.Compact.Balance,
                ["Account", "Balance>", "Available>", "Spendable>", "Asset"],
                b => [b.Account, b.Amount.Digits, b.Available.Digits, $"{b.Spendable}", b.Asset]);
        }
        if (account is not null && IsForPeople(words))
            Context.Output.WriteLine(AccountLines.Of(account));
        return ExitStatus.Done;
    }

    private static async Task<Account> AccountAsync(ILedger ledger,
        string name, AsOf at, CancellationToken cancellation) =>
        await ledger.GetAccountAsync(name, at, cancellation)
            ?? throw new NotFoundException(at.IsNow ? $"there is no account '{name}'"
                : $"there was no account '{name}' then");
}
