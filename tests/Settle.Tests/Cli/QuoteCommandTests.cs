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
        Assert.Equal("quoted: Q2026-000001 to dave, 2034.90 EUR, valid until 2036-12-31, id q-1", made.Output.Trim());
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
    public async Task One_that_has_expired_needs_a_persons_word_and_one_that_was_declined_is_over()
    {
        await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", "10 x", "--date", "2026-11-02", "--valid-until", "2026-11-03");
        await CommandRun.DoneAsync(Bank, "quote", "add", "dave", "--line", "10 x", "--date", "2026-11-02", "--gross");
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
    public async Task A_line_that_is_none_is_refused_with_what_was_typed(string line, string words)
    {
        var refused = await CommandRun.OnAsync(Bank, "quote", "add", "dave", "--line", line);
        Assert.Equal(2, refused.Status);
        Assert.Contains(words, refused.Error, StringComparison.Ordinal);
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
