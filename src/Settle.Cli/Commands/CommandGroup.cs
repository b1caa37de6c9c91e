namespace Settle.Cli.Commands;

/// <summary>Commands that share their first word.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string description, params SettleCommand[] commands)
        : base(name, description)
    {
        foreach (var command in commands)
        {
            command.AddCommonOptions();
            Add(command);
        }
    }
}
