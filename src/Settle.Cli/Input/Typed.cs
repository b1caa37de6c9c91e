using System.CommandLine.Parsing;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Settle.Cli.Input;

/// <summary>
/// Options and arguments. Their values are read once, while the line is parsed, by the rules that
/// bodies and files follow too.
/// </summary>
internal static class Typed
{
    // What is wrong with a value, by its place in the line.
    private static readonly ConditionalWeakTable<SymbolResult, InvalidRequestException> Faults = [];

    /// <summary>A text, as it is.</summary>
    public static Option<string> Text(string name, string help, string description,
        params string[] aliases) =>
        new(name, aliases) { HelpName = help, Description = description };

    /// <summary>The code of an asset.</summary>
    public static Option<string> Asset(string description) => Text("--asset", "CODE", description);

    /// <summary>The id of a request.</summary>
    public static Option<string> Id() => Text("--id", "ID",
        "The id: a request with it is decided once, so repeating it is safe [default: a new one]");

    /// <summary>A day; or, if it takes months, a month, which means its last day.</summary>
    public static Option<DateOnly?> Day(string name, string description,
        bool takesMonths = false, bool isRequired = false)
    {
        var day = Moment<DateOnly>(name, "DATE", description,
            takesMonths ? Parse.DayOrMonth : Parse.Day);
        day.Required = isRequired;
        return day;
    }

    /// <summary>
    /// A day or a moment; <c>today</c> and <c>yesterday</c> are days of the person who types.
    /// </summary>
    /// <inheritdoc cref="Value"/>
    public static Option<T?> Moment<T>(string name, string help, string description,
        Func<string, string, T> read)
        where T : struct => new(name)
        {
            HelpName = help,
            Description = description,
            CustomParser = line => Read(
                line, texts => (T?)read(Field(name), DayOf(line, texts[0]))),
        };

    /// <summary>An integer that has a default, or else must be given.</summary>
    public static Option<T> Integer<T>(string name, string help, string description, T min, T max,
        T? fallback, params string[] aliases)
        where T : struct, IBinaryInteger<T>
    {
        var read = Integer(min, max);
        return new Option<T>(name, aliases)
        {
            HelpName = help,
            Description = description,
            Required = fallback is null,
            DefaultValueFactory = fallback is { } value ? _ => value : null,
            CustomParser = line => Read(line, texts => read(Field(name), texts[0])),
        };
    }

    /// <summary>Lets an option take only some words.</summary>
    public static void Accept(this Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.CustomParser = line => Read(line, texts => words.Contains(texts[0]) ? texts[0]
            : throw Parse.NotOneOf(Field(option.Name), texts[0], words));
    }

    /// <summary>Reads an integer.</summary>
    public static Func<string, string, T> Integer<T>(T min, T max)
        where T : struct, IBinaryInteger<T> => (field, text) => T.CreateChecked(
            Parse.Integer(field, text, long.CreateChecked(min), long.CreateChecked(max)));

    /// <summary>A value of any kind; null if it is left out.</summary>
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="help">What stands for the value in the help.</param>
    /// <param name="description">What it is, for the help.</param>
    /// <param name="read">Makes the value of the field's name and the text.</param>
    /// <param name="aliases">Its short name.</param>
    public static Option<T?> Value<T>(string name, string help, string description,
        Func<string, string, T> read, params string[] aliases)
        where T : struct => new(name, aliases)
        {
            HelpName = help,
            Description = description,
            CustomParser = line => Read(line, texts => (T?)read(Field(name), texts[0])),
        };

    /// <summary>The client's own pairs: <c>--meta order=42</c>, as often as wanted.</summary>
    public static Option<Dictionary<string, string>?> Meta() =>
        Pairs("--meta", "KEY=VALUE", "Your own data, KEY=VALUE; may be repeated");

    /// <summary>Pairs with an equals sign between them, as often as wanted.</summary>
    public static Option<Dictionary<string, string>?> Pairs(
        string name, string help, string description) => new(name)
        {
            HelpName = help,
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = line => Read(line, texts => PairsOf(Field(name), help, texts)),
        };

    /// <summary>A value that may be given as often as wanted.</summary>
    /// <inheritdoc cref="Value"/>
    public static Option<T[]?> Each<T>(string name, string help, string description,
        Func<string, string, T> read) => new(name)
        {
            HelpName = help,
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = line => Read(line, texts =>
                Array.ConvertAll(texts, text => read(Field(name), text))),
        };

    /// <summary>Names with commas between them.</summary>
    public static Option<string[]?> List(string name, string help, string description) => new(name)
    {
        HelpName = help,
        Description = description,
        CustomParser = line => Read(line, texts => texts[0].Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    };

    /// <summary>An amount in the major unit.</summary>
    public static Argument<decimal> Amount(string description = "In the major unit: 50 or 50.00") =>
        Argument("AMOUNT", description, (_, texts) => Amounts.Read("amount", texts[0]));

    /// <summary>An amount in the major unit that may be left out.</summary>
    public static Argument<decimal?> OptionalAmount(string description)
    {
        var amount = Argument("AMOUNT", description,
            (_, texts) => (decimal?)Amounts.Read("amount", texts[0]));
        amount.Arity = ArgumentArity.ZeroOrOne;
        return amount;
    }

    /// <summary>A value that is read from one or more words.</summary>
    public static Argument<T> Argument<T>(string name, string description,
        Func<SymbolResult, string[], T> read) => new(name)
        {
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = line => Read(line, texts => read(line, texts)),
        };

    /// <summary>What is wrong with a value; null if the error is of another kind.</summary>
    public static InvalidRequestException? FaultOf(ParseError error) =>
        error.SymbolResult is { } place && Faults.TryGetValue(place, out var fault) ? fault : null;

    /// <summary>A day in digits, if it is <c>today</c> or <c>yesterday</c>.</summary>
    public static string DayOf(string text, DateOnly today) => text switch
    {
        "today" => Digits(today),
        "yesterday" => Digits(today.AddDays(-1)),
        _ => text,
    };

    private static string Digits(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string DayOf(SymbolResult line, string text)
    {
        var place = line;
        while (place is not (null or CommandResult)) place = place.Parent;
        return place is CommandResult { Command: Commands.SettleCommand command }
            ? DayOf(text, command.Today) : text;
    }

    private static string Field(string name) => name.TrimStart('-');

    private static T? Read<T>(ArgumentResult line, Func<string[], T> read)
    {
        if (line.Tokens.Count == 0) return default;
        try
        {
            return read([.. line.Tokens.Select(token => token.Value)]);
        }
        catch (InvalidRequestException fault)
        {
            // An error in an option's value stands at the option.
            Faults.AddOrUpdate(line.Parent as OptionResult ?? (SymbolResult)line, fault);
            line.AddError(fault.Message);
            return default;
        }
    }

    private static Dictionary<string, string> PairsOf(string field, string help, string[] texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw Parse.Fault(field, text, $"is not a pair; write {help}");
            if (!pairs.TryAdd(text[..equals], text[(equals + 1)..]))
                throw new InvalidRequestException(field, $"'{text[..equals]}' is given twice");
        }
        return pairs;
    }
}
