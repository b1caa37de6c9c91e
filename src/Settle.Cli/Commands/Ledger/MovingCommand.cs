using System.CommandLine;
using Settle.Cli.Input;

namespace Settle.Cli.Commands;

/// <summary>A command that moves or reserves money: it can carry an id, a memo and pairs.</summary>
internal abstract class MovingCommand(CliContext context, string name, string description,
    params string[] examples)
    : LedgerCommand(context, name, description, examples)
{
    protected Option<string> AssetOption { get; } = new("--asset")
    {
        Description = "The asset [default: the ledger's]",
        HelpName = "CODE",
    };

    protected IdOption IdOption { get; } = new();

    protected Option<string> MemoOption { get; } = new("--memo")
    {
        Description = "A text for people",
        HelpName = "TEXT",
    };

    protected Option<string> TimestampOption { get; } = new("--timestamp")
    {
        Description = "When it happened, RFC 3339 or a date; it informs only",
        HelpName = "TIME",
    };

    protected MetaOption MetaOption { get; } = new();

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

    protected DateTimeOffset? Timestamp(ParseResult words) =>
        words.GetValue(TimestampOption) is { } text
            ? Settle.Parse.Timestamp("timestamp", text) : null;
}
