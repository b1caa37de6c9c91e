using System.CommandLine;
using Settle.Cli.Input;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class CaptureCommand : LedgerCommand
{
    private readonly Argument<string> _hold = new("ID") { Description = "The id of the hold" };

    private readonly Argument<string?> _amount = new("AMOUNT")
    {
        Description = "In the major unit; the rest is freed [default: all]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly IdOption _id = new();

    public CaptureCommand(CliContext context)
        : base(context, "capture", "Moves money that a hold reserved.",
            "settle capture booking-9", "settle capture booking-9 120.50")
    {
        Add(_hold);
        Add(_amount);
        Add(_id);
    }

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_amount) is { } amount) Amounts.Read("amount", amount);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var scales = await Scales.OfAsync(ledger, cancellation);
        var holdId = words.GetRequiredValue(_hold);
        long? amount = null;
        if (words.GetValue(_amount) is { } text)
        {
            var hold = await ledger.GetHoldAsync(holdId, cancellation);
            amount = scales.Parse("amount", text, hold?.Asset);
        }
        var transfer = await ledger.CaptureAsync(
            new CaptureRequest { Id = words.GetValue(_id), Hold = holdId, Amount = amount },
            cancellation);
        WriteResult(words, transfer, WireJson.Compact.Transfer, done =>
            $"{(done.Replayed ? "already known" : "captured")}: {done.From} -> {done.To} "
            + $"{scales.FormatMoney(done.Amount, done.Asset)}, id {done.Id}, block {done.Block}");
        return ExitStatus.Done;
    }
}
