namespace Settle.Cli.Commands;

internal sealed class SepaFileCommand : BillingCommand
{
    private readonly Argument<string> _order = new("ORDER") { Description = "The order's id" };

    private readonly Option<string> _output =
        Typed.Text("--output", "FILE", "Where the file is written");

    public SepaFileCommand(CliContext context)
        : base(context, "file",
            "Writes the file of a SEPA order again, byte for byte. Send it to the bank only once.",
            "settle sepa file nov:2026-11-16 --output debit.xml")
    {
        _output.Required = true;
        Add(_order);
        Add(_output);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var (id, path) = (words.GetRequiredValue(_order), words.GetRequiredValue(_output));
        var order = await ledger.Billing.GetSepaOrderAsync(id, cancellation)
            ?? throw new NotFoundException($"there is no SEPA order '{id}'");
        await SepaOutput.WriteAsync(path, order, cancellation);
        WriteResult(words, order, WireJson.Compact.SepaOrder,
            made => $"{SepaOutput.Line(made)}, to {path}");
        return ExitStatus.Done;
    }
}
