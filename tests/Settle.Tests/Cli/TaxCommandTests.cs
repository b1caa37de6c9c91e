using System.Text;
using System.Xml.Linq;
using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>What the law wants on invoices, asked for on the command line.</summary>
public sealed class TaxCommandTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_small_business_writes_a_lawful_invoice_in_every_form()
    {
        await DoneAsync("init", "--asset", "EUR");
        await DoneAsync("seller", "--name", "Ada Keller", "--street", "Ringstr. 1", "--postal-code", "12051",
            "--city", "Berlin", "--country", "DE", "--tax-rate", "19", "--default-tax", "19");
        var seller = (await DoneAsync("seller", "--tax-number", "30/123/45678", "--small-business", "--json")).Json;
        Assert.True(seller.GetProperty("party").GetProperty("small_business").GetBoolean());
        Assert.Equal(("exempt", 0),
            (seller.GetProperty("default_tax").GetString(), seller.GetProperty("tax_rates").GetArrayLength()));
        // What is left out stays as it is.
        Assert.True((await DoneAsync("seller", "--phone", "+49 30 1234567", "--json")).Json
            .GetProperty("party").GetProperty("small_business").GetBoolean());
        await DoneAsync("customer", "dave", "--name", "Dave Miller", "--city", "Berlin", "--country", "DE");
        await DoneAsync("charge", "dave", "100", "repair", "--date", "2026-10-12");
        var run = await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-10-31", "--json");
        Assert.Equal(0, run.Json.GetProperty("parked").GetArrayLength());
        foreach (var format in new[] { "ubl", "cii", "pdf" })
            await DoneAsync("paper", "--output", _folder.Path, "--format", format);
        var ubl = await File.ReadAllTextAsync(Directory.GetFiles(_folder.Path, "*ubl*.xml").Single(), Stop);
        Assert.Contains("30/123/45678", ubl, StringComparison.Ordinal);
        Assert.Contains("The VAT exemption for small businesses applies (§ 19 UStG)", ubl, StringComparison.Ordinal);
        await DoneAsync("export", "--format", "datev", "--from", "2026-10-01", "--to", "2026-10-31",
            "--output", _folder.File("a.csv"));
        Assert.Contains(";8195;", await File.ReadAllTextAsync(_folder.File("a.csv"), Stop), StringComparison.Ordinal);
        var ended = await DoneAsync("seller", "--small-business", "false", "--tax-rate", "19", "--default-tax", "19", "--json");
        Assert.False(ended.Json.GetProperty("party").TryGetProperty("small_business", out _));
    }

    [Fact]
    public async Task A_rate_states_the_tax_of_an_invoice_in_another_currency()
    {
        await SetUpAsync();
        await DoneAsync("customer", "ann", "--name", "Ann", "--country", "US", "--asset", "USD");
        await DoneAsync("charge", "ann", "100", "room", "--date", "2026-10-12");
        var parked = await CommandRun.OnAsync(Bank, "invoice", "--through", "2026-10", "--date", "2026-10-31");
        Assert.Equal(ExitStatus.Refused, parked.Status);
        Assert.Contains("EUR/USD", parked.Error, StringComparison.Ordinal);
        Assert.Contains("[exchange_rate_missing]", parked.Error, StringComparison.Ordinal);
        foreach (var wrong in new[] { "1.08", "EUR/USD", "EUR/USD=1.08", "EURUSD=1.08@2026-10-30", "EUR/USD=x@2026-10-30",
            "EUR/USD=1.08@30.10.2026", "EUR/USD=@2026-10-30" })
        {
            var refused = await CommandRun.OnAsync(Bank, "invoice", "--through", "2026-10", "--rate", wrong);
            Assert.Equal(ExitStatus.Usage, refused.Status);
            Assert.Contains("rate", refused.Error, StringComparison.Ordinal);
        }
        await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-10-31", "--rate", "EUR/USD=1.0863@2026-10-30");
        var shown = await DoneAsync("invoices", "2026-000001");
        Assert.Matches("tax in EUR at EUR/USD 1.0863 +17.49", shown.Output);
        await DoneAsync("paper", "--output", _folder.Path, "--format", "cii");
        var cii = XDocument.Load(Directory.GetFiles(_folder.Path, "*.xml").Single());
        Assert.Equal(["19.00", "17.49"], cii.Descendants().Where(e => e.Name.LocalName == "TaxTotalAmount").Select(e => e.Value));
    }

    [Fact]
    public async Task Service_periods_and_reasons_come_from_files_too()
    {
        await SetUpAsync();
        await DoneAsync("customer", "dave", "--name", "Dave Miller", "--city", "Berlin", "--country", "DE");
        var file = _folder.File("charges.csv");
        await File.WriteAllTextAsync(file, """
            id,customer,amount,description,start,date,tax,exemption,exemption_code
            c-1,dave,90,course,2026-10-01,2026-10-31,exempt,§ 4 Nr. 21 UStG,VATEX-EU-132-1I
            c-2,dave,5,lunch,,2026-10-14,19,,

            """, Stop);
        await DoneAsync("import", file);
        await File.WriteAllTextAsync(file, """
            subscription,customer,amount,description,start,tax,exemption
            s-1,dave,31,lessons,2026-10-16,exempt,§ 4 Nr. 21 UStG

            """, Stop);
        await DoneAsync("import", file);
        await DoneAsync("charge", "dave", "10", "pass", "--start", "2026-10-05", "--date", "2026-10-11", "--id", "c-3");
        await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-11-02");
        var invoice = (await DoneAsync("invoices", "2026-000001", "--json")).Json;
        Assert.Equal(["2026-10-05 c-3", "2026-10-01 c-1", "2026-10-16 s-1:2026-10"],
            invoice.GetProperty("lines").EnumerateArray().Where(line => line.TryGetProperty("start", out _))
                .Select(line => $"{line.GetProperty("start").GetString()} {line.GetProperty("charge").GetString()}"));
        var tax = invoice.GetProperty("taxes").EnumerateArray().Single(each => each.GetProperty("category").GetString() == "E");
        Assert.Equal("§ 4 Nr. 21 UStG", tax.GetProperty("reason").GetString());
        Assert.Contains("2026-10-16 to 2026-10-31 (16 of 31 days)", (await DoneAsync("invoices", "2026-000001")).Output,
            StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, """
            id,customer,amount,description,start,date
            c-4,dave,90,course,2026-11-01,2026-10-31

            """, Stop);
        var refused = await CommandRun.OnAsync(Bank, "import", file);
        Assert.Equal(ExitStatus.Usage, refused.Status);
        Assert.Contains("start", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_out_of_order_are_refused_or_warned_of()
    {
        await SetUpAsync();
        await DoneAsync("customer", "dave", "--name", "Dave Miller", "--city", "Berlin", "--country", "DE");
        await DoneAsync("charge", "dave", "10", "room", "--date", "2026-10-12");
        await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-10-31");
        await DoneAsync("charge", "dave", "10", "room", "--date", "2026-10-13");
        var warned = await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-10-20");
        Assert.Contains("warning: 2026-000002, dated 2026-10-20, follows 2026-000001, dated 2026-10-31",
            warned.Error, StringComparison.Ordinal);
        var refused = await CommandRun.OnAsync(Bank, "credit", "2026-000001", "--date", "2026-10-30");
        Assert.Equal(ExitStatus.Refused, refused.Status);
        Assert.Contains("credit_before_invoice", refused.Error, StringComparison.Ordinal);
        await DoneAsync("credit", "2026-000001", "--date", "2026-11-05");
        var credited = await DoneAsync("credit", "2026-000002", "--date", "2026-11-04");
        Assert.Contains("warning: C2026-000002, dated 2026-11-04, follows C2026-000001", credited.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_says_what_it_does_not_change()
    {
        await SetUpAsync();
        await DoneAsync("customer", "dave", "--name", "Dave Miller", "--city", "Berlin", "--country", "DE");
        await DoneAsync("subscribe", "dave", "310", "Desk", "--start", "2026-10-11", "--id", "desk");
        await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-10-31");
        var late = await DoneAsync("unsubscribe", "desk", "--end", "2026-10-20");
        Assert.StartsWith("unsubscribed: dave 310.00 EUR net a month for Desk, from 2026-10-11 to 2026-10-20",
            late.Output, StringComparison.Ordinal);
        Assert.Contains("warning: it is billed to 2026-10-31 already", late.Error, StringComparison.Ordinal);
        var early = await DoneAsync("unsubscribe", "desk", "--end", "2026-10-05");
        Assert.DoesNotContain("to 2026-10-05", early.Output, StringComparison.Ordinal);
        Assert.Contains("no day of it", early.Output, StringComparison.Ordinal);
        Assert.Contains("before its first day, 2026-10-11", early.Error, StringComparison.Ordinal);
        var whole = await DoneAsync("unsubscribe", "desk", "--end", "2026-12-31", "--json");
        Assert.Empty(whole.Error);
        Assert.False(whole.Json.TryGetProperty("warning", out _));
    }

    [Fact]
    public async Task A_charge_that_was_withdrawn_says_so_when_it_is_repeated()
    {
        await SetUpAsync();
        await DoneAsync("customer", "ann", "--name", "Ann", "--country", "DE");
        string[] charge = ["charge", "ann", "10", "room", "--date", "2026-10-01", "--id", "w1"];
        await DoneAsync(charge);
        Assert.StartsWith("charged (already known):", (await DoneAsync(charge)).Output, StringComparison.Ordinal);
        await DoneAsync("withdraw", "w1");
        Assert.StartsWith("charged (already known, withdrawn):", (await DoneAsync(charge)).Output, StringComparison.Ordinal);
        Assert.True((await DoneAsync([.. charge, "--json"])).Json.GetProperty("withdrawn").GetBoolean());
    }

    [Fact]
    public async Task Numbers_with_check_digits_are_checked_where_they_are_typed()
    {
        await SetUpAsync();
        foreach (var (option, value) in new[] { ("--iban", "DE89 3704 0044 0532 0130 01"), ("--bic", "COBA"),
            ("--leitweg-id", "04011000-12345-04") })
        {
            var refused = await CommandRun.OnAsync(Bank, "customer", "ann", "--name", "Ann", "--country", "DE", option, value);
            Assert.Equal(ExitStatus.Usage, refused.Status);
            Assert.Contains(option[2..].Replace('-', '_'), refused.Error, StringComparison.Ordinal);
            Assert.Contains(value.Replace(" ", "", StringComparison.Ordinal), refused.Error, StringComparison.Ordinal);
        }
        var file = _folder.File("customers.csv");
        await File.WriteAllTextAsync(file, "customer,name,country,iban\nann,Ann,DE,de89 3704 0044 0532 0130 00\n", Stop);
        await DoneAsync("import", file);
        Assert.Equal(1, (await DoneAsync("import", file, "--json")).Json.GetProperty("already_known").GetInt64());
        Assert.Equal("DE89370400440532013000", (await DoneAsync("customer", "ann", "--json")).Json
            .GetProperty("party").GetProperty("iban").GetString());
        await File.WriteAllTextAsync(file, "customer,name,country,iban\nbob,Bob,DE,DE89370400440532013001\n", Stop);
        var wrong = await CommandRun.OnAsync(Bank, "import", file);
        Assert.Equal(ExitStatus.Usage, wrong.Status);
        Assert.Contains("iban", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoice_in_hours_has_a_letter_only()
    {
        await SetUpAsync();
        await DoneAsync("asset", "HOURS", "--scale", "2");
        await DoneAsync("customer", "ann", "--name", "Ann", "--country", "DE", "--asset", "HOURS");
        await DoneAsync("charge", "ann", "3", "studio", "--date", "2026-10-12", "--tax", "out_of_scope");
        await DoneAsync("invoice", "--through", "2026-10", "--date", "2026-10-31");
        await DoneAsync("paper", "--output", _folder.File("letters"));
        var xml = await CommandRun.OnAsync(Bank, "paper", "--output", _folder.File("xml"), "--format", "ubl");
        Assert.Equal(ExitStatus.Refused, xml.Status);
        Assert.Contains("HOURS", xml.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.File("xml")));
        var letter = await File.ReadAllTextAsync(Directory.GetFiles(_folder.File("letters")).Single(), Encoding.Latin1, Stop);
        Assert.DoesNotContain("factur-x", letter, StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task SetUpAsync()
    {
        await DoneAsync("init", "--asset", "EUR");
        await DoneAsync("seller", "--name", "Werkbank GmbH", "--street", "Lindenstr. 5", "--postal-code", "10969",
            "--city", "Berlin", "--country", "DE", "--vat-id", "DE123456788", "--tax-rate", "19", "--default-tax", "19");
    }

    private Task<CommandRun> DoneAsync(params string[] words) => CommandRun.DoneAsync(Bank, words);
}
