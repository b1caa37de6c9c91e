namespace Settle.Cli.Commands;

/// <summary>A command that moves or reserves money: it can carry an id, a memo and pairs.</summary>
internal abstract class MovingCommand(CliContext context, string name, string description,
    params string[] examples)
    : LedgerCommand(context, name, description, examples)
{
    protected Option<string> AssetOption { get; } = Typed.Asset(
        "The asset [default: the ledger's]");

    protected Option<string> IdOption { get; } = Typed.Id();

    protected Option<string> MemoOption { get; } = Typed.Text("--memo", "TEXT",
        "A note for people");

    protected Option<DateTimeOffset?> TimestampOption { get; } = Typed.Moment("--timestamp", "TIME",
        "When it happened, RFC 3339 or a date; for information only", Settle.Parse.Timestamp);

    protected Option<Dictionary<string, string>?> MetaOption { get; } = Typed.Meta();

    protected override bool MakesLedger => true;

    protected void AddDetailOptions()
    {
        Add(AssetOption);
        Add(IdOption);
        Add(MemoOption);
        Add(TimestampOption);
        Add(MetaOption);
    }

    /// <summary>How a verdict is told, and whether it was known before.</summary>
    protected static string Status(EntryStatus status, bool replayed) =>
        Words<EntryStatus>.Of(status) + (replayed ? " (already known)" : "");
}
