using System.Text.RegularExpressions;

namespace Settle.Bank;

/// <summary>A line of MT940, field :61:, with its details, field :86:.</summary>
internal sealed partial record Mt940Line
{
    private const string ReturnType = "NRTI";

    /// <summary>The account of its statement.</summary>
    public required string Account { get; init; }

    /// <summary>The currency of its statement.</summary>
    public required string Asset { get; init; }

    /// <summary>The day it was booked.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The day from which it counts.</summary>
    public required DateOnly Valued { get; init; }

    /// <summary>
    /// C or D, and before it R for one that reverses, or E for one that is expected.
    /// </summary>
    public required string Mark { get; init; }

    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>What kind of movement it is, in four letters.</summary>
    public required string Type { get; init; }

    /// <summary>The bank's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The reference of the account's owner.</summary>
    public string? OtherReference { get; init; }

    /// <summary>What a return takes back, in minor units.</summary>
    public long? Original { get; init; }

    /// <summary>What field :86: says.</summary>
    public Mt940Details Details { get; init; } = Mt940Details.None;

    /// <summary>Whether it is booked, and not only expected.</summary>
    public bool IsBooked => Mark[0] != 'E';

    /// <exception cref="InvalidRequestException">It is damaged.</exception>
    public static Mt940Line Read(string account, string asset, string value)
    {
        var rows = value.Split('\n');
        var match = Form().Match(rows[0]);
        if (!match.Success)
        {
            throw Parse.Fault("file", rows[0], "is not a line (field :61:); write one as "
                + "2611051105C11,90NTRFNONREF");
        }
        var valued = Mt940Balance.Day(match.Groups["valued"].Value);
        var more = string.Concat(rows.Skip(1));
        return new Mt940Line
        {
            Account = account,
            Asset = asset,
            Date = Booked(valued, match.Groups["booked"].Value),
            Valued = valued,
            Mark = match.Groups["mark"].Value,
            Amount = Mt940Balance.Minor(match.Groups["amount"].Value, asset),
            Type = match.Groups["type"].Value,
            Reference = BankTexts.OwnReference(match.Groups["bank"].Value),
            OtherReference = BankTexts.Reference(match.Groups["own"].Value),
            Original = Mt940Details.AmountOf("OCMT", more, asset),
        };
    }

    public BankLine ToBankLine()
    {
        // A reversal has the mark of what it reverses, and goes the other way.
        var isReversal = Mark[0] == 'R';
        var isCredit = Mark is "C" or "RD";
        var original = Details.Original(Asset) ?? Original;
        var isReturn = !isCredit && (isReversal || Details.IsReturn || Type == ReturnType);
        return new BankLine
        {
            Id = "",
            Account = Account,
            Reference = Reference,
            Date = Date,
            Valued = Valued,
            Asset = Asset,
            Amount = Amount,
            IsCredit = isCredit,
            IsReversal = isReversal,
            IsReturn = isReturn,
            Original = isReturn && original > 0 && original < Amount ? original : null,
            Name = Details.Name,
            Iban = Details.Account,
            Text = Details.Text,
            More = OtherReference ?? "",
            EndToEnd = Details.EndToEnd,
        };
    }

    /// <summary>
    /// The day it was booked. It is written without its year: that is the one in which the day is
    /// nearest to the value date, which around New Year is not always the same.
    /// </summary>
    private static DateOnly Booked(DateOnly valued, string monthAndDay)
    {
        if (monthAndDay.Length == 0) return valued;
        var days = new[] { valued.Year, valued.Year - 1, valued.Year + 1 }
            .Select(year => DateOnly.TryParseExact(string.Create(CultureInfo.InvariantCulture,
                $"{year:D4}{monthAndDay}"), "yyyyMMdd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var day) ? day : (DateOnly?)null)
            .OfType<DateOnly>().ToList();
        return days.Count == 0 ? throw Parse.Fault("file", monthAndDay,
            "is not a day of a year; MT940 writes one as 1105")
            : days.MinBy(day => int.Abs(day.DayNumber - valued.DayNumber));
    }

    [GeneratedRegex("^(?<valued>[0-9]{6})(?<booked>[0-9]{4})?(?<mark>[RE]?[CD])(?:[A-Z])?"
        + "(?<amount>[0-9]+,[0-9]*)(?<type>[A-Z][A-Z0-9]{3})?(?<own>.*?)(?://(?<bank>.*))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
