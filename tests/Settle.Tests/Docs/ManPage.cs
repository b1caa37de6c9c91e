using System.CommandLine;
using System.Text;
using Settle.Cli;
using Settle.Cli.Commands;

namespace Settle.Tests.Docs;

/// <summary>The manual page, made from the commands; docs/settle.1 is what comes out.</summary>
internal static class ManPage
{
    private const string Head = """
        .\" Made from the program by SETTLE_WRITE_DOCS=1 ./test --filter-class '*GeneratedDocumentTests'
        .TH SETTLE 1 2026-11-30 "Settle" "User Commands"
        .SH NAME
        settle \- a ledger that never overdraws an account
        .SH SYNOPSIS
        .B settle
        .I COMMAND
        .RI [ OPTION ]...
        .SH DESCRIPTION
        A ledger for credits, deposits, points and money.
        No account is ever overdrawn and no request is ever decided twice.
        A ledger is a file, a CouchDB database, or behind a server; \fB\-\-ledger\fR says which.
        .PP
        Results go to standard output, errors and progress to standard error.
        Amounts are decimals in the major unit, such as 50 or 50.00.
        Put a name that begins with a dash after \fB\-\-\fR.

        """;

    private const string Tail = """
        .SH ENVIRONMENT
        .TP
        .B SETTLE_LEDGER
        The ledger, if \fB\-\-ledger\fR is not given.
        .TP
        .B SETTLE_KEY
        The API key for a server.
        .TP
        .B SETTLE_TRACE
        1 shows where in the program an error occurred.
        .TP
        .B NO_COLOR
        Anything: no colours on a terminal.
        .SH FILES
        .TP
        .I settle.db
        The ledger, if nothing else is said.
        Its log
        .RI ( settle.db\-wal )
        and its index
        .RI ( settle.db.index )
        are beside it.
        .SH EXIT STATUS
        .TP
        0
        Done.
        .TP
        1
        The ledger said no: refused, not found, not allowed.
        .TP
        2
        The command line, or a file that it names, is wrong; nothing happened.
        .TP
        3
        The store cannot be reached or cannot promise durability; or there is no such ledger.
        .TP
        130
        Ended by Ctrl-C; what was acknowledged stays.
        .SH SEE ALSO
        .BR hledger (1),
        .BR sqlite3 (1)

        """;

    public static string Of(CommandList all)
    {
        var page = new StringBuilder(Head);
        foreach (var (title, commands) in all.Groups)
        {
            page.Append($".SH {Escaped(title.ToUpperInvariant())}\n");
            foreach (var command in commands)
            {
                Append(page, command, command.Name);
                foreach (var part in command.Subcommands)
                    Append(page, part, $"{command.Name} {part.Name}");
            }
        }
        return page.Append(Tail).ToString();
    }

    private static void Append(StringBuilder page, Command command, string name)
    {
        page.Append($".SS settle {Escaped(name)}");
        foreach (var argument in command.Arguments.Where(each => !each.Hidden))
            page.Append(argument.Arity.MinimumNumberOfValues == 0
                ? $" [{Escaped(argument.Name)}]" : $" {Escaped(argument.Name)}");
        page.Append('\n').Append(Line(command.Description));
        if (command.Aliases.Count > 0)
            page.Append(Line($"Other names: {string.Join(", ", command.Aliases)}."));
        foreach (var argument in command.Arguments.Where(each => !each.Hidden))
            page.Append($".TP\n.I {Escaped(argument.Name)}\n").Append(Line(argument.Description));
        foreach (var option in command.Options.Where(each => !each.Hidden && each.Name != "--help"))
        {
            var names = string.Join(", ", option.Aliases.Order().Append(option.Name).Distinct());
            // A switch takes nothing, unless what it takes is named.
            var isSwitch = option.Arity.MaximumNumberOfValues == 0
                || (option.ValueType == typeof(bool) && option.HelpName is null);
            var value = isSwitch ? "" : $" \" {Escaped(ValueOf(option))}\"";
            page.Append($".TP\n.BI \"{Escaped(names)}\"{value}\n").Append(Line(option.Description));
        }
        if (command is not SettleCommand { Examples: [_, ..] examples }) return;
        page.Append(".PP\nExamples:\n.PP\n.nf\n");
        foreach (var example in examples) page.Append($"    {Escaped(example)}\n");
        page.Append(".fi\n");
    }

    private static string ValueOf(Option option) =>
        option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();

    private static string Line(string? text) =>
        string.IsNullOrEmpty(text) ? "" : Escaped(text.ReplaceLineEndings(" ")) + "\n";

    // A line may not begin with what the formatter takes for a request.
    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal)
            .Replace("'", "\\(aq", StringComparison.Ordinal)
            .Replace("\"", "\\(dq", StringComparison.Ordinal)
            .Replace("^", "\\(ha", StringComparison.Ordinal)
            .Replace("~", "\\(ti", StringComparison.Ordinal)
            .Replace("`", "\\(ga", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? "\\&" + escaped : escaped;
    }
}
