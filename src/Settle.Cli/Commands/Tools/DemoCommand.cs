using Microsoft.Extensions.Logging;
using Settle.Server;

namespace Settle.Cli.Commands;

internal sealed class DemoCommand : SettleCommand
{
    private const string LedgerName = "bank";
    private const string CoworkingName = "coworking";

    private readonly Option<string> _file = Typed.Text("--file", "FILE",
        "Keep the bank in this file, and the coworking space beside it "
            + "(bank-coworking.db) [default: temporary ones]");

    private readonly Option<string> _listen = Typed.Text("--listen", "ADDRESS",
        "Address and port [default: 127.0.0.1:7171, or a free port when that is taken]");

    public DemoCommand(CliContext context)
        : base(context, "demo",
            "Serves two sample ledgers and their web page until Ctrl-C: a bank's real data, and an "
                + "invented month of a coworking space with its invoices.",
            "settle demo", "settle demo --file bank.db")
    {
        Add(_file);
        Add(_listen);
    }

    protected override async Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        using var folder = words.GetValue(_file) is null ? new TemporaryFolder() : null;
        var file = words.GetValue(_file) ?? Path.Combine(folder!.Path, LedgerName + ".db");
        var coworking = words.GetValue(_file) is null
            ? Path.Combine(folder!.Path, CoworkingName + ".db")
            : Path.ChangeExtension(file, null) + "-" + CoworkingName + ".db";
        await FillAsync(file, cancellation);
        await FillCoworkingAsync(coworking, cancellation);
        var options = new ServeOptions
        {
            Ledgers = [file, coworking],
            Listen = words.GetValue(_listen) ?? "127.0.0.1:7171",
            LogLevel = LogLevel.Warning,
            LogsForPeople = Context.ShowsProgress,
            LogsInColor = Context.ErrorHasColors,
        };
        try
        {
            await ServeAsync(options, cancellation);
        }
        catch (InvalidRequestException e)
            when (e.Field == "listen" && words.GetValue(_listen) is null)
        {
            Context.Error.WriteLine("Port 7171 is taken; taking a free one.");
            await ServeAsync(options with { Listen = "127.0.0.1:0" }, cancellation);
        }
        return ExitStatus.Done;
    }

    private async Task FillAsync(string file, CancellationToken cancellation)
    {
        await using var ledger = await Ledger.OpenAsync(file, cancellationToken: cancellation);
        var summary = await ProgressBar.RunAsync(Context, "sample", progress =>
            Sample.ImportAsync(ledger, progress, cancellation));
        if (summary.StoppedBy is { } stop) throw stop;
        var info = await ledger.GetInfoAsync(cancellation);
        Context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{summary.Rows} transfers between {info.Accounts} accounts of a bank, in {file}"));
    }

    private async Task FillCoworkingAsync(string file, CancellationToken cancellation)
    {
        await using var ledger = await Ledger.OpenAsync(file, cancellationToken: cancellation);
        var run = await CoworkingSample.MakeAsync(ledger, cancellation);
        Context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{run.Invoices.Count} invoices of a coworking space's {run.Charges} charges, "
            + $"in {file}"));
    }

    private Task ServeAsync(ServeOptions options, CancellationToken cancellation) =>
        SettleServer.RunAsync(options, server =>
        {
            var address = server.Addresses[0].ToString().TrimEnd('/');
            var name = Path.GetFileNameWithoutExtension(options.Ledgers[0]);
            var coworking = Path.GetFileNameWithoutExtension(options.Ledgers[1]);
            Context.Output.WriteLine($"""

                  {address}/  shows both; Ctrl-C ends it.
                  The coworking space: {address}/#{coworking}

                From another terminal:

                  {Context.Program} balance --ledger {address}/{name}
                  {Context.Program} transfer @world customer:576 100 --ledger {address}/{name}
                  {Context.Program} statement dave --ledger {address}/{coworking}
                """);
            Context.Output.Flush();
        }, cancellation);
}
