namespace Settle.Cli.Commands;

/// <summary>A command that moves or reserves money: it can carry an id, a memo and pairs.</summary>
internal abstract class MovingCommand(CliContext context, string name, string description,
    params string[] examples)
    : LedgerCommand(context, name, description, examples)
{
    private const int WaitSecondsMax = 60;

    protected Option<string> AssetOption { get; } = Typed.Asset(
        "The asset [default: the ledger's]");

    protected Option<string> IdOption { get; } = Typed.Id();

    protected Option<string> MemoOption { get; } = Typed.Text("--memo", "TEXT",
        "A note for people");

    protected Option<DateTimeOffset?> TimestampOption { get; } = Typed.Moment("--timestamp", "TIME",
        "When it happened, RFC 3339 or a date: its day is the value date", Settle.Parse.Timestamp);

    protected Option<Dictionary<string, string>?> MetaOption { get; } = Typed.Meta();

    /// <summary>For those that can tell what would be decided.</summary>
    protected Option<bool> DryRunOption { get; } = new("--dry-run")
    {
        Description = "Only shows what would become of the balances; records nothing",
    };

    private readonly Option<int> _wait = Typed.Integer("--wait", "SECONDS",
        "At one of several sites: how long to wait, while its server or 'settle sync' exchanges "
            + "with others, if the money is there", 0, WaitSecondsMax, fallback: 0);

    protected override bool Writes => true;

    protected override TimeSpan WaitIn(ParseResult words, string location) =>
        TimeSpan.FromSeconds(words.GetValue(_wait));

    protected void AddDetailOptions()
    {
        Add(AssetOption);
        Add(IdOption);
        Add(MemoOption);
        Add(TimestampOption);
        Add(MetaOption);
        Add(_wait);
    }

    /// <summary>What a result says of accounts that exist since: a mistyped name shows.</summary>
    internal static string New(IReadOnlyList<string>? accounts) => accounts is null ? ""
        : string.Concat(accounts.Select(account => $"{Environment.NewLine}new account {account}"));

    /// <summary>What a dry run says of the balances, a line for each.</summary>
    internal static string Changes(IReadOnlyList<BalanceChange> changes) =>
        string.Concat(changes.Select(change => $"{Environment.NewLine}  {change.Account}: "
            + $"{change.Before.Digits} -> {change.After}"));

    /// <summary>What of a dry run's accounts would be new.</summary>
    internal static string WouldBeNew(IReadOnlyList<string>? accounts) => accounts is null ? ""
        : string.Concat(accounts.Select(
            account => $"{Environment.NewLine}would make the account {account}"));

    /// <summary>How a verdict is told, and whether it was known before.</summary>
    protected static string Status(EntryStatus status, bool replayed) =>
        Words<EntryStatus>.Of(status) + (replayed ? " (already known)" : "");
}
