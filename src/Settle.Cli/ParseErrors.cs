using System.CommandLine.Parsing;

namespace Settle.Cli;

/// <summary>Says what is wrong with the words, and what was probably meant.</summary>
internal static class ParseErrors
{
    // What other programs call it.
    private static readonly Dictionary<string, string> Habits = new(StringComparer.Ordinal)
    {
        ["ls"] = "balance",
        ["list"] = "balance",
        ["account"] = "balance",
        ["send"] = "transfer",
        ["move"] = "transfer",
        ["mv"] = "transfer",
        ["new"] = "init",
        ["create"] = "open",
        ["close"] = "open",
        ["reserve"] = "hold",
        ["cancel"] = "void",
        ["release"] = "void",
        ["refund"] = "revert",
        ["rollback"] = "revert",
        ["entries"] = "log",
        ["movements"] = "log",
        ["get"] = "show",
        ["status"] = "info",
        ["check"] = "verify",
        ["copy"] = "mirror",
        ["backup"] = "mirror",
        ["server"] = "serve",
        ["start"] = "serve",
        ["dump"] = "export",
        ["load"] = "import",
        ["remove"] = "void",
        ["subscription"] = "subscribe",
        ["payment"] = "pay",
        ["pdf"] = "paper",
        ["benchmark"] = "bench",
    };

    public static int Report(CliContext context, ParseResult words)
    {
        var command = words.CommandResult.Command;
        var isJson = words.Tokens.Any(token => token.Value == "--json");
        if (Fault(words) is { } fault) return Failures.Report(context, fault, isJson);
        return Report(context, Message(words, command), command, isJson);
    }

    /// <summary>Says what is wrong with the words of a command, and where it is explained.
    /// </summary>
    public static int Report(CliContext context, string message, Command command, bool isJson)
    {
        Failures.Report(context, new UsageException(message), isJson);
        if (!isJson)
            context.Error.WriteLine($"See '{Path(command, context.Program)} --help'.");
        return ExitStatus.Usage;
    }

    /// <summary>
    /// The word that looks like an option and would be taken for a name; null when there is none.
    /// A name that begins with a dash goes behind <c>--</c>.
    /// </summary>
    public static string? UnknownOption(ParseResult words)
    {
        var names = words.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens).ToHashSet();
        return words.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => names.Contains(token) && LooksLikeOption(token.Value))?.Value;
    }

    /// <summary>
    /// What is wrong with an option of a command that is followed by another command, such as
    /// <c>--dry-run</c> in <c>dun --dry-run hold</c>: nobody would see it. Null when there is none.
    /// </summary>
    public static string? OptionBefore(ParseResult words)
    {
        var command = words.CommandResult.Command;
        for (var above = words.CommandResult.Parent; above is not null; above = above.Parent)
        {
            if (above is not CommandResult { Command: not RootCommand } group) continue;
            var given = group.Children.OfType<OptionResult>()
                .FirstOrDefault(option => !option.Implicit && !option.Option.Recursive);
            if (given is null) continue;
            var word = given.IdentifierToken?.Value ?? given.Option.Name;
            var (path, parent) = (Path(command, "settle"), Path(group.Command, "settle"));
            return command.Options.Any(known => IsCalled(known, word))
                ? $"'{word}' comes after the command: {path} ... {word} ..."
                : $"'{word}' is an option of '{parent}', and '{path}' has none such; leave it out";
        }
        return null;
    }

    /// <summary>What is wrong with a word that stands where a command should.</summary>
    public static string NotACommand(string word, Command command)
    {
        var known = command.Subcommands.SelectMany(each => each.Aliases.Prepend(each.Name));
        if (known.Contains(word))
            return $"'{word}' stands behind '--', where no command is looked for; leave '--' out";
        if (LooksLikeOption(word))
        {
            var isKnown = command.Subcommands.SelectMany(each => each.Options)
                .Any(option => IsCalled(option, word.Split('=', ':')[0]));
            return isKnown ? $"a command is missing before '{word}'"
                : $"'{Path(command, "settle")}' has no option '{word}', and a command is missing";
        }
        return $"'{word}' is not a command"
            + (Habits.TryGetValue(word, out var meant) && known.Contains(meant)
                ? $"; did you mean '{meant}'?" : NearestName.Suggest(word, known));
    }

    // Only if nothing else is wrong: what was typed as an option may stand where a value should.
    private static InvalidRequestException? Fault(ParseResult words) =>
        words.CommandResult.Command.Subcommands.Count == 0 && words.UnmatchedTokens.Count == 0
        && UnknownOption(words) is null
        && words.Errors.Select(Typed.FaultOf).ToList() is [{ } first, ..] faults
        && !faults.Contains(null) ? first : null;

    // Not the dash alone, which is standard input, nor a negative number.
    private static bool LooksLikeOption(string word) =>
        word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';

    private static string Path(Symbol command, string program) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? $"{Path(parent, program)} {command.Name}" : program;

    private static string Message(ParseResult words, Command command)
    {
        var errors = words.Errors.Select(Text).Distinct().ToList();
        if (words.UnmatchedTokens.Count == 0 && OptionBefore(words) is { } before)
        {
            errors = [before];
        }
        else if (command.Subcommands.Count > 0 && words.UnmatchedTokens is [var unknown, ..])
        {
            errors = [NotACommand(unknown, command)];
        }
        else if (command.Subcommands.Count > 0)
        {
            errors = ["a command is missing"];
        }
        else if (UnknownOption(words) is { } option)
        {
            errors = [Stray(option, command)];
        }
        else if (words.UnmatchedTokens is [var stray, ..])
        {
            errors = [Stray(stray, command)];
        }
        return string.Join("; ", errors);
    }

    private static string Text(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Tokens.Count: 0, Argument.Arity.MinimumNumberOfValues: > 0 } result =>
            $"{result.Argument.Name} is missing",
        _ => error.Message.TrimEnd('.'),
    };

    private static bool IsCalled(Option option, string word) =>
        option.Name == word || option.Aliases.Contains(word);

    private static string Stray(string word, Command command) =>
        command.Options.Any(known => IsCalled(known, word))
            ? $"'{word}' comes after the command: {Path(command, "settle")} ... {word} ..."
        : word.StartsWith('-')
            ? $"'{command.Name}' has no option '{word}'"
                + NearestName.Suggest(word, command.Options.Select(known => known.Name))
            : $"'{command.Name}' does not expect the word '{word}'";
}
