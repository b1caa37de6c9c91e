namespace Settle.Cli.Input;

/// <summary>When and how a seller reminds its customers, as options of a command.</summary>
internal sealed class DunningOptions
{
    private readonly Option<string[]> _levels = new("--reminder")
    {
        Description = "21=2.50: a reminder 21 days after an invoice is due, for a fee of 2.50; may "
            + "be repeated and replaces all of them [default: 7, 21=2.50 and 35=2.50]",
        HelpName = "DAYS[=FEE]",
    };

    private readonly Option<string[]> _texts = new("--reminder-text")
    {
        Description = "2.de=TEXT: what the second reminder says in German (de, en, fr), with "
            + "{due}, {total} and {fee}; may be repeated; without TEXT the usual one",
        HelpName = "LEVEL.LANGUAGE=TEXT",
    };

    private readonly Option<decimal?> _minimum = Typed.Value("--reminder-minimum", "AMOUNT",
        "Whoever owes less gets no reminder", ReadAmount);

    private readonly Option<decimal?> _flatFee = Typed.Value("--reminder-flat-fee", "AMOUNT",
        "What customers with a VAT id pay once instead of the fees: 40 by section "
            + "288 of the German BGB; 0 ends it", ReadAmount);

    private readonly Option<int?> _within = Typed.Value("--reminder-pay-within", "DAYS",
        "How many days after its date a reminder is to be paid [default: 7]",
        Typed.Integer(1, Limits.TermsDaysMax));

    public DunningOptions(Command command)
    {
        command.Add(_levels);
        command.Add(_texts);
        command.Add(_minimum);
        command.Add(_flatFee);
        command.Add(_within);
    }

    public bool AnyIn(ParseResult words) => words.GetValue(_levels) is { Length: > 0 }
        || words.GetValue(_texts) is { Length: > 0 } || words.GetValue(_minimum) is not null
        || words.GetValue(_flatFee) is not null || words.GetValue(_within) is not null;

    /// <summary>What is known, with what was typed.</summary>
    public DunningSettings? In(ParseResult words, DunningSettings? known, int scale)
    {
        if (!AnyIn(words)) return known;
        var usual = scale == 2 ? Money.Typed(2.5m) : (Money?)null;
        var settings = known ?? new DunningSettings
        {
            Levels =
            [
                new ReminderLevel { Days = 7 }, new ReminderLevel { Days = 21, Fee = usual },
                new ReminderLevel { Days = 35, Fee = usual },
            ],
        };
        if (words.GetValue(_levels) is { Length: > 0 } typed)
            settings = settings with { Levels = [.. typed.Select(Level)] };
        foreach (var text in words.GetValue(_texts) ?? []) settings = WithText(settings, text);
        return settings with
        {
            Minimum = Changed(words.GetValue(_minimum), settings.Minimum),
            FlatFee = Changed(words.GetValue(_flatFee), settings.FlatFee),
            PayWithin = words.GetValue(_within) ?? settings.PayWithin,
        };
    }

    private static decimal ReadAmount(string field, string text) =>
        Amounts.Read(field, text, allowZero: true);

    private static Money? Changed(decimal? typed, Money? known) =>
        typed is not { } amount ? known : amount == 0 ? null : Money.Typed(amount);

    private static ReminderLevel Level(string typed)
    {
        var parts = typed.Split('=', 2);
        if (!parts.All(part => Settle.Parse.IsDecimal(part.AsSpan().TrimStart('-'))))
        {
            throw Settle.Parse.Fault("reminder", typed, "is not a reminder; write it as 7, after "
                + "7 days, or as 21=2.50, after 21 days for a fee of 2.50");
        }
        return new ReminderLevel
        {
            Days = (int)Settle.Parse.Integer("reminder", parts[0], 1, Limits.TermsDaysMax),
            Fee = parts.Length == 1 ? null
                : Money.Typed(Settle.Parse.Decimal("reminder", parts[1])),
        };
    }

    private static DunningSettings WithText(DunningSettings settings, string typed)
    {
        var equals = typed.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? [] : typed[..equals].Split('.');
        if (name.Length != 2)
        {
            throw Settle.Parse.Fault("reminder-text", typed,
                "is not a text of a reminder; write it as 2.de=TEXT, with de, en or fr");
        }
        var level = (int)Settle.Parse.Integer(
            "reminder-text", name[0], 1, settings.Levels.Count);
        var levels = settings.Levels.ToList();
        var texts = levels[level - 1].Texts.ToDictionary(StringComparer.Ordinal);
        if (equals == typed.Length - 1) texts.Remove(name[1]);
        else texts[name[1]] = typed[(equals + 1)..];
        levels[level - 1] = levels[level - 1] with { Texts = texts };
        return settings with { Levels = levels };
    }
}
