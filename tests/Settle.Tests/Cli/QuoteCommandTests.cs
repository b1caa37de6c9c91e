using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Quotes on the command line.</summary>
public sealed class QuoteCommandTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Bank => _folder.File("bank.db");

    public async ValueTask InitializeAsync()
    {
        await using var ledger = await Settle.Ledger.OpenAsync(Bank, cancellationToken: Stop);
        await Server.BillingServerFixture.InvoiceAsync(ledger, ("dave", 1000));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_offer_is_written_listed_printed_accepted_and_billed()
    {
        var made = await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", "950 Web site",
            "--line", "8x95.5 unit=HUR discount=4 Consulting = talking", "--date", "2026-11-02",
            "--valid-until", "2036-12-31", "--note", "Thank you.", "--id", "q-1");
        Assert.StartsWith("quoted: Q2026-000001 to dave, 2034.90 EUR, valid until 2036-12-31, id q-1\n",
            made.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("open", (await CommandRun.DoneAsync(Bank, "quotes", "--status", "open")).Output, StringComparison.Ordinal);
        var shown = (await CommandRun.DoneAsync(Bank, "quotes", "Q2026-000001")).Output;
        foreach (var part in new[] { "Web site", "Consulting = talking", "95.5", "Thank you.", "2034.90 EUR" })
            Assert.Contains(part, shown, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "paper", "Q2026-000001", "--output", _folder.File("out"));
        Assert.True(File.Exists(Path.Combine(_folder.File("out"), "Q2026-000001.pdf")));
        Assert.Equal(1, (await CommandRun.OnAsync(
            Bank, "paper", "Q2026-000001", "--output", _folder.File("out"), "--format", "ubl")).Status);

        Assert.DoesNotContain("Consulting", (await CommandRun.DoneAsync(Bank, "charges")).Output, StringComparison.Ordinal);
        Assert.Contains("offered", (await CommandRun.DoneAsync(Bank, "charges", "--all")).Output, StringComparison.Ordinal);
        var accepted = await CommandRun.DoneAsync(Bank, "quote", "accept", "Q2026-000001", "--date", "2026-11-20");
        Assert.Equal("accepted: Q2026-000001 of dave, 2034.90 EUR, 2 charges for 2026-11-20", accepted.Output.Trim());
        Assert.Contains("[quote_accepted]", (await CommandRun.OnAsync(Bank, "quote", "accept", "Q2026-000001")).Error, StringComparison.Ordinal);
        var run = await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-11", "--json");
        var number = run.Json.GetProperty("invoices")[0].GetProperty("number").GetString()!;
        Assert.Contains("quote Q2026-000001", (await CommandRun.DoneAsync(Bank, "invoices", number)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_quote_is_mailed_once_with_its_letter_and_one_that_was_answered_is_not()
    {
        await using var server = await MailServer.StartAsync();
        string[] send = ["outbox", "send", "--smtp", MailRun.Plain(server), "--no-tls"];
        await CommandRun.DoneAsync(Bank, "outbox", "done", "2026-000001");
        await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", "100 first", "--date", "2026-11-02",
            "--valid-until", "2046-12-31");
        foreach (var text in (string[])["100 second", "100 third"])
            await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", text, "--date", "2026-11-02");
        await CommandRun.DoneAsync(Bank, "quote", "decline", "Q2026-000002");
        Assert.Contains("Q2026-000003", (await CommandRun.DoneAsync(Bank, "outbox", "list")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Q2026-000002", (await CommandRun.DoneAsync(Bank, "outbox", "list", "--all")).Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "outbox", "done", "Q2026-000003", "--note", "handed over");
        Assert.Contains("1 sent, 0 failed", (await CommandRun.DoneAsync(Bank, send)).Output, StringComparison.Ordinal);
        Assert.Contains("0 sent, 0 failed", (await CommandRun.DoneAsync(Bank, send)).Output, StringComparison.Ordinal);
        var mail = Assert.Single(server.Mails);
        Assert.StartsWith("Quote Q2026-000001 from ", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("our quote Q2026-000001 of 2 Nov 2026 for 119.00 EUR.\nThis quote is valid until 31 Dec 2046.\n\nKind",
            mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("Q2026-000001.pdf", Assert.Single(mail.Attachments).ContentDisposition!.FileName);
        // What was mailed and then accepted is done all the same.
        await CommandRun.DoneAsync(Bank, "quote", "accept", "Q2026-000001");
        Assert.Contains("done", (await CommandRun.DoneAsync(Bank, "outbox", "list", "--all")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotes_come_from_csv_each_of_its_rows_and_once()
    {
        const string Csv = """
            quote,customer,description,quantity,unit_price,amount,unit,tax,discount,date,valid_until,note
            o-1,dave,Web site,,,950,,,,2026-11-02,2046-12-31,Thank you.
            o-1,,Consulting,8,95.5,,HUR,,4,,,
            o-1,dave,Handbook,,,40,,7,,2026-11-02,,
            o-2,dave,Lamp,,,10,,,,2026-11-03,,

            """;
        var file = _folder.File("quotes.csv");
        await File.WriteAllTextAsync(file, Csv, Stop);
        Assert.Equal(2, (await CommandRun.DoneAsync(Bank, "import", file, "--json")).Json.GetProperty("successful").GetInt64());
        Assert.Equal(2, (await CommandRun.DoneAsync(Bank, "import", file, "--json")).Json.GetProperty("already_known").GetInt64());
        // 950 and 8 x 95.50 - 4 at 19 percent, 40 at 7 percent.
        var first = (await CommandRun.DoneAsync(Bank, "quotes", "Q2026-000001", "--json")).Json;
        Assert.Equal((175000, 32770, 207770), (first.GetProperty("net").GetInt64(),
            first.GetProperty("tax").GetInt64(), first.GetProperty("amount").GetInt64()));
        Assert.Equal("Thank you.", first.GetProperty("note").GetString());
        Assert.Equal("2046-12-31", first.GetProperty("valid_until").GetString());
        Assert.Equal(1190, (await CommandRun.DoneAsync(Bank, "quotes", "Q2026-000002", "--json")).Json.GetProperty("amount").GetInt64());
        await File.WriteAllTextAsync(file, Csv.Replace("950", "951"), Stop);
        var other = await CommandRun.OnAsync(Bank, "import", file);
        Assert.Contains("id_reused", other.Output + other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("o,dave,x,10,,,\no,alex,y,5,,,\n", "line 3, column 'customer': 'alex' is not what the first row of quote 'o' says")]
    [InlineData("o,dave,x,10,,,\np,dave,y,5,,,\no,dave,z,5,,,\n", "line 4, column 'quote': 'o' has rows further above")]
    [InlineData("o,dave,x,,,,\no,dave,y,5,,,\n", "line 2, column 'amount': must not be empty")]
    [InlineData("o,nobody,x,10,,,\n", "line 2, column 'customer': there is no customer 'nobody'")]
    [InlineData("o,dave,x,10,2026-11-02,2026-11-01,\n", "line 2, column 'valid_until': '2026-11-01' is before 2026-11-02")]
    [InlineData("o,dave,x,10,,2026-11-01,\n", "line 2, column 'date': is missing; valid_until needs it")]
    [InlineData("o,dave,x,10,,,5\n", "line 2, column 'tax': '5' is neither")]
    public async Task A_file_of_quotes_with_a_fault_is_refused_as_a_whole(string rows, string message)
    {
        var file = _folder.File("quotes.csv");
        await File.WriteAllTextAsync(file, "quote,customer,description,amount,date,valid_until,tax\n" + rows, Stop);
        var run = await CommandRun.OnAsync(Bank, "import", file);
        Assert.Equal(2, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n'), line => line.Contains("line ", StringComparison.Ordinal));
        Assert.Equal("[]", (await CommandRun.DoneAsync(Bank, "quotes", "--json")).Output.Trim());
    }

    [Fact]
    public async Task One_that_has_expired_needs_a_persons_word_and_one_that_was_declined_is_over()
    {
        await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", "10 y", "--date", "2026-11-02", "--valid-until", "2026-11-03");
        await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", "10 y", "--date", "2026-11-02", "--gross");
        var late = await CommandRun.OnAsync(Bank, "quote", "accept", "Q2026-000001", "--date", "2026-11-04");
        Assert.Equal(1, late.Status);
        Assert.Contains("accept it late", late.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "quote", "accept", "Q2026-000001", "--date", "2026-11-04", "--late");
        var declined = await CommandRun.DoneAsync(Bank, "quote", "decline", "Q2026-000002", "--reason", "too much");
        Assert.Equal("declined: Q2026-000002 of dave, 10.00 EUR", declined.Output.Trim());
        Assert.Contains("[quote_declined]", (await CommandRun.OnAsync(Bank, "quote", "accept", "Q2026-000002", "--late")).Error, StringComparison.Ordinal);
        Assert.Contains("no quote has the number 'Q7'", (await CommandRun.OnAsync(Bank, "quote", "decline", "Q7")).Error, StringComparison.Ordinal);
        Assert.Contains("there is no quote 'Q7'", (await CommandRun.OnAsync(Bank, "quotes", "Q7")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Web site", "write a price and a text")]
    [InlineData("950", "write a price and a text")]
    [InlineData("950 tax=19", "write a price and a text")]
    [InlineData("x95 Consulting", "write a price and a text")]
    [InlineData("950 unit=HUR Consulting", "needs a quantity")]
    [InlineData("8x Consulting", "line.price")]
    [InlineData("9,5,0 Consulting", "line.amount")]
    [InlineData("950 discount=x Consulting", "line.discount")]
    [InlineData("8 x 95 Consulting", "line: '8 x 95 Consulting' has 'x' before its text; write a quantity and its price without spaces")]
    [InlineData("8 X 95 Consulting", "has 'X' before its text")]
    [InlineData("8 * 95 Consulting", "has '*' before its text")]
    [InlineData("8 × 95 Consulting", "has '×' before its text")]
    [InlineData("8 x95 Consulting", "has 'x95' before its text")]
    [InlineData("1 000 Website", "line: '1 000 Website' has the number '000' before its text; write a price without spaces")]
    [InlineData("1 000.00 Website", "has the number '000.00' before its text")]
    [InlineData("1 tax=7 000 Website", "has the number '000' before its text")]
    [InlineData("8x1 000,50 Website", "has the number '000,50' before its text")]
    [InlineData("950 Discount=50 Web site", "has 'Discount=50' in its text; write discount= in small letters between the price and the text")]
    [InlineData("10 Tax=7 Cap", "has 'Tax=7' in its text")]
    [InlineData("10 rabatt discount=5 mid", "line: '10 rabatt discount=5 mid' has 'discount=5' in its text")]
    [InlineData("10 cap UNIT =HUR", "has 'UNIT =HUR' in its text; write unit=")]
    [InlineData("10 tax=19 tax=7 two", "has tax= twice; write it once")]
    [InlineData("10 tax= leer", "line: '10 tax= leer' has nothing behind tax=; write its value there")]
    public async Task A_line_that_is_none_is_refused_with_what_was_typed(string line, string words)
    {
        var refused = await CommandRun.OnAsync(Bank, "quote", "add", "dave", "--line", line);
        Assert.Equal(2, refused.Status);
        Assert.Contains(words, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_shows_what_was_read_of_each_line()
    {
        var made = (await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", "8x95.5 unit=HUR discount=4 Consulting",
            "--line", "40 tax=7 Handbook", "--date", "2026-11-02")).Output.ReplaceLineEndings("\n");
        var shown = (await CommandRun.DoneAsync(Bank, "quotes", "Q2026-000001")).Output.ReplaceLineEndings("\n");
        var lines = made[(made.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        foreach (var part in new[] { "Consulting", "95.5", "HUR", "4.00", "760.00", "S 19", "Handbook", "S 7" })
            Assert.Contains(part, lines, StringComparison.Ordinal);
        Assert.Contains(lines, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_is_not_used_for_other_lines()
    {
        string[] words = ["quote", "add", "dave", "--date", "2026-11-02", "--id", "q-1", "--line", "950 Web site"];
        await CommandRun.DoneAsync(Bank, words);
        var refused = await CommandRun.OnAsync(Bank, [.. words, "--line", "40 Handbook"]);
        Assert.Contains("id 'q-1' was decided before with other lines; use a new id", refused.Error, StringComparison.Ordinal);
        Assert.Contains("with another amount;", new IdReusedException("t", "amount", 1).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("950 3D model", "3D model")]
    [InlineData("950 24/7 support", "24/7 support")]
    [InlineData("950 1. Rate", "1. Rate")]
    [InlineData("950 X1 laptop", "X1 laptop")]
    [InlineData("950 Work in 2026 x 4", "Work in 2026 x 4")]
    [InlineData("950 xylophone, pretax=no", "xylophone, pretax=no")]
    public async Task A_text_that_only_looks_like_a_price_is_a_text(string line, string text)
    {
        await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", line, "--date", "2026-11-02");
        var quote = (await CommandRun.DoneAsync(Bank, "quotes", "Q2026-000001", "--json")).Json;
        Assert.Equal((text, 95000), (quote.GetProperty("lines")[0].GetProperty("description").GetString(),
            quote.GetProperty("net").GetInt64()));
    }

    [Fact]
    public async Task A_text_may_have_an_equals_sign_and_names_of_its_own()
    {
        await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", "1 tax=7 size=2 of three", "--date", "2026-11-02", "--tax", "19");
        var quote = (await CommandRun.DoneAsync(Bank, "quotes", "Q2026-000001", "--json")).Json;
        Assert.Equal("size=2 of three", quote.GetProperty("lines")[0].GetProperty("description").GetString());
        Assert.Equal("7", quote.GetProperty("lines")[0].GetProperty("rate").GetString());
    }
}
