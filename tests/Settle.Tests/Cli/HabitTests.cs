using System.Globalization;
using System.Text;
using Settle.Cli;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>The command line does what people are used to from others.</summary>
public sealed class HabitTests : IDisposable
{
    private static readonly TimeZoneInfo Prague = TimeZoneInfo.CreateCustomTimeZone(
        "Prague", TimeSpan.FromHours(1), "Prague", "Prague");

    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Typing_nothing_else_shows_what_there_is()
    {
        var run = await CommandRun.DoneAsync(Bank);

        Assert.Equal((await CommandRun.DoneAsync(Bank, "--help")).Output, run.Output);
        Assert.Equal((await CommandRun.DoneAsync(Bank, "help")).Output, run.Output);
        Assert.Contains("\nMoving money\n", run.Output, StringComparison.Ordinal);
        foreach (var command in All().Subcommands)
            Assert.Contains($"\n  {command.Name} ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transfer")]
    [InlineData("keys")]
    [InlineData("keys", "add")]
    [InlineData("undo")]
    public async Task Help_explains_a_command_like_its_option(params string[] command) =>
        Assert.Equal((await CommandRun.DoneAsync(Bank, [.. command, "--help"])).Output,
            (await CommandRun.DoneAsync(Bank, ["help", .. command])).Output);

    [Theory]
    [InlineData("trasfer", "did you mean 'transfer'?")]
    [InlineData("send", "did you mean 'transfer'?")]
    [InlineData("histroy", "did you mean 'history'?")]
    [InlineData("ls", "did you mean 'balance'?")]
    [InlineData("cancel", "did you mean 'void'?")]
    public async Task A_word_that_is_no_command_is_answered_with_the_one_that_was_meant(
        string word, string message)
    {
        foreach (var words in (string[][])[[word], ["help", word], [word, "a", "b"]])
        {
            var run = await CommandRun.OnAsync(Bank, words);
            Assert.Equal(ExitStatus.Usage, run.Status);
            Assert.Contains($"'{word}' is not a command; {message}", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("balance", "accounts")]
    [InlineData("balance", "balances")]
    [InlineData("log", "history")]
    public async Task Some_commands_have_other_names(string name, string other)
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5");
        Assert.Equal((await CommandRun.DoneAsync(Bank, name)).Output, (await CommandRun.DoneAsync(Bank, other)).Output);
        Assert.Contains(other, (await CommandRun.DoneAsync(Bank, name, "--help")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_is_undone_once_and_the_history_of_an_account_shows_it()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5", "--id", "t1");
        await CommandRun.DoneAsync(Bank, "undo", "t1");

        var history = await CommandRun.DoneAsync(Bank, "history", "Alex", "--json");
        Assert.Equal(history.Output,
            (await CommandRun.DoneAsync(Bank, "log", "--account", "Alex", "--json")).Output);
        Assert.Equal(2, history.Json.GetArrayLength());
        var both = await CommandRun.OnAsync(Bank, "log", "Alex", "--account", "Bob");
        Assert.Equal(ExitStatus.Usage, both.Status);
    }

    [Theory]
    [InlineData("Al*", "Al,Alex,Alžběta")]
    [InlineData("Alž*", "Alžběta")]
    [InlineData("Zoe*", "")]
    [InlineData("*", "@world,Al,Alex,Alžběta,Am,Bob")]
    public async Task Balances_of_all_accounts_whose_names_begin_alike(string pattern, string accounts)
    {
        foreach (var name in (string[])["Bob", "Alex", "Alžběta", "Am", "Al"])
            await CommandRun.DoneAsync(Bank, "transfer", "@world", name, "5");
        await using var server = new SettleProcess("serve", "--ledger", Bank, "--listen", "127.0.0.1:0");
        var line = await server.WaitForLineAsync("http://");
        foreach (var place in (string[])[Bank, line[line.IndexOf("http://", StringComparison.Ordinal)..].TrimEnd('/') + "/bank"])
        {
            var now = await CommandRun.DoneAsync(place, "balance", pattern, "--json");
            var past = await CommandRun.DoneAsync(place, "balance", pattern, "--at", "5", "--json");
            Assert.Equal(accounts, string.Join(',', now.Json.EnumerateArray().Select(each => each.GetProperty("account").GetString())));
            Assert.Equal(now.Output, past.Output);
        }
    }

    [Theory]
    [InlineData("version")]
    [InlineData("-v")]
    public async Task The_version_is_shown_however_it_is_asked_for(string word) =>
        Assert.Equal((await CommandRun.DoneAsync(Bank, "--version")).Output,
            (await CommandRun.DoneAsync(Bank, word)).Output);

    [Fact]
    public async Task Counts_and_empty_answers_are_sentences()
    {
        Assert.EndsWith(", 1 block", (await CommandRun.DoneAsync(Bank, "init")).Output.Trim(), StringComparison.Ordinal);
        Assert.StartsWith("no fault in 1 block, 1 entry, ", (await CommandRun.DoneAsync(Bank, "verify")).Output.Trim(),
            StringComparison.Ordinal);
        Assert.Equal("no account's name begins with 'Zoe'", (await CommandRun.DoneAsync(Bank, "balance", "Zoe*")).Output.Trim());
        Assert.StartsWith("account,", (await CommandRun.DoneAsync(Bank, "balance", "Zoe*", "--csv")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_in_double_quotes_may_end_in_a_number()
    {
        await CommandRun.DoneAsync(Bank, "transaction", "@world -> \"Room 3\" 50", "\"Room 3\" -> Ann 20");
        var balances = (await CommandRun.DoneAsync(Bank, "balance", "--csv")).Output;
        Assert.Contains("Room 3,30.00,", balances, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_balances_keep_to_the_beginning_of_the_names()
    {
        await using var ledger = Ledger.InMemory();
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var name in (string[])["a", "b1", "b2", "b3", "c"])
            await ledger.TransferAsync("@world", name, Money.Of(5, "USD"), cancellationToken: cancellation);
        var first = await ledger.ListBalancesAsync(new BalanceQuery { Prefix = "b", Limit = 2 }, cancellation);
        var second = await ledger.ListBalancesAsync(new BalanceQuery { Limit = 2, After = first.Next }, cancellation);

        Assert.Equal(["b1", "b2"], first.Items.Select(each => each.Account));
        Assert.Equal(["b3"], second.Items.Select(each => each.Account));
        Assert.Null(second.Next);
        var other = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.ListBalancesAsync(
            new BalanceQuery { Prefix = "c", After = first.Next }, cancellation));
        Assert.Equal("prefix", other.Field);
    }

    /// <summary>It is past midnight in Prague, and the day before in UTC.</summary>
    [Theory]
    [InlineData("today", "2026-03-02T00:00:00Z")]
    [InlineData("yesterday", "2026-03-01T00:00:00Z")]
    public async Task A_day_can_be_today_or_yesterday_for_the_person_who_types(string word, string day)
    {
        var clock = new LocalClock(new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero), Prague);
        await CommandRun.MakeAsync(Bank);
        await RunAsync(clock, ["transfer", "@world", "Alex", "5", "--id", "t1", "--timestamp", word]);

        var shown = await CommandRun.DoneAsync(Bank, "show", "t1", "--json");
        Assert.Equal(day, shown.Json.GetProperty("entry").GetProperty("timestamp").GetString());
        var past = await RunAsync(clock, ["balance", "--at", word, "--json"]);
        Assert.Equal((await CommandRun.DoneAsync(Bank, "balance", "--at", day[..10], "--json")).Output, past.Output);
        var dated = await RunAsync(clock, ["balance", "--on", word, "--json"]);
        Assert.Equal((await CommandRun.DoneAsync(Bank, "balance", "--on", day[..10], "--json")).Output, dated.Output);
        var log = await RunAsync(clock, ["log", "Alex", "--from", word, "--to", word, "--json"]);
        Assert.Equal((await CommandRun.DoneAsync(Bank, "log", "Alex", "--from", day[..10], "--to", day[..10], "--json"))
            .Output, log.Output);
        Assert.Equal(DateOnly.Parse(day[..10], CultureInfo.InvariantCulture),
            Settle.Cli.Input.RateText.Parse($"EUR/USD=1.08@{word}", new DateOnly(2026, 3, 2)).Date);
    }

    [Fact]
    public async Task Times_are_those_of_the_machines_zone_unless_UTC_is_asked_for()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5", "--id", "t1");
        var clock = new LocalClock(TimeProvider.System.GetUtcNow(), Prague);
        foreach (var words in (string[][])[["log"], ["log", "Alex"], ["show", "t1"]])
        {
            Assert.Contains("+01:00", (await RunAsync(clock, words)).Output, StringComparison.Ordinal);
            var utc = (await RunAsync(clock, [.. words, "--utc"])).Output;
            Assert.DoesNotContain("+01:00", utc, StringComparison.Ordinal);
            Assert.Contains("Z", utc, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("+01:00", (await RunAsync(clock, ["log", "--csv"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_CSV_for_other_programs()
    {
        await CommandRun.DoneAsync(Bank, "open", "=A1, \"x\"", "--overdraft", "50");
        await CommandRun.DoneAsync(Bank, "transfer", "=A1, \"x\"", "Alex", "5");

        Assert.Equal("""
            account,balance,available,spendable,asset
            "'=A1, ""x""\",-5.00,-5.00,45.00,USD
            Alex,5.00,5.00,5.00,USD

            """.Replace("\\", "", StringComparison.Ordinal),
            (await CommandRun.DoneAsync(Bank, "balance", "--csv")).Output);
        var run = await CommandRun.OnAsync(Bank, "balance", "--csv", "--json");
        Assert.Equal(ExitStatus.Usage, run.Status);
    }

    [Fact]
    public void Every_command_that_shows_a_list_can_write_it_as_CSV()
    {
        var lists = Directory.EnumerateFiles(
                Path.Combine(Repository.Root, "src/Settle.Cli/Commands"), "*Command.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Text: File.ReadAllText(file)))
            .Where(each => each.Text.Contains(" WriteList(words", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, each => Assert.Contains("HasTable => true", each.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_command_that_is_asked_for_is_made_and_help_has_them_all()
    {
        foreach (var command in All().Subcommands.Where(each => each.Name != "help"))
        {
            var made = Assert.Single(All(command.Name).Subcommands);
            Assert.Equal(command.Name, made.Name);
            Assert.Equal((await CommandRun.DoneAsync(Bank, "help", command.Name)).Output,
                (await CommandRun.DoneAsync(Bank, command.Name, "--help")).Output);
        }
        var all = All().Subcommands.Count;
        Assert.All((string[])["help", "accounts", "balanec", "--help", "[suggest]"],
            word => Assert.Equal(all, All(word).Subcommands.Count));
    }

    [Theory]
    [InlineData("settle", "help", "balanec")]
    [InlineData("settle keys", "help", "keys", "ad")]
    public async Task Help_about_no_command_says_where_to_look(string command, params string[] words)
    {
        var run = await CommandRun.OnAsync(Bank, words);
        Assert.Equal(2, run.Status);
        Assert.EndsWith($"See '{command} --help'.{Environment.NewLine}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_of_every_command_fits_into_80_columns()
    {
        foreach (var command in All().Subcommands)
        {
            foreach (var words in (string[][])
                [[], [command.Name], .. command.Subcommands.Select(part => new[] { command.Name, part.Name })])
            {
                var help = (await CommandRun.DoneAsync(Bank, [.. words, "--help"])).Output;
                Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 80, line));
            }
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public async Task A_table_fits_into_the_terminal_and_loses_nothing(int width)
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "1234.50", "--id", new string('i', 90),
            "--memo", "for two coffees and a piece of cake with cream");
        var run = await RunAsync(null, ["log", "Alex"], width, "NO_COLOR=1");

        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= width, line));
        Assert.Equal(90, run.Output.Split('\n').SelectMany(line => line.Split(' '))
            .Where(word => word.All(c => c == 'i')).Sum(word => word.Length));
        Assert.Contains("1234.50", run.Output, StringComparison.Ordinal);
        Assert.Contains("cream", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_colours_on_a_terminal_unless_somebody_wants_none()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Alex", "5");
        Assert.Contains("\u001b[", (await RunAsync(null, ["balance"], 80)).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", (await RunAsync(null, ["balance"], 80, "NO_COLOR=1")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", (await RunAsync(null, ["balance"], 80, "TERM=dumb")).Output, StringComparison.Ordinal);
        Assert.Contains("\u001b[31merror:", (await RunAsync(null, ["balance", "Nobody"], 80)).Error, StringComparison.Ordinal);
        Assert.StartsWith("error:", (await RunAsync(null, ["balance", "Nobody"], 80, "NO_COLOR=1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_a_server_is_lines_on_a_terminal_and_JSON_elsewhere()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script is not installed");
        await CommandRun.DoneAsync(Bank, "init");
        string[] serve = ["serve", "--ledger", Bank, "--listen", "127.0.0.1:0"];
        await using (var server = new SettleProcess(serve))
        {
            var line = await server.WaitForErrorAsync("Opened ledger");
            Assert.StartsWith("{", line, StringComparison.Ordinal);
            await server.EndAsync("INT");
        }
        var start = new System.Diagnostics.ProcessStartInfo("/usr/bin/script",
            ["-qec", $"NO_COLOR=1 exec {SettleProcess.ShellCommand} {string.Join(' ', serve)}", "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using var terminal = System.Diagnostics.Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        string? shown;
        do shown = await terminal.StandardOutput.ReadLineAsync(cancellation);
        while (shown?.Contains("Opened ledger", StringComparison.Ordinal) == false);
        terminal.Kill(entireProcessTree: true);
        await terminal.WaitForExitAsync(cancellation);

        Assert.Matches(@"\d\d:\d\d:\d\d info Opened ledger 'bank' .* at block 1", shown);
    }

    /// <summary>A terminal of this width; 0 for none.</summary>
    private async Task<CommandRun> RunAsync(TimeProvider? clock, string[] words, int width = 0,
        string setting = "")
    {
        var output = new MemoryStream();
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        await using var error = new StringWriter();
        var status = await CommandLine.RunAsync(words, new CliContext
        {
            OutputStream = output,
            Output = writer,
            Error = error,
            OpenInput = () => Stream.Null,
            IsTerminal = width > 0,
            ShowsProgress = width > 0,
            Width = width,
            Time = clock ?? TimeProvider.System,
            Environment = name => name == LedgerOption.Variable ? Bank
                : setting.StartsWith(name + "=", StringComparison.Ordinal) ? setting[(name.Length + 1)..] : null,
        }, TestContext.Current.CancellationToken);
        await writer.FlushAsync(TestContext.Current.CancellationToken);
        return new CommandRun(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public async Task A_terminal_too_narrow_for_columns_gets_a_line_for_each_value(int width)
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "customers:42:wallet", "1234567.89",
            "--id", "order-2026-10-31-000042", "--memo", "the first of many");

        var balance = await RunAsync(null, ["balance", "customers:42:wallet"], width);
        Assert.Contains("customers:42:wallet\n", balance.Output.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("1234567.89", balance.Output, StringComparison.Ordinal);
        var log = await RunAsync(null, ["log"], width);
        Assert.Contains("order-2026-10-31-000042", log.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("…", log.Output + balance.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_an_init_left_empty_is_not_a_ledger()
    {
        await File.WriteAllBytesAsync(Bank, [], TestContext.Current.CancellationToken);
        var run = await CommandRun.OnAsync(Bank, "info");
        Assert.Equal(3, run.Status);
        Assert.Contains("make one with 'settle init'", run.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "init");
        await CommandRun.DoneAsync(Bank, "info");
    }

    private static CommandList All(string? word = null) => CommandLine.Build(new CliContext
    {
        OutputStream = Stream.Null,
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        OpenInput = () => Stream.Null,
        Environment = _ => null,
    }, word);

    private sealed class LocalClock(DateTimeOffset now, TimeZoneInfo zone) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => zone;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
