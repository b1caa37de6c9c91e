using Settle.Paper.Letters;
using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Paper;

/// <summary>A customer's statement as a letter.</summary>
public sealed class StatementLetterTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("de", "Kontoauszug", "Rechnung 2026-000001", "Rückgabe der Zahlung b-1", "über 90 Tage", "1.234,56")]
    [InlineData("en", "Statement of account", "Invoice 2026-000001", "Returned payment b-1", "Over 90 days", "1,234.56")]
    [InlineData("fr", "Relevé de compte", "Facture 2026-000001", "Paiement rejeté b-1", "plus de 90 jours", "1\u00A0234,56")]
    public void It_is_in_the_customers_language(
        string language, string title, string invoice, string returned, string older, string amount)
    {
        var statement = Statement(Line(1, StatementLineKind.Invoice, "2026-000001", 1234.56m, 1234.56m),
            Line(2, StatementLineKind.Chargeback, "b-1", 10, 1244.56m));
        var text = string.Join('\n', LetterText.PagesOf(StatementLetter.Write(
            statement, Bill.Seller, Bill.Buyer with { Language = language })));
        foreach (var part in new[] { title, invoice, returned, older, amount, "Müller & Söhne KG", "Hafenstraße 3", "Bankhaus Sitzfleisch GmbH" })
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_page_begins_with_the_balance_that_the_one_before_ends_with()
    {
        var lines = Enumerable.Range(1, 120).Select(i => Line(i, StatementLineKind.Payment, $"p-{i}", -1, 1000 - i)).ToArray();
        var pages = LetterText.PagesOf(StatementLetter.Write(Statement(lines) with { Opening = Eur(1000) }, Bill.Seller, Bill.Buyer));
        Assert.True(pages.Count > 2, $"{pages.Count} pages");
        for (var i = 0; i < pages.Count; i++)
        {
            var carried = Carried(pages[i]);
            // What is carried is the balance after the last line of the page.
            var last = lines.Last(line => pages.Take(i + 1).Any(
                page => page.Split('\n').Any(text => text == $"Zahlung {line.Number}"))).Balance;
            if (i < pages.Count - 1) Assert.Equal(Written(last), carried[^1]);
            if (i > 0) Assert.Equal(Carried(pages[i - 1])[^1], carried[0]);
            Assert.Contains($"Seite {i + 1} von {pages.Count}", pages[i], StringComparison.Ordinal);
        }
        Assert.Contains("880,00 EUR", pages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_credit_at_the_end_is_called_so()
    {
        var text = string.Join('\n', LetterText.PagesOf(StatementLetter.Write(
            Statement(Line(1, StatementLineKind.Payment, "p-1", -20, -20)), Bill.Seller, Bill.Buyer)));
        Assert.Contains("Endsaldo zu Ihren Gunsten", text, StringComparison.Ordinal);
        Assert.Contains("−20,00 EUR", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_character_without_a_font_is_refused_with_its_field()
    {
        var statement = Statement(Line(1, StatementLineKind.Payment, "p-\u0F40", -20, -20));
        var error = Assert.Throws<UnprintableException>(
            () => StatementLetter.Write(statement, Bill.Seller, Bill.Buyer));
        Assert.Equal("lines[0].number", error.Field);
    }

    [Fact]
    public async Task Its_figures_are_those_of_the_statement()
    {
        await CommandRun.DoneAsync(Bank, "seller", "--name", "Werkbank GmbH", "--country", "DE", "--vat-id", "DE123456788",
            "--tax-rate", "19", "--default-tax", "19", "--city", "Berlin");
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--name", "Dave", "--country", "DE", "--language", "en", "--asset", "USD");
        await CommandRun.DoneAsync(Bank, "charge", "dave", "1000", "work", "--date", "2026-10-01");
        await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-10-31", "--date", "2026-10-31");
        await CommandRun.DoneAsync(Bank, "pay", "2026-000001", "700.01", "--date", "2026-11-02", "--id", "p-1");
        await CommandRun.DoneAsync(Bank, "chargeback", "p-1", "0.02", "--date", "2026-11-03", "--id", "b-1");
        await CommandRun.DoneAsync(Bank, "credit", "2026-000001", "119", "--date", "2026-11-04");
        await CommandRun.DoneAsync(Bank, "pay", "2026-000001", "71.01", "--write-off", "--date", "2026-11-05");
        await CommandRun.DoneAsync(Bank, "pay", "dave", "400", "--date", "2026-11-06", "--id", "p-2");
        await CommandRun.DoneAsync(Bank, "refund", "dave", "50", "--date", "2026-11-07");
        var file = _folder.File("dave.pdf");
        string[] asked = ["statement", "dave", "--from", "2026-11-01", "--to", "2026-11-30"];
        var statement = (await CommandRun.DoneAsync(Bank, [.. asked, "--json"])).Json;
        var said = await CommandRun.DoneAsync(Bank, [.. asked, "--output", file]);
        Assert.Contains("statement of dave to", said.Output, StringComparison.Ordinal);
        var text = string.Join('\n', LetterText.PagesOf(
            await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))).Split('\n');
        Assert.Contains("1,190.00", text);
        var lines = statement.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(6, lines.Count);
        foreach (var line in lines)
        {
            foreach (var field in new[] { "amount", "balance" })
                Assert.Contains(Written(Settle.Money.OfMinor(line.GetProperty(field).GetInt64(), "USD"), "en"), text);
        }
        Assert.Contains("−50.00 USD", text);
        Assert.Equal(-5000, statement.GetProperty("closing").GetInt64());
    }

    [Fact]
    public async Task Whoever_was_erased_gets_no_letter()
    {
        await CommandRun.DoneAsync(Bank, "seller", "--name", "Werkbank GmbH", "--country", "DE", "--vat-id", "DE123456788");
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--name", "Dave", "--country", "DE");
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--erase");
        var file = _folder.File("dave.pdf");
        var refused = await CommandRun.OnAsync(Bank, "statement", "dave", "--output", file);
        Assert.Equal(2, refused.Status);
        Assert.Contains("'dave' has no name and address any more", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Equal(1, (await CommandRun.OnAsync(Bank, "statement", "eve", "--output", file)).Status);
    }

    private static List<string> Carried(string page)
    {
        var lines = page.Split('\n');
        return [.. Enumerable.Range(0, lines.Length - 1).Where(i => lines[i] == "Übertrag").Select(i => lines[i + 1])];
    }

    private static string Written(Money amount, string language = "de") =>
        new LetterNumbers(Settle.Views.InvoiceWords.Of(language), amount.Scale).Amount(amount);

    private static Statement Statement(params StatementLine[] lines) => new()
    {
        Customer = "dave", From = null, To = new DateOnly(2026, 12, 31), Opening = Eur(0),
        Lines = lines, Closing = lines[^1].Balance,
        Ageing = new Ageing { Current = Eur(0), Days30 = Eur(0), Days60 = Eur(0), Days90 = Eur(0), Older = lines[^1].Balance },
    };

    private static StatementLine Line(int day, StatementLineKind kind, string number, decimal amount, decimal balance) => new()
    {
        Date = new DateOnly(2026, 1, 1).AddDays(day), Kind = kind, Number = number,
        Due = kind == StatementLineKind.Invoice ? new DateOnly(2026, 2, 1) : null,
        Amount = Eur(amount), Balance = Eur(balance),
    };

    private static Money Eur(decimal amount) => Settle.Money.OfMinor((long)(amount * 100), "EUR");
}
