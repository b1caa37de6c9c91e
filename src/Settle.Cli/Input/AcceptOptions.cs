namespace Settle.Cli;

/// <summary>
/// What a person confirms before a ledger may go on. It is for commands that write.
/// </summary>
internal sealed class AcceptOptions
{
    private readonly Option<bool> _rollback = new("--accept-rollback")
    {
        Description = "Go on although the newest blocks that are known are lost; is recorded",
    };

    private readonly Option<bool> _clock = new("--accept-clock")
    {
        Description = "Go on with this machine's clock although the newest block's time says "
            + "otherwise; is recorded",
    };

    public void AddTo(Command command)
    {
        command.Add(_rollback);
        command.Add(_clock);
    }

    public (bool Rollback, bool Clock) In(ParseResult words) =>
        (words.GetValue(_rollback), words.GetValue(_clock));

    /// <exception cref="UsageException">The ledger is a server's.</exception>
    public (bool Rollback, bool Clock) In(ParseResult words, string location)
    {
        var accepts = In(words);
        if (accepts == default || !Ledger.IsServer(location)) return accepts;
        var option = accepts.Rollback ? _rollback : _clock;
        throw new UsageException($"{option.Name} is for whoever runs the server: "
            + $"settle serve {option.Name}");
    }
}
