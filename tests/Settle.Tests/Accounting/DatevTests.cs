using System.Globalization;
using System.Text;
using Settle.Accounting;
using Settle.Journals;
using Settle.Tests.Paper;
using Xunit;

namespace Settle.Tests.Accounting;

/// <summary>A posting batch as DATEV reads it.</summary>
public sealed class DatevTests
{
    private static readonly DatevSettings Settings = new()
    {
        Consultant = 29098, Client = 55003, ServiceDates = false,
    };

    private static readonly (DateOnly From, DateOnly To) Period =
        (new DateOnly(2026, 10, 1), new DateOnly(2026, 11, 30));

    [Fact]
    public void The_first_line_says_what_the_file_is() => Assert.Equal(
        "\"EXTF\";700;21;\"Buchungsstapel\";13;20261201083005007;;\"RE\";\"\";\"\";29098;55003;20260101;"
        + "4;20261001;20261130;\"Rechnungsausgang\";\"\";1;0;0;\"EUR\";;\"\";;;\"03\";;;\"\";\"\"",
        Lines()[0]);

    [Theory]
    [InlineData("2026-07-01", "20260701")]
    [InlineData("2023-10-01", "20261001")]
    [InlineData("2025-12-01", "20251201")]
    public void The_fiscal_year_may_begin_on_any_day(string start, string year) => Assert.Contains(
        $";55003;{year};4;20261001;", Lines(Settings with { YearStart = Day(start) })[0],
        StringComparison.Ordinal);

    [Fact]
    public void A_period_in_two_fiscal_years_is_refused_with_where_the_second_begins()
    {
        var fault = Assert.Throws<InvalidRequestException>(
            () => Lines(Settings with { YearStart = Day("2025-11-01") }));
        Assert.Equal("to: must be before 2026-11-01, where another fiscal year begins; make a batch for each",
            fault.Message);
        Assert.Equal("from", Assert.Throws<InvalidRequestException>(
            () => Lines(Settings with { YearStart = Day("2026-11-01") })).Field);
    }

    [Fact]
    public void Every_line_has_125_fields()
    {
        var lines = Lines("plain", "mixed rates");
        Assert.Equal(5, lines.Length);
        Assert.All(lines[1..], line => Assert.Equal(125, line.Split(';').Length));
        Assert.Equal("Abw. Skontokonto", lines[1].Split(';')[^1]);
    }

    [Fact]
    public void An_invoice_is_a_posting_per_rate_from_its_debtor()
    {
        var rows = Rows("mixed rates");
        Assert.Equal(["343,91", "53,39"], rows.Select(row => row[0]));
        Assert.Equal(["8400", "8300"], rows.Select(row => row[7]));
        Assert.All(rows, row => Assert.Equal(
            ("\"S\"", "\"EUR\"", "10000", "3110", "\"2026-000123\"", "\"Müller & Söhne KG\"", "14112026"),
            (row[1], row[2], row[6], row[9], row[10], row[13], row[116])));
    }

    [Fact]
    public void A_rate_of_several_cost_centres_is_a_posting_for_each_and_they_add_up()
    {
        var invoice = Examples.All["mixed rates"];
        string?[] centres = ["4711", "Küche", null];
        var rows = Written(Settings, invoice with
        {
            Lines = [.. invoice.Lines.Select((line, at) =>
                line with { CostCentre = centres[at % centres.Length] })],
        })[2..].Select(row => row.Split(';')).ToList();
        Assert.Equal(["\"4711\"", "\"Küche\"", "\"\""], rows.Select(row => row[36]).Distinct());
        Assert.True(rows.Count > 2);
        Assert.Equal([("8400", 343.91m), ("8300", 53.39m)], rows
            .GroupBy(row => row[7], row => decimal.Parse(row[0].Replace(',', '.'), CultureInfo.InvariantCulture))
            .Select(amounts => (amounts.Key, amounts.Sum())));
    }

    [Fact]
    public void A_posting_says_when_it_was_supplied_and_to_which_tax_period_that_counts()
    {
        var rows = Rows(Settings with { ServiceDates = true }, "mixed rates");
        Assert.Equal([("28102026", "28102026"), ("14102026", "14102026")],
            rows.Select(row => (row[114], row[115])));
        Assert.All(Rows("mixed rates"), row => Assert.Equal(("", ""), (row[114], row[115])));
    }

    [Fact]
    public void A_credit_note_is_the_opposite_posting_and_names_its_invoice()
    {
        var row = Rows("credit note, plain")[0];
        Assert.Equal(("332,01", "\"H\"", "8400", "\"C2026-000007\"", "\"2026-000123\"", ""),
            (row[0], row[1], row[7], row[10], row[11], row[116]));
    }

    [Fact]
    public void What_was_rounded_has_its_own_posting() =>
        Assert.Equal([("0,04", "\"S\"", "8400"), ("0,01", "\"H\"", "2709")],
            Rows("gross that no net gives").Select(row => (row[0], row[1], row[7])));

    [Fact]
    public void Reverse_charge_abroad_names_the_VAT_id_and_has_its_own_account()
    {
        var row = Rows("reverse charge")[0];
        Assert.Equal(("8336", "\"ATU12345675\""), (row[7], row[39]));
        Assert.Equal("8125", Rows("intra-community")[0][7]);
        Assert.Equal("7001", Rows(Settings with
        {
            Accounts = new Dictionary<string, int> { ["AE-abroad"] = 7001 },
        }, "reverse charge")[0][7]);
    }

    [Fact]
    public void Charts_debtors_and_accounts_may_be_others()
    {
        var settings = Settings with
        {
            Chart = "04",
            Debtors = new Dictionary<string, int> { ["c-42"] = 10042 },
            Accounts = new Dictionary<string, int> { ["S7"] = 4301 },
        };
        Assert.Equal([("10042", "4400"), ("10042", "4301")],
            Rows(settings, "mixed rates").Select(row => (row[6], row[7])));
        Assert.Equal([("1000000", "440000"), ("1000000", "430100")],
            Rows(settings with
            {
                AccountLength = 6,
                Accounts = new Dictionary<string, int> { ["S7"] = 430100 },
                Debtors = new Dictionary<string, int>(),
            }, "mixed rates")
                .Select(row => (row[6], row[7])));
    }

    [Fact]
    public void A_rate_without_an_account_of_its_own_is_posted_as_revenue_and_as_tax()
    {
        var invoice = Examples.All["torture of 0.335"];
        var tax = Assert.Single(invoice.Taxes);
        var rows = Rows("torture of 0.335");
        Assert.Equal([(tax.Net.Digits.Replace('.', ','), "8200"), (tax.Tax.Digits.Replace('.', ','), "1770")],
            rows.Select(row => (row[0], row[7])));
        var own = Settings with { Accounts = new Dictionary<string, int> { ["S8.1"] = 8410 } };
        Assert.Equal([((tax.Net + tax.Tax).Digits.Replace('.', ','), "8410")],
            Rows(own, "torture of 0.335").Select(row => (row[0], row[7])));
    }

    [Fact]
    public void Another_currency_is_posted_with_its_rate_and_in_euro()
    {
        var row = Rows(With("USD", 1.0837m), "dollars")[0];
        Assert.Equal(("10,00", "\"USD\"", "1,0837", "9,23", "\"EUR\""),
            (row[0], row[2], row[3], row[4], row[5]));
        var yen = Rows(With("JPY", 160.5m), "yen");
        Assert.Equal(["9999,00", "1000,00"], yen.Select(each => each[0]));
        Assert.All(yen, each => Assert.Equal(("\"JPY\"", "160,50"), (each[2], each[3])));
    }

    [Fact]
    public void An_invoice_that_states_its_tax_in_euro_is_posted_at_its_own_rate()
    {
        foreach (var settings in new[] { Settings, With("USD", 2) })
        {
            var row = Rows(settings, "dollars with tax")[0];
            Assert.Equal(("357,00", "\"USD\"", "1,0863", "328,64", "\"EUR\"", "8400"),
                (row[0], row[2], row[3], row[4], row[5], row[7]));
        }
    }

    [Fact]
    public void What_a_small_business_sells_has_an_account_of_its_own()
    {
        Assert.Equal("8195", Rows("small business")[0][7]);
        Assert.Equal("4185", Rows(Settings with { Chart = "04" }, "small business")[0][7]);
        Assert.Equal("8100", Rows("exempt")[0][7]);
        Assert.Equal("8199", Rows(Settings with
            { Accounts = new Dictionary<string, int> { ["E-small"] = 8199 } }, "small business")[0][7]);
    }

    [Fact]
    public void What_the_fields_for_currencies_cannot_hold_is_posted_in_euro_with_a_note()
    {
        // Rates below 1 and three decimals are not allowed there.
        var row = Rows(With("KWD", 0.33m), "dinars")[0];
        Assert.Equal(("112,18", "\"EUR\"", "", "", "\"\""), (row[0], row[2], row[3], row[4], row[5]));
        Assert.Equal(("\"Betrag\"", "\"37,020 KWD\"", "\"Kurs\"", "\"0,33\""),
            (row[47], row[48], row[49], row[50]));
    }

    [Fact]
    public void A_currency_without_a_rate_is_an_obstacle_and_so_is_an_own_asset()
    {
        using var writer = new DatevWriter(new MemoryStream(), With("USD", 2), Period, default);
        Assert.Null(writer.Obstacle(Money.Of(5, "EUR")));
        Assert.Null(writer.Obstacle(Money.Of(5, "USD")));
        Assert.Equal("is in CHF, and no rate is known", writer.Obstacle(Money.Of(5, "CHF")));
        Assert.Equal("is in points, which is not a currency",
            writer.Obstacle(Money.OfMinor(5, "points", 0)));
    }

    [Fact]
    public void Letters_that_the_file_lacks_become_the_nearest_ones()
    {
        Assert.Equal("\"Lódz & <Sisyfos> \"\"Zhuk\"\" O ¿?\"", Rows("strange letters")[0][13]);
        Assert.Equal("\"Łódź & <Σίσυφος> \"\"Жук\"\" Ő ¿?\"", Encoding.UTF8.GetString(Bytes(
            Settings with { Utf8 = true }, Examples.All["strange letters"])).Split("\r\n")[2].Split(';')[13]);
        Assert.Equal("Lukasz Müller", DatevTexts.Of("Łukasz Mu\u0308ller", 60, keepsLetters: false));
        Assert.Equal("'=1+1", DatevTexts.Of("=1+1", 60, keepsLetters: false));
        Assert.Equal(60, DatevTexts.Of(new string('中', 60), 60, keepsLetters: false).Length);
    }

    [Fact]
    public void A_file_in_UTF_8_says_so_with_a_byte_order_mark() => Assert.Equal(
        Encoding.UTF8.Preamble.ToArray(), Bytes(Settings with { Utf8 = true })[..3]);

    [Theory]
    [InlineData("2026-000123", "2026-000123")]
    [InlineData("RE 2026/7", "RE-2026/7")]
    [InlineData("Größe.2026:1", "Grosse-2026-1")]
    [InlineData("-2026-1", "/2026-1")]
    [InlineData("=2026-1", "/2026-1")]
    [InlineData("Bankhaus-Sitzfleisch-Rechnungen-2026-000123", "s-Sitzfleisch-Rechnungen-2026-000123")]
    public void A_number_has_the_characters_that_the_field_allows_and_keeps_its_end(string number, string field) =>
        Assert.Equal(field, DatevTexts.Number(number));

    public static TheoryData<string, DatevSettings> Wrong => new()
    {
        { "consultant", new() { Consultant = 1000 } },
        { "client", new() { Client = 0 } },
        { "chart", new() { Chart = "3" } },
        { "account_length", new() { AccountLength = 9 } },
        { "first_debtor", new() { FirstDebtor = 70000 } },
        { "common_debtor", new() { CommonDebtor = 9999 } },
        { "debtors.dave", new() { Debtors = new Dictionary<string, int> { ["dave"] = 5 } } },
        { "debtors.b", new() { Debtors = new Dictionary<string, int> { ["a"] = 10005, ["b"] = 10005 } } },
        { "accounts", new() { Accounts = new Dictionary<string, int> { ["s19"] = 8400 } } },
        { "accounts.S19", new() { Accounts = new Dictionary<string, int> { ["S19"] = 0 } } },
        { "accounts.S19", new() { Accounts = new Dictionary<string, int> { ["S19"] = 84 } } },
        { "accounts.S19", new() { Accounts = new Dictionary<string, int> { ["S19"] = 10000 } } },
        { "accounts.S19", new() { Accounts = new Dictionary<string, int> { ["S19"] = 123456789 } } },
        { "accounts.bank", new() { AccountLength = 6, Accounts = new Dictionary<string, int> { ["bank"] = 1210 } } },
        { "money_accounts.cash", new() { MoneyAccounts = new Dictionary<string, int> { ["cash"] = 100 } } },
        { "money_accounts.cash", new() { AccountLength = 5, MoneyAccounts = new Dictionary<string, int> { ["cash"] = 1000 } } },
        { "money_accounts.cash", new() { MoneyAccounts = new Dictionary<string, int> { ["cash"] = -1 } } },
        { "rates.USD", new() { Rates = new Dictionary<string, decimal> { ["USD"] = 0 } } },
        { "rates.usd", new() { Rates = new Dictionary<string, decimal> { ["usd"] = 1 } } },
        { "rates.EUR", new() { Rates = new Dictionary<string, decimal> { ["EUR"] = 1 } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_setting_is_refused_by_its_name(string field, DatevSettings settings)
    {
        await using var ledger = Ledger.InMemory();
        var fault = await Assert.ThrowsAsync<InvalidRequestException>(() => LedgerExport.DatevAsync(
            ledger, new MemoryStream(), Period.From, Period.To, settings));
        Assert.Equal(field, fault.Field);
    }

    [Fact]
    public void Each_example_is_written_as_the_fields_are_specified()
    {
        var rates = new Dictionary<string, decimal> { ["USD"] = 1.1m, ["JPY"] = 160, ["KWD"] = 0.33m };
        foreach (var (name, invoice) in Examples.All)
        {
            var lines = Written(Settings with { Rates = rates, ServiceDates = true }, invoice);
            Assert.All(lines[2..], line => DatevFields.AssertValid(name, line));
        }
    }

    private static DatevSettings With(string currency, decimal rate) =>
        Settings with { Rates = new Dictionary<string, decimal> { [currency] = rate } };

    private static DateOnly Day(string text) => Parse.Day("day", text);

    private static List<string[]> Rows(string name) => Rows(Settings, name);

    private static List<string[]> Rows(DatevSettings settings, string name) =>
        [.. Written(settings, Examples.All[name])[2..].Select(row => row.Split(';'))];

    private static string[] Lines(params string[] names) =>
        Written(Settings, [.. names.Select(name => Examples.All[name])]);

    private static string[] Lines(DatevSettings settings) => Written(settings);

    private static string[] Written(DatevSettings settings, params Invoice[] invoices)
    {
        var text = Encoding.Latin1.GetString(Bytes(settings, invoices));
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        return text.Split("\r\n")[..^1];
    }

    private static byte[] Bytes(DatevSettings settings, params Invoice[] invoices)
    {
        using var output = new MemoryStream();
        var debtors = new DatevDebtors(settings);
        foreach (var invoice in invoices) debtors.Note(invoice.Customer);
        var postings = new DatevPostings(new DatevAccounts(settings), debtors, new UnlimitedAccounts());
        using (var writer = new DatevWriter(output, settings, Period,
            new DateTime(2026, 12, 1, 8, 30, 5, 7, DateTimeKind.Utc)))
        {
            foreach (var row in invoices.SelectMany(postings.Of)) writer.Write(row);
        }
        return output.ToArray();
    }
}
