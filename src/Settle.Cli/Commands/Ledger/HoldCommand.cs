using System.CommandLine;
using System.Globalization;
using Settle.Cli.Input;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class HoldCommand : MovingCommand
{
    private readonly Argument<string> _from =
        new("FROM") { Description = "The account whose money is reserved" };
    private readonly Argument<string> _to =
        new("TO") { Description = "The account that a capture pays" };
    private readonly Argument<string> _amount =
        new("AMOUNT") { Description = "In the major unit: 50 or 50.00" };

    private readonly Option<string> _expires = new("--expires")
    {
        Description =
            "Frees the money by itself after this long: 7d, 12h, 30m, 45s or 2w [default: never]",
        HelpName = "DURATION",
    };

    public HoldCommand(CliContext context)
        : base(context, "hold", "Reserves money, to be captured or voided later.",
            "settle hold Dave hotel 300 --expires 7d --id booking-9")
    {
        Add(_from);
        Add(_to);
        Add(_amount);
        Add(_expires);
        AddDetailOptions();
    }

    protected override void CheckWords(ParseResult words)
    {
        Amounts.Read("amount", words.GetRequiredValue(_amount));
        Expiry(words);
        MetaOption.In(words);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var asset = words.GetValue(AssetOption);
        var hold = await ledger.HoldAsync(new HoldRequest
        {
            Id = words.GetValue(IdOption),
            From = words.GetRequiredValue(_from),
            To = words.GetRequiredValue(_to),
            Amount = Money.Of(Amounts.Read("amount", words.GetRequiredValue(_amount)), asset),
            ExpiresIn = Expiry(words),
            Memo = words.GetValue(MemoOption),
            Timestamp = Timestamp(words),
            Meta = MetaOption.In(words),
        }, cancellation);
        WriteResult(words, hold, WireJson.Compact.Hold, done => Line(done));
        return ExitStatus.Done;
    }

    internal static string Line(Hold hold)
    {
        var expires = hold.Expires is { } time
            ? ", expires "
                + time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : "";
        var state = hold.State is { } known ? Words<HoldState>.Of(known) : "no";
        return $"{Status(hold.Status, hold.Replayed)}: {state} hold of "
            + $"{hold.Amount}, {hold.From} -> {hold.To}, "
            + $"id {hold.Id}, block {hold.Block}{expires}";
    }

    private TimeSpan? Expiry(ParseResult words) =>
        words.GetValue(_expires) is { } text ? Settle.Parse.Duration("expires", text) : null;
}
