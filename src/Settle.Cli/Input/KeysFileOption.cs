namespace Settle.Cli.Input;

/// <summary>The file of a server's keys.</summary>
internal sealed class KeysFileOption : Option<string>
{
    public KeysFileOption()
        : base("--keys")
    {
        Description = "The file of keys; it holds only their hashes";
        HelpName = "FILE";
        DefaultValueFactory = _ => "settle-keys.json";
    }
}
