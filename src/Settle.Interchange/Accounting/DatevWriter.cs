namespace Settle.Accounting;

/// <summary>
/// Writes a posting batch for DATEV: EXTF, category 21 (Buchungsstapel), version 700 of the header,
/// version 13 of the columns.
/// </summary>
internal sealed class DatevWriter : IDisposable
{
    private const int TextMax = 60;
    private const string Euro = "EUR";

    // Ten digits before the comma, two behind it.
    private const decimal AmountMax = 9_999_999_999.99m;

    private readonly StreamWriter _writer;
    private readonly DatevSettings _settings;

    /// <param name="output">Takes the file.</param>
    /// <param name="settings">What they say of it.</param>
    /// <param name="period">The days that it is of, both included.</param>
    /// <param name="created">When it is made: the header says it.</param>
    public DatevWriter(Stream output, DatevSettings settings, (DateOnly From, DateOnly To) period,
        DateTime created)
    {
        _settings = settings;
        var encoding = settings.Utf8 ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
            : CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        _writer = new StreamWriter(output, encoding, 16 * 1024, leaveOpen: true)
        {
            NewLine = "\r\n",
        };
        var (from, to) = period;
        var isOfMoney = settings.Payments || settings.WriteOffs || settings.Refunds;
        var title = isOfMoney ? "Rechnungen und Zahlungen" : "Rechnungsausgang";
        _writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\"EXTF\";700;21;\"Buchungsstapel\";13;{created:yyyyMMddHHmmssfff};;"
            + $"\"RE\";\"\";\"\";{settings.Consultant};{settings.Client};"
            + $"{YearStart(settings, period):yyyyMMdd};{settings.AccountLength};"
            + $"{from:yyyyMMdd};{to:yyyyMMdd};\"{title}\";\"\";1;0;0;\"EUR\";;\"\";;;"
            + $"\"{settings.Chart}\";;;\"\";\"\""));
        _writer.WriteLine(string.Join(';', DatevColumns.Names));
    }

    /// <summary>Why an amount cannot be posted; null if it can.</summary>
    public string? Obstacle(Money amount)
    {
        var asset = amount.Asset!;
        if (asset == Euro || _settings.Rates.ContainsKey(asset)) return null;
        return Iso4217.TryGetScale(asset, out _) ? $"is in {asset}, and no rate is known"
            : $"is in {asset}, which is not a currency";
    }

    /// <summary>Why a posting does not fit into its fields; null if it does.</summary>
    /// <param name="row">One of an amount without an obstacle.</param>
    public string? Obstacle(DatevRow row)
    {
        var fields = new string?[DatevColumns.Names.Count + 1];
        var amount = row.Amount.IsNegative ? -row.Amount : row.Amount;
        return !TryWriteAmount(fields, amount, row.Rate)
            || fields[DatevColumns.Amount]!.Length <= Number(AmountMax).Length ? null
            : $"has a posting of {fields[DatevColumns.Amount]}, and the field holds "
                + $"{Number(AmountMax)} at most";
    }

    public void Write(DatevRow row)
    {
        var fields = new string?[DatevColumns.Names.Count + 1];
        if (!TryWriteAmount(fields, row.Amount.IsNegative ? -row.Amount : row.Amount, row.Rate))
            return;
        fields[DatevColumns.Side] = row.IsDebit != row.Amount.IsNegative ? "S" : "H";
        fields[DatevColumns.Account] = row.Account.ToString(CultureInfo.InvariantCulture);
        fields[DatevColumns.Contra] = row.Contra.ToString(CultureInfo.InvariantCulture);
        fields[DatevColumns.Date] = row.Date.ToString("ddMM", CultureInfo.InvariantCulture);
        fields[DatevColumns.Number] = DatevTexts.Number(row.Number);
        fields[DatevColumns.SecondNumber] = DatevTexts.SecondNumber(row.Corrects);
        fields[DatevColumns.Text] = DatevTexts.Of(row.Text, TextMax, _settings.Utf8);
        fields[DatevColumns.CostCentre] = DatevTexts.Centre(row.CostCentre ?? "");
        fields[DatevColumns.VatId] = row.VatId;
        if (_settings.ServiceDates)
        {
            // DATEV takes one only with the other.
            fields[DatevColumns.Supplied] = Day(row.Supplied);
            fields[DatevColumns.TaxPeriod] = Day(row.Supplied);
        }
        fields[DatevColumns.Due] = Day(row.Due);
        _writer.WriteLine(DatevColumns.Line(fields));
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>The fiscal year that a period is in.</summary>
    /// <exception cref="InvalidRequestException">It is in two.</exception>
    private static DateOnly YearStart(
        DatevSettings settings, (DateOnly From, DateOnly To) period)
    {
        var (from, to) = period;
        if (to < from)
            throw new InvalidRequestException("to", $"must not be before {from:yyyy-MM-dd}");
        var start = settings.YearStart ?? new DateOnly(from.Year, 1, 1);
        if (from < start)
        {
            throw new InvalidRequestException("from",
                $"must not be before {start:yyyy-MM-dd}, where the fiscal year begins");
        }
        while (start.AddYears(1) <= from) start = start.AddYears(1);
        return to < start.AddYears(1) ? start : throw new InvalidRequestException("to",
            $"must be before {start.AddYears(1):yyyy-MM-dd}, where another fiscal year begins; "
            + "make a batch for each");
    }

    // In its own currency where the fields allow that, else in euro.
    private bool TryWriteAmount(string?[] fields, Money amount, decimal? own)
    {
        if (amount.IsZero) return false;
        if (amount.Asset == Euro)
        {
            fields[DatevColumns.Amount] = Number(amount.Value);
            fields[DatevColumns.Currency] = Euro;
            return true;
        }
        var rate = own ?? _settings.Rates[amount.Asset!];
        var euro = decimal.Round(amount.Value / rate, 2, MidpointRounding.AwayFromZero);
        if (euro == 0) return false;
        if (amount.Scale <= 2 && rate is >= 1 and < 10_000)
        {
            fields[DatevColumns.Amount] = Number(amount.Value);
            fields[DatevColumns.Currency] = amount.Asset;
            fields[DatevColumns.Rate] = Comma(rate.ToString("0.00####",
                CultureInfo.InvariantCulture));
            fields[DatevColumns.BaseAmount] = Number(euro);
            fields[DatevColumns.BaseCurrency] = Euro;
            return true;
        }
        fields[DatevColumns.Amount] = Number(euro);
        fields[DatevColumns.Currency] = Euro;
        fields[DatevColumns.NoteKind] = "Betrag";
        fields[DatevColumns.Note] =
            Comma(string.Create(CultureInfo.InvariantCulture, $"{amount.Digits} {amount.Asset}"));
        fields[DatevColumns.NoteKind + 2] = "Kurs";
        fields[DatevColumns.Note + 2] = Comma(rate.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    private static string Number(decimal amount) =>
        Comma(amount.ToString("0.00", CultureInfo.InvariantCulture));

    private static string Comma(string number) => number.Replace('.', ',');

    private static string? Day(DateOnly? day) =>
        day?.ToString("ddMMyyyy", CultureInfo.InvariantCulture);
}
