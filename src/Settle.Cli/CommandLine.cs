using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Settle.Cli.Commands;

namespace Settle.Cli;

/// <summary>The whole command line: from words to an exit status.</summary>
internal static class CommandLine
{
    public static CommandList Build(CliContext context)
    {
        var root = new CommandList();
        root.AddGroup("Moving money",
            new InitCommand(context),
            new OpenCommand(context),
            new AssetCommand(context),
            new TransferCommand(context),
            new TransactionCommand(context),
            new HoldCommand(context),
            new HoldsCommand(context),
            new CaptureCommand(context),
            new VoidCommand(context),
            new RevertCommand(context));
        root.AddGroup("Looking things up",
            new BalanceCommand(context),
            new LogCommand(context),
            new ShowCommand(context),
            new InfoCommand(context),
            new VerifyCommand(context));
        root.AddGroup("Billing", Billing(context));
        root.AddGroup("Files and copies",
            new ImportCommand(context),
            new ExportCommand(context),
            new BackupCommand(context),
            new RestoreCommand(context),
            new MirrorCommand(context));
        root.AddGroup("Several sites",
            new SitesCommand(context),
            new SyncCommand(context));
        root.AddGroup("Servers",
            new ServeCommand(context),
            new CommandGroup("keys", "Makes, lists and removes the API keys of a server.",
                new KeysAddCommand(context), new KeysListCommand(context),
                new KeysRemoveCommand(context)),
            new ResolveCommand(context),
            new DemoCommand(context));
        root.AddGroup("Testing and help",
            new BenchCommand(context),
            new SimulateCommand(context),
            new HelpCommand(context));
        if (root.Options.OfType<HelpOption>().Single() is { Action: HelpAction help } option)
            option.Action = new HelpWithExamples(help);
        return root;
    }

    private static Command[] Billing(CliContext context) =>
    [
        new SellerCommand(context),
        new CustomerCommand(context),
        new ChargeCommand(context),
        new ChargesCommand(context),
        new WithdrawCommand(context),
        new SubscribeCommand(context),
        new RepriceCommand(context),
        new UnsubscribeCommand(context),
        new SubscriptionsCommand(context),
        new InvoiceCommand(context),
        new InvoicesCommand(context),
        new RunsCommand(context),
        new OpeningCommand(context),
        new CreditCommand(context),
        new PayCommand(context),
        PaymentsCommand.Payments(context),
        new RefundCommand(context),
        PaymentsCommand.Refunds(context),
        new ChargebackCommand(context),
        new DunCommand(context),
        new RemindersCommand(context),
        PaymentsCommand.Chargebacks(context),
        new StatementCommand(context),
        new PaperCommand(context),
        new BankCommand(context),
        new CommandGroup("sepa", "Collects invoices by direct debit and pays refunds, each once.",
            new SepaDebitCommand(context), new SepaRefundCommand(context),
            new SepaListCommand(context), new SepaFileCommand(context),
            new SepaCancelCommand(context)),
        new CheckCommand(context),
        new CommandGroup("outbox", "Sends invoices, each once, and shows what is stuck.",
            new OutboxListCommand(context), new OutboxSendCommand(context),
            OutboxDecisionCommand.Done(context), OutboxDecisionCommand.Retry(context)),
    ];

    public static async Task<int> RunAsync(string[] args, CliContext context,
        CancellationToken cancellation = default)
    {
        // Who types nothing else wants to know what there is.
        var words = Build(context)
            .Parse(args switch
            {
                [] => ["--help"],
                ["version" or "-v" or "-V"] => ["--version"],
                _ => args,
            },
                new ParserConfiguration { ResponseFileTokenReplacer = null });
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
            return Failures.Report(context, e, json: false);
        }
    }
}
