using Settle.Server;

namespace Settle.Cli.Input;

/// <summary>The options of a posting batch for DATEV. They go before those of a file.</summary>
internal sealed class DatevOptions
{
    private readonly Option<string> _settings = Typed.Text("--settings", "FILE",
        "With datev: all that follows as JSON, for use month after month");

    private readonly Option<int?> _consultant = Number("--consultant", "NUMBER",
        "With datev: the tax adviser's number [default: 1001]", 1001, 9_999_999);

    private readonly Option<int?> _client = Number("--client", "NUMBER",
        "With datev: the client's number [default: 1]", 1, 99_999);

    private readonly Option<string> _chart = Typed.Text("--chart", "CHART",
        "With datev: the chart of accounts, 03 or 04 [default: 03]");

    private readonly Option<DateOnly?> _yearStart = Typed.Day("--year-start",
        "With datev: the first day of a fiscal year [default: 1 January]");

    private readonly Option<int?> _accountLength = Number("--account-length", "DIGITS",
        "With datev: how long general ledger accounts are [default: 4]", 4, 8);

    private readonly Option<Dictionary<string, string>?> _accounts = Typed.Pairs("--account",
        "KEY=NUMBER", "With datev: an account that is not the chart's, such as S19=8401, "
        + "bank=1210 or write-offs=2406; may be repeated");

    private readonly Option<Dictionary<string, string>?> _moneyAccounts = Typed.Pairs(
        "--money-account", "ACCOUNT=NUMBER",
        "With datev: where payments from an account of the ledger are posted, such as "
        + "cash=1000; may be repeated");

    private readonly Option<int?> _firstDebtor = Number("--first-debtor", "NUMBER",
        "With datev: the first customer's debtor; the others follow [default: 10000]", 1,
        999_999_999);

    private readonly Option<int?> _commonDebtor = Number("--common-debtor", "NUMBER",
        "With datev: one debtor for all customers without one of their own", 1, 999_999_999);

    private readonly Option<Dictionary<string, string>?> _debtors = Typed.Pairs("--debtor",
        "CUSTOMER=NUMBER", "With datev: a customer's own debtor; may be repeated");

    private readonly Option<Dictionary<string, string>?> _rates = Typed.Pairs("--rate",
        "CURRENCY=RATE", "With datev: how much of a currency one euro is, such as USD=1.0837; "
        + "may be repeated");

    private readonly Option<bool> _payments = Flag("--payments", "post payments too");
    private readonly Option<bool> _writeOffs = Flag("--write-offs", "post write-offs too");
    private readonly Option<bool> _refunds =
        Flag("--refunds", "post refunds and charge-backs too");

    private readonly Option<bool> _noServiceDates =
        Flag("--no-service-dates", "leave out the dates of supply (columns 115 and 116)");

    private readonly Option<bool> _utf8 =
        Flag("--utf8", "write UTF-8 with a byte order mark, not Windows-1252");

    private readonly Option[] _all;

    public DatevOptions(Command command)
    {
        _chart.Accept("03", "04");
        _all =
        [
            _settings, _consultant, _client, _chart, _yearStart, _accountLength, _accounts,
            _moneyAccounts, _firstDebtor, _commonDebtor, _debtors, _rates, _payments, _writeOffs,
            _refunds, _noServiceDates, _utf8,
        ];
        foreach (var option in _all) command.Add(option);
    }

    /// <summary>One that is given; null if none is.</summary>
    public string? GivenIn(ParseResult words) =>
        _all.FirstOrDefault(option => words.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>The file of settings; null for none.</summary>
    public string? FileIn(ParseResult words) => words.GetValue(_settings);

    /// <exception cref="InvalidRequestException">The file cannot be read, or a value is
    /// wrong.</exception>
    public async Task<DatevSettings> ReadAsync(ParseResult words, CancellationToken cancellation)
    {
        var settings = words.GetValue(_settings) is { } file
            ? Bodies.Read<DatevSettings>(
                await InputFile.ReadAsync("settings", file, cancellation))
            : new DatevSettings();
        return settings with
        {
            Consultant = words.GetValue(_consultant) ?? settings.Consultant,
            Client = words.GetValue(_client) ?? settings.Client,
            Chart = words.GetValue(_chart) ?? settings.Chart,
            YearStart = words.GetValue(_yearStart) ?? settings.YearStart,
            AccountLength = words.GetValue(_accountLength) ?? settings.AccountLength,
            FirstDebtor = words.GetValue(_firstDebtor) ?? settings.FirstDebtor,
            CommonDebtor = words.GetValue(_commonDebtor) ?? settings.CommonDebtor,
            Accounts = With(settings.Accounts, words.GetValue(_accounts), Account("account")),
            MoneyAccounts = With(settings.MoneyAccounts, words.GetValue(_moneyAccounts),
                Account("money-account")),
            Debtors = With(settings.Debtors, words.GetValue(_debtors), Account("debtor")),
            Rates = With(settings.Rates, words.GetValue(_rates),
                text => Settle.Parse.Decimal("rate", text)),
            Payments = words.GetValue(_payments) || settings.Payments,
            WriteOffs = words.GetValue(_writeOffs) || settings.WriteOffs,
            Refunds = words.GetValue(_refunds) || settings.Refunds,
            ServiceDates = !words.GetValue(_noServiceDates) && settings.ServiceDates,
            Utf8 = words.GetValue(_utf8) || settings.Utf8,
        };
    }

    private static IReadOnlyDictionary<string, T> With<T>(IReadOnlyDictionary<string, T> known,
        Dictionary<string, string>? given, Func<string, T> read)
    {
        if (given is null) return known;
        var all = new Dictionary<string, T>(known, StringComparer.Ordinal);
        foreach (var (key, text) in given) all[key] = read(text);
        return all;
    }

    private static Func<string, int> Account(string field) =>
        text => (int)Settle.Parse.Integer(field, text, 1, 999_999_999);

    private static Option<int?> Number(
        string name, string help, string description, int min, int max) =>
        Typed.Value(name, help, description, Typed.Integer(min, max));

    private static Option<bool> Flag(string name, string what) =>
        new(name) { Description = $"With datev: {what}" };
}
