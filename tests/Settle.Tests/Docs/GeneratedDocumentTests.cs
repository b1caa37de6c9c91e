using System.Text;
using Settle.Cli;
using Settle.Tests.Cli;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>
/// Documents that say what the program says too. With <c>SETTLE_WRITE_DOCS=1</c> they are written
/// again.
/// </summary>
public sealed class GeneratedDocumentTests
{
    [Fact]
    public async Task The_reference_of_the_command_line_is_the_help_of_every_command()
    {
        var text = new StringBuilder(CommandLineHead);
        await AppendAsync(text, []);
        foreach (var command in CommandLine.Build(Context).Subcommands)
        {
            await AppendAsync(text, [command.Name]);
            foreach (var part in command.Subcommands)
                await AppendAsync(text, [command.Name, part.Name]);
        }
        await CompareAsync("docs/cli.md", text.ToString());
    }

    [Fact]
    public async Task The_table_of_refusals_is_the_one_in_the_program()
    {
        var text = new StringBuilder(RefusalsHead);
        foreach (var (code, name, meaning) in Refusals.All)
            text.Append($"| {(int)code} | `{name}` | {meaning} |\n");
        await CompareAsync("docs/refusals.md", text.ToString());
    }

    [Fact]
    public async Task The_manual_page_is_of_the_same_commands() =>
        await CompareAsync("docs/settle.1", ManPage.Of(CommandLine.Build(Context)));

    private static CliContext Context => new()
    {
        OutputStream = Stream.Null,
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        OpenInput = () => Stream.Null,
        Environment = _ => null,
    };

    private static async Task AppendAsync(StringBuilder text, string[] command)
    {
        var help = await CommandRun.DoneAsync("unused.db", [.. command, "--help"]);
        var title = string.Join(' ', command.Prepend("settle"));
        var lines = help.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
        text.Append($"\n## {title}\n\n```\n{string.Join('\n', lines).Trim('\n')}\n```\n");
    }

    private static async Task CompareAsync(string name, string text)
    {
        var file = Path.Combine(Repository.Root, name);
        var cancellation = TestContext.Current.CancellationToken;
        if (Environment.GetEnvironmentVariable("SETTLE_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, text, cancellation);
        Assert.True(File.Exists(file), $"{name} is missing; write it with SETTLE_WRITE_DOCS=1");
        Assert.Equal(text,
            (await File.ReadAllTextAsync(file, cancellation)).ReplaceLineEndings("\n"));
    }

    private const string CommandLineHead = """
        # The command line

        `settle` works on a ledger in a file or on a server; every command takes `--ledger`.

        | variable | |
        |---|---|
        | `SETTLE_LEDGER` | the ledger, if `--ledger` is not given |
        | `SETTLE_KEY` | the API key for a server |
        | `SETTLE_TRACE` | `1` shows where in the program an error occurred |
        | `NO_COLOR` | anything: no colours on a terminal |

        Results go to standard output, errors and progress to standard error. With `--json` a result is a JSON
        object, or an array with one item per line; amounts are integers in the minor unit. An error is a
        problem object with a stable `code`. A refused transfer is a result too, because it was recorded.

        | exit status | |
        |---|---|
        | 0 | done |
        | 1 | the ledger said no: refused, not found, not allowed; `verify` found a fault, be it a file too damaged to read; an imported row was refused |
        | 2 | the command line, or a file that it names, is wrong; nothing happened |
        | 3 | the store cannot be reached or cannot promise durability; there is no such ledger |
        | 130 | ended by Ctrl-C; what was acknowledged stays (`serve` and `demo` end with 0) |

        Amounts are decimals in the major unit (`50`, `50.00`). Put a name that begins with a dash after `--`.
        A day can be `today` or `yesterday`, of this machine's time zone.

        Tables are as wide as the terminal, where long texts are folded. Commands that show one take `--csv` too. Tables with
        more than 1 000 rows are written with tabs between the columns. Times are shown in this machine's time zone, or with `--utc` in
        UTC; in JSON and CSV they are in UTC.

        """;

    private const string RefusalsHead = """
        # Refusals

        Why the ledger said no. A refusal is recorded under the request's id and never changes; only `id_reused`, and at
        [sites](sites.md) `insufficient_here`, `not_here` and `not_confirmed`, record nothing. If several apply, the first in this order is given.

        The code is the `reason` of an entry, the `code` of a problem over HTTP (status 422; `id_reused` and
        `insufficient_here` are 409, `not_here` is 421), the word in brackets after an error on the command line (exit status 1), and `RejectedException.Code` in .NET.

        | | code | meaning |
        |---|---|---|

        """;
}
