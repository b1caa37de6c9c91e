using Settle.Bank;
using Xunit;

namespace Settle.Tests.Bank;

/// <summary>Which invoices a line of a bank statement pays.</summary>
public sealed class BankMatcherTests
{
    private static readonly OpenInvoice First = Open("2026-000001", "Ann Coffee Ltd", 10000);
    private static readonly OpenInvoice Second = Open("2026-000002", "Bob Bikes", 2500);
    private static readonly OpenInvoice Third = Open("2026-000003", "Ann Coffee Ltd", 2500);

    [Theory]
    [InlineData("2026-000001")]
    [InlineData("Invoice 2026-000001, thank you")]
    [InlineData("RE2026-000001")]
    [InlineData("2026 000001")]
    [InlineData("2026/000001 of 31.10.2026")]
    [InlineData("INV.NO.2026000001")]
    [InlineData("re 2026-00 0001")]
    public void A_number_and_its_amount_are_certain(string text)
    {
        var match = Match(Line(text, 10000));
        Assert.Equal(BankLineStatus.Certain, match.Certainty);
        var payment = Assert.Single(match.Payments);
        Assert.Equal(("2026-000001", 10000L, "EUR", "bank:1"),
            (payment.Invoice, (long)payment.Amount.Units, payment.Asset, payment.Id));
        Assert.Equal(new DateOnly(2026, 11, 12), payment.Date);
    }

    // As the letter of a reminder wants it: its number, and all that it lists.
    [Theory]
    [InlineData("2026-000002-R2", 2750, BankLineStatus.Certain, "2026-000002-R2 2026-000002 2026-000003")]
    [InlineData("Mahnung 2026 000002 R2", 2750, BankLineStatus.Certain, "2026-000002-R2 2026-000002 2026-000003")]
    [InlineData("2026-000002-R2", 250, BankLineStatus.Certain, "2026-000002-R2")]
    [InlineData("2026-000002-R2 2026-000001", 12750, BankLineStatus.Certain, "2026-000002-R2 2026-000001 2026-000002 2026-000003")]
    [InlineData("2026-000002-R1", 2500, BankLineStatus.Certain, "2026-000002 2026-000003")]
    [InlineData("2026-000002-R1", 1500, BankLineStatus.Certain, "2026-000002")]
    [InlineData("2026-000002-R2", 2500, BankLineStatus.Doubtful, "")]
    [InlineData("2026-000002-R2 2026-000009", 2750, BankLineStatus.Doubtful, "2026-000002-R2 2026-000002 2026-000003")]
    public void The_number_of_a_reminder_stands_for_all_that_it_lists(
        string text, long amount, BankLineStatus expected, string numbers)
    {
        string[] some = ["2026-000002", "2026-000003"];
        var books = new BankBooks([First, Open("2026-000002", "Bob Bikes", 1500),
            Open("2026-000003", "Bob Bikes", 1000), Open("2026-000002-R2", "Bob Bikes", 250)])
        {
            Others = [new KnownNumber("2026-000009", null, false)],
            Reminders = [new("2026-000002-R1", [.. some, "2026-000002-R1"]),
                new("2026-000002-R2", [.. some, "2026-000002-R2"])],
        };
        var match = BankMatcher.Match([Line(text, amount)], books)[0];
        Assert.Equal((expected, numbers), (match.Certainty,
            string.Join(' ', match.Payments.Select(payment => payment.Invoice))));
        Assert.True(match.Payments.Count == 0 || match.Payments.Sum(payment => (long)payment.Amount.Units) == amount);
    }

    // The fee was waived meanwhile, or an invoice paid.
    [Fact]
    public void What_is_left_of_a_reminder_is_paid_by_its_number()
    {
        var books = new BankBooks([Open("2026-000003", "Bob Bikes", 1000)])
        {
            Others = [new KnownNumber("2026-000002", null, false), new KnownNumber("2026-000002-R2", null, false)],
            Reminders = [new("2026-000002-R2", ["2026-000002", "2026-000003", "2026-000002-R2"])],
        };
        var match = BankMatcher.Match([Line("2026-000002-R2", 1000)], books)[0];
        Assert.Equal((BankLineStatus.Certain, "2026-000003"),
            (match.Certainty, Assert.Single(match.Payments).Invoice));
    }

    [Theory]
    [InlineData("12026-000001")]
    [InlineData("2026-0000012")]
    [InlineData("000001")]
    public void A_part_of_a_number_is_none(string text) =>
        Assert.NotEqual(BankLineStatus.Certain, Match(Line(text, 10000)).Certainty);

    [Fact]
    public void Several_numbers_and_their_sum_are_certain()
    {
        var match = Match(Line("2026-000001 + 2026-000003", 12500));
        Assert.Equal(BankLineStatus.Certain, match.Certainty);
        Assert.Equal([("bank:1", "2026-000001", 10000L), ("bank:1/2", "2026-000003", 2500L)],
            match.Payments.Select(payment => (payment.Id!, payment.Invoice!, (long)payment.Amount.Units)));
    }

    [Theory]
    [InlineData("2026-000001", 9999, "part of it")]
    [InlineData("2026-000001", 10001, "more than")]
    public void Another_amount_is_doubtful(string text, long amount, string reason)
    {
        var match = Match(Line(text, amount));
        Assert.Equal(BankLineStatus.Doubtful, match.Certainty);
        Assert.Contains(reason, match.Reason, StringComparison.Ordinal);
        Assert.Equal(amount, Assert.Single(match.Payments).Amount.Units);
    }

    [Fact]
    public void Several_numbers_with_another_sum_propose_nothing()
    {
        var match = Match(Line("2026-000001 2026-000003", 12000));
        Assert.Equal(BankLineStatus.Doubtful, match.Certainty);
        Assert.Empty(match.Payments);
    }

    [Fact]
    public void An_amount_alone_is_doubtful_and_the_payer_decides_between_two()
    {
        var only = Match(Line("thanks", 10000));
        Assert.Equal((BankLineStatus.Doubtful, "2026-000001"),
            (only.Certainty, Assert.Single(only.Payments).Invoice));
        var two = Match(Line("thanks", 2500));
        Assert.Equal(BankLineStatus.None, two.Certainty);
        var named = Match(Line("thanks", 2500) with { Name = "BOB BIKES" });
        Assert.Equal((BankLineStatus.Doubtful, "2026-000002"),
            (named.Certainty, Assert.Single(named.Payments).Invoice));
    }

    [Fact]
    public void What_one_line_pays_is_not_open_for_the_next()
    {
        var matches = BankMatcher.Match(
            [Line("2026-000001", 10000), Line("2026-000001", 10000) with { Id = "bank:2" }],
            new BankBooks([First, Second, Third]));
        Assert.Equal([BankLineStatus.Certain, BankLineStatus.None],
            matches.Select(match => match.Certainty));
    }

    [Fact]
    public void Money_that_went_out_or_in_another_currency_pays_nothing()
    {
        var line = Line("2026-000001", 10000);
        Assert.Equal(BankLineStatus.None, Match(line with { IsCredit = false }).Certainty);
        Assert.Equal(BankLineStatus.None, Match(line with { IsReversal = true }).Certainty);
        Assert.Equal(BankLineStatus.None, Match(line with { Asset = "USD" }).Certainty);
    }

    [Fact]
    public void The_number_of_another_document_is_not_that_of_an_invoice_within_it()
    {
        var books = new BankBooks([First])
        {
            Others = [new KnownNumber("GS-2026-000001", null, true), new KnownNumber("B-2026-000001", null, false)],
        };
        foreach (var text in new[] { "Gutschrift GS-2026-000001", "GS2026000001", "b 2026/000001" })
            Assert.NotEqual(BankLineStatus.Certain, BankMatcher.Match([Line(text, 10000)], books)[0].Certainty);
        foreach (var text in new[] { "2026-000001 less GS-2026-000001", "RE-2026-000001" })
            Assert.Equal(BankLineStatus.Certain, BankMatcher.Match([Line(text, 10000)], books)[0].Certainty);
    }

    [Theory]
    [InlineData("C2026-000001")]
    [InlineData("credit note c 2026 000001")]
    [InlineData("C2026000001")]
    [InlineData("C2026-000009")]
    public void The_number_of_a_credit_note_that_there_is_not_is_no_invoices(string text)
    {
        var match = Match(Line(text, 10000));
        Assert.Equal(BankLineStatus.Doubtful, match.Certainty);
        Assert.DoesNotContain("names 2026-000001", match.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Angebot Q2026-000001")]
    [InlineData("quote q 2026 000001")]
    [InlineData("Q2026000001")]
    public void The_number_of_a_quote_is_no_invoices(string text)
    {
        var match = Match(Line(text, 10000));
        Assert.Equal(BankLineStatus.Doubtful, match.Certainty);
        Assert.StartsWith("names no open invoice but the quote Q2026-000001; ", match.Reason, StringComparison.Ordinal);
        var closed = new BankBooks([Second]) { Others = [new KnownNumber("2026-000001", null, false)] };
        Assert.Empty(BankMatcher.Match([Line(text, 10000)], closed)[0].Payments);
    }

    [Theory]
    [InlineData("Invoice 2026-000001 for quote Q2026-000002")]
    [InlineData("Q2026-000001, 2026-000001")]
    public void An_invoice_that_is_named_beside_a_quote_is_paid(string text)
    {
        var match = Match(Line(text, 10000));
        Assert.Equal((BankLineStatus.Certain, First.Number), (match.Certainty, Assert.Single(match.Payments).Invoice));
    }

    [Fact]
    public void A_text_that_names_a_closed_invoice_besides_is_doubtful()
    {
        var books = new BankBooks([First]) { Others = [new KnownNumber("2026-000007", null, false)] };
        var match = BankMatcher.Match([Line("nicht 2026-000001 sondern 2026-000007", 10000)], books)[0];
        Assert.Equal(BankLineStatus.Doubtful, match.Certainty);
        Assert.Contains("2026-000007", match.Reason, StringComparison.Ordinal);
        Assert.Equal(First.Number, Assert.Single(match.Payments).Invoice);
    }

    [Theory]
    [InlineData("RE 2026-1-11", true)]
    [InlineData("RE 2026-11-1", true)]
    [InlineData("2026-1-11", false)]
    public void A_number_that_reads_like_another_is_doubtful(string text, bool isOpen)
    {
        var (first, second) = (Open("2026-1-11", "Ann", 10000), Open("2026-11-1", "Bob", 10000));
        var books = isOpen ? new BankBooks([first, second])
            : new BankBooks([second]) { Others = [new KnownNumber(first.Number, null, false)] };
        var match = BankMatcher.Match([Line(text, 10000)], books)[0];
        Assert.Equal(BankLineStatus.Doubtful, match.Certainty);
        Assert.Contains("2026-1-11", match.Reason, StringComparison.Ordinal);
        Assert.Contains("2026-11-1", match.Reason, StringComparison.Ordinal);
    }

    // 2 % of 100.00 until 10 November, and the line is of 12 November.
    [Theory]
    [InlineData(9800, 12, BankLineStatus.Certain)]
    [InlineData(9850, 12, BankLineStatus.Certain)]
    [InlineData(10000, 12, BankLineStatus.Certain)]
    [InlineData(9799, 12, BankLineStatus.Doubtful)]
    [InlineData(9800, 11, BankLineStatus.Doubtful)]
    public void What_is_short_by_a_cash_discount_in_time_is_certain(
        long amount, int until, BankLineStatus expected)
    {
        var invoice = First with { CashDiscounts = [Offer(until)] };
        var match = BankMatcher.Match([Line("2026-000001", amount)], new BankBooks([invoice]))[0];
        Assert.Equal(expected, match.Certainty);
        Assert.Equal(amount, (long)Assert.Single(match.Payments).Amount.Units);
    }

    [Fact]
    public void A_payer_without_a_number_is_known_by_the_discounted_amount_while_it_counts()
    {
        var lines = new[] { Line("coffee", 9800) with { Name = "Ann Coffee" } };
        var match = BankMatcher.Match(lines, new BankBooks([First with { CashDiscounts = [Offer(12)] }]))[0];
        Assert.Equal(BankLineStatus.Doubtful, match.Certainty);
        Assert.Equal(("2026-000001", 9800), (match.Payments[0].Invoice, (long)match.Payments[0].Amount.Units));
        Assert.Empty(BankMatcher.Match(lines, new BankBooks([First with { CashDiscounts = [Offer(11)] }]))[0].Payments);
    }

    [Fact]
    public void Several_invoices_may_each_be_less_by_their_discount()
    {
        var match = BankMatcher.Match([Line("2026-000001 and 2026-000002", 12300)],
            new BankBooks([First with { CashDiscounts = [Offer(12)] }, Second]))[0];
        Assert.Equal(BankLineStatus.Certain, match.Certainty);
        Assert.Equal([9800L, 2500L], match.Payments.Select(payment => (long)payment.Amount.Units));
    }

    private static CashDiscountOffer Offer(int until) => new(2, 12, new DateOnly(2026, 11, until),
        Money.OfMinor(200, "EUR", 2), Money.OfMinor(9800, "EUR", 2));

    [Fact]
    public void A_hundred_thousand_invoices_are_matched_one_by_one()
    {
        var open = Enumerable.Range(1, 100_000)
            .Select(i => Open($"2026-{i:D6}", $"Customer {i}", 1000 + i)).ToList();
        var lines = open.Select(invoice => Line($"RG {invoice.Number} dankend", invoice.Open) with
        {
            Id = $"bank:{invoice.Number}",
        }).ToList();
        var matches = BankMatcher.Match(lines, new BankBooks(open));
        Assert.All(matches.Zip(open), pair => Assert.Equal((BankLineStatus.Certain, pair.Second.Number),
            (pair.First.Certainty, pair.First.Payments[0].Invoice)));
    }

    private static BankMatch Match(BankLine line) =>
        BankMatcher.Match([line], new BankBooks([First, Second, Third]))[0];

    private static OpenInvoice Open(string number, string name, long open) =>
        new(number, $"c-{name}", name, "EUR", new DateOnly(2026, 10, 31), open, open);

    private static BankLine Line(string text, long amount) => new()
    {
        Id = "bank:1",
        Account = "DE89370400440532013000",
        Date = new DateOnly(2026, 11, 12),
        Asset = "EUR",
        Amount = (long)Minor(amount).Units,
        IsCredit = true,
        Name = "Somebody",
        Text = text,
    };
}
