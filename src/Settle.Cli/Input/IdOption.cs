using System.CommandLine;

namespace Settle.Cli.Input;

/// <summary>The id of a request.</summary>
internal sealed class IdOption : Option<string>
{
    public IdOption()
        : base("--id")
    {
        Description = "The id, decided once, for ever: repeating it is safe [default: a new one]";
        HelpName = "ID";
    }
}
