using Settle.Cli.Commands;

namespace Settle.Cli;

/// <summary>All commands, in groups, as the help shows them.</summary>
internal sealed class CommandList : RootCommand
{
    private const int Columns = 80;
    private const int NameColumns = 16;

    private readonly List<(string Title, Command[] Commands)> _groups = [];

    public CommandList()
        : base("A ledger that never overdraws an account and never decides a request twice.") =>
        HelpName = "settle";

    /// <summary>The commands that were made, by title.</summary>
    public IReadOnlyList<(string Title, Command[] Commands)> Groups => _groups;

    public void AddGroup(string title, params Command[] commands)
    {
        _groups.Add((title, commands));
        foreach (var command in commands)
        {
            if (command is SettleCommand own) own.AddCommonOptions();
            Add(command);
        }
    }

    /// <summary>Writes the groups, at most 80 columns wide.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(Description);
        output.WriteLine();
        output.WriteLine("Usage: settle COMMAND [options]");
        foreach (var (title, commands) in _groups)
        {
            output.WriteLine();
            output.WriteLine(title);
            foreach (var command in commands)
                WriteCommand(output, command.Name, FirstSentence(command.Description!));
        }
        output.WriteLine();
        output.WriteLine("'settle help COMMAND' explains one; 'settle --version' shows the "
            + "version.");
        output.WriteLine($"A ledger is --ledger LEDGER, or ${LedgerOption.Variable}, or else the "
            + $"file {LedgerOption.DefaultLocation}.");
    }

    private static void WriteCommand(TextWriter output, string name, string about)
    {
        var line = $"  {name}".PadRight(NameColumns);
        foreach (var word in about.Split(' '))
        {
            if (line.Length + word.Length >= Columns)
            {
                output.WriteLine(line.TrimEnd());
                line = new string(' ', NameColumns);
            }
            line += word + " ";
        }
        output.WriteLine(line.TrimEnd());
    }

    /// <summary>The first sentence of a description.</summary>
    public static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? text[..(end + 1)] : text;
}
