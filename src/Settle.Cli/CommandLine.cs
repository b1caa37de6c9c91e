using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Settle.Cli.Commands;

namespace Settle.Cli;

/// <summary>The whole command line: from words to an exit status.</summary>
internal static class CommandLine
{
    public static RootCommand Build(CliContext context)
    {
        var root = new RootCommand(
            "A ledger that never overdraws an account and never decides a request twice.")
        {
            HelpName = "settle",
        };
        SettleCommand[] commands =
        [
            new InitCommand(context),
            new OpenCommand(context),
            new AssetCommand(context),
            new TransferCommand(context),
            new TransactionCommand(context),
            new HoldCommand(context),
            new HoldsCommand(context),
            new CaptureCommand(context),
            new VoidCommand(context),
            new RevertCommand(context),
            new BalanceCommand(context),
            new LogCommand(context),
            new ShowCommand(context),
            new InfoCommand(context),
            .. Billing(context),
            new ImportCommand(context),
            new ExportCommand(context),
            new VerifyCommand(context),
            new MirrorCommand(context),
            new ResolveCommand(context),
            new ServeCommand(context),
            new DemoCommand(context),
            new BenchCommand(context),
            new SimulateCommand(context),
        ];
        foreach (var command in commands)
        {
            command.AddCommonOptions();
            root.Add(command);
        }
        root.Add(new CommandGroup("outbox",
            "Sends invoices, each once, and shows what is stuck.",
            new OutboxListCommand(context), new OutboxSendCommand(context),
            OutboxDecisionCommand.Done(context), OutboxDecisionCommand.Retry(context)));
        root.Add(new CommandGroup("keys", "Makes, lists and removes the API keys of a server.",
            new KeysAddCommand(context), new KeysListCommand(context),
            new KeysRemoveCommand(context)));
        if (root.Options.OfType<HelpOption>().Single() is { Action: HelpAction help } option)
            option.Action = new HelpWithExamples(help);
        return root;
    }

    private static SettleCommand[] Billing(CliContext context) =>
    [
        new SellerCommand(context),
        new CustomerCommand(context),
        new ChargeCommand(context),
        new ChargesCommand(context),
        new SubscribeCommand(context),
        new UnsubscribeCommand(context),
        new SubscriptionsCommand(context),
        new InvoiceCommand(context),
        new InvoicesCommand(context),
        new RunsCommand(context),
        new CreditCommand(context),
        new PayCommand(context),
        new PaymentsCommand(context),
        new StatementCommand(context),
        new PaperCommand(context),
        new BankCommand(context),
    ];

    public static async Task<int> RunAsync(string[] args, CliContext context,
        CancellationToken cancellation = default)
    {
        var words = Build(context)
            .Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (words.Action is ParseErrorAction || (words.Action is not HelpWithExamples
            && ParseErrors.UnknownOption(words) is not null))
            return ParseErrors.Report(context, words);
        try
        {
            var status = await words.InvokeAsync(new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                // A batch that is under way is finished and answered before the process ends.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            }, cancellation);
            await context.Output.FlushAsync(CancellationToken.None);
            return status;
        }
        catch (IOException e)
        {
            // Not even the help can be written.
            return Failures.Report(context, e, json: false);
        }
    }
}
