using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Settle.Cli.Commands;

namespace Settle.Cli;

/// <summary>The whole command line: from words to an exit status.</summary>
internal static class CommandLine
{
    private static CommandMaker[] Moving =>
    [
        new("init", each => new InitCommand(each)),
        new("open", each => new OpenCommand(each)),
        new("asset", each => new AssetCommand(each)),
        new("transfer", each => new TransferCommand(each)),
        new("transaction", each => new TransactionCommand(each)),
        new("hold", each => new HoldCommand(each)),
        new("holds", each => new HoldsCommand(each)),
        new("capture", each => new CaptureCommand(each)),
        new("void", each => new VoidCommand(each)),
        new("revert", each => new RevertCommand(each)),
    ];

    private static CommandMaker[] Looking =>
    [
        new("balance", each => new BalanceCommand(each)),
        new("points", each => new PointsCommand(each)),
        new("search", each => new SearchCommand(each)),
        new("report", each => new CommandGroup("report",
            "Adds up what the ledger has: for the books, for collecting, for the tax office.",
            ReportCommands.TrialBalance(each), ReportCommands.ProfitAndLoss(each),
            ReportCommands.Ageing(each), ReportCommands.Vat(each))),
        new("log", each => new LogCommand(each)),
        new("show", each => new ShowCommand(each)),
        new("info", each => new InfoCommand(each)),
        new("verify", each => new VerifyCommand(each)),
    ];

    private static CommandMaker[] Billing =>
    [
        new("seller", each => new SellerCommand(each)),
        new("customer", each => new CustomerCommand(each)),
        new("charge", each => new ChargeCommand(each)),
        new("charges", each => new ChargesCommand(each)),
        new("withdraw", each => new WithdrawCommand(each)),
        new("subscribe", each => new SubscribeCommand(each)),
        new("reprice", each => new RepriceCommand(each)),
        new("unsubscribe", each => new UnsubscribeCommand(each)),
        new("subscriptions", each => new SubscriptionsCommand(each)),
        new("quote", each => new CommandGroup("quote",
            "Offers something to a customer, and records the answer.",
            new QuoteAddCommand(each), QuoteAnswerCommand.Accept(each),
            QuoteAnswerCommand.Decline(each))),
        new("quotes", each => new QuotesCommand(each)),
        new("invoice", each => new InvoiceCommand(each)),
        new("invoices", each => new InvoicesCommand(each)),
        new("runs", each => new RunsCommand(each)),
        new("opening", each => new OpeningCommand(each)),
        new("credit", each => new CreditCommand(each)),
        new("pay", each => new PayCommand(each)),
        new("payments", PaymentsCommand.Payments),
        new("refund", each => new RefundCommand(each)),
        new("refunds", PaymentsCommand.Refunds),
        new("chargeback", each => new ChargebackCommand(each)),
        new("dun", each => new DunCommand(each)),
        new("reminders", each => new RemindersCommand(each)),
        new("chargebacks", PaymentsCommand.Chargebacks),
        new("overview", each => new OverviewCommand(each)),
        new("statement", each => new StatementCommand(each)),
        new("paper", each => new PaperCommand(each)),
        new("bank", each => new BankCommand(each)),
        new("sepa", each => new CommandGroup("sepa",
            "Collects invoices by direct debit and pays refunds, each once.",
            new SepaDebitCommand(each), new SepaRefundCommand(each), new SepaListCommand(each),
            new SepaFileCommand(each), new SepaCancelCommand(each))),
        new("check", each => new CheckCommand(each)),
        new("outbox", each => new CommandGroup("outbox",
            "Sends invoices, reminders and quotes, each once, and shows what is stuck.",
            new OutboxListCommand(each), new OutboxSendCommand(each),
            OutboxDecisionCommand.Done(each), OutboxDecisionCommand.Retry(each))),
    ];

    private static CommandMaker[] Files =>
    [
        new("import", each => new ImportCommand(each)),
        new("export", each => new ExportCommand(each)),
        new("backup", each => new BackupCommand(each)),
        new("restore", each => new RestoreCommand(each)),
        new("mirror", each => new MirrorCommand(each)),
    ];

    private static CommandMaker[] Sites =>
    [
        new("sites", each => new SitesCommand(each)),
        new("sync", each => new SyncCommand(each)),
    ];

    private static CommandMaker[] Servers =>
    [
        new("serve", each => new ServeCommand(each)),
        new("keys", each => new CommandGroup("keys",
            "Makes, lists and removes the API keys of a server.",
            new KeysAddCommand(each), new KeysListCommand(each), new KeysRemoveCommand(each))),
        new("resolve", each => new ResolveCommand(each)),
        new("demo", each => new DemoCommand(each)),
    ];

    private static CommandMaker[] Testing =>
    [
        new("bench", each => new BenchCommand(each)),
        new("simulate", each => new SimulateCommand(each)),
        new(CompletionCommand.Word, each => new CompletionCommand(each)),
        new(HelpCommand.Word, each => new HelpCommand(each)),
    ];

    /// <summary>How words are read: none of them names a file with more words.</summary>
    public static ParserConfiguration Parsing { get; } =
        new() { ResponseFileTokenReplacer = null };

    /// <summary>All commands; or, if the first word is the name of one, only that.</summary>
    public static CommandList Build(CliContext context, string? word = null)
    {
        (string Title, CommandMaker[] Commands)[] groups =
        [
            ("Moving money", Moving), ("Looking things up", Looking), ("Billing", Billing),
            ("Files and copies", Files), ("Several sites", Sites), ("Servers", Servers),
            ("Testing and help", Testing),
        ];
        // The help command shows the others.
        var makesAll = word is HelpCommand.Word
            || !groups.Any(group => group.Commands.Any(maker => maker.Name == word));
        var root = new CommandList();
        foreach (var (title, makers) in groups)
        {
            root.AddGroup(title, [.. makers.Where(maker => makesAll || maker.Name == word)
                .Select(maker => maker.Make(context))]);
        }
        if (root.Options.OfType<HelpOption>().Single() is { Action: HelpAction help } option)
            option.Action = new HelpWithExamples(help);
        return root;
    }

    public static async Task<int> RunAsync(string[] args, CliContext context,
        CancellationToken cancellation = default)
    {
        // Who types nothing else wants to know what there is.
        var words = Build(context, args.FirstOrDefault())
            .Parse(args switch
            {
                [] => ["--help"],
                ["version" or "-v" or "-V"] => ["--version"],
                _ => args,
            },
                Parsing);
        if (words.Action is ParseErrorAction || (words.Action is not HelpWithExamples
            && (ParseErrors.UnknownOption(words) is not null
                || ParseErrors.OptionBefore(words) is not null)))
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
