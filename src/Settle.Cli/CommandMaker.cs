namespace Settle.Cli;

/// <summary>A command that is made only when it is needed: most runs need one of them.</summary>
/// <param name="Name">The command's own name.</param>
/// <param name="Make">Makes it.</param>
internal readonly record struct CommandMaker(string Name, Func<CliContext, Command> Make);
