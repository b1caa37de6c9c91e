using Settle.Server;

namespace Settle.Cli.Commands;

internal sealed class KeysRemoveCommand : SettleCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Whose key it is" };
    private readonly KeysFileOption _file = new();

    public KeysRemoveCommand(CliContext context)
        : base(context, "remove", "Removes a key; a running server takes note within seconds.",
            "settle keys remove shop")
    {
        Add(_name);
        Add(_file);
    }

    protected override Task<int> RunAsync(ParseResult words, CancellationToken cancellation)
    {
        var name = words.GetRequiredValue(_name);
        if (!ApiKeys.Remove(words.GetRequiredValue(_file), name, out var other))
            throw new NotFoundException($"there is no key '{name}'");
        if (other is not null)
        {
            Context.Say("warning", $"the same key is there as '{other}' too, and still lets its "
                + "owner in; to revoke it, remove that as well");
        }
        Context.Output.WriteLine(WantsJson(words) ? "{}" : $"removed {name}");
        return Task.FromResult(ExitStatus.Done);
    }
}
