using Settle.Bank;
using Xunit;
using static Settle.Tests.Bank.BankSamples;

namespace Settle.Tests.Bank;

/// <summary>A line is one in whatever files it comes, and two lines are never one.</summary>
public sealed class BankLineIdsTests
{
    private static readonly string Rent = Line("11.90", "rent");
    private static readonly string Other = Line("5.00", "other");

    [Fact]
    public void Equal_payments_without_reference_in_two_statements_are_two()
    {
        Assert.NotEqual(Id(Camt053(Rent, "S1")), Id(Camt053(Rent, "S2")));
        // By their balances, too, whatever the statements are called.
        Assert.NotEqual(Id(Camt053(Rent, "S", 0, 11.90m)), Id(Camt053(Rent, "S", 11.90m, 23.80m)));
        var both = $"{Camt053(Rent, "S1")[..^"</BkToCstmrStmt></Document>".Length]}"
            + Camt053(Rent, "S2")[Camt053(Rent, "S2").IndexOf("<Stmt>", StringComparison.Ordinal)..];
        Assert.Equal(2, Read(both).Select(line => line.Id).Distinct().Count());
    }

    [Fact]
    public void A_line_without_reference_is_one_in_statements_that_overlap()
    {
        // The day alone, and the month it is in.
        var day = Read(Camt053(Rent + Rent, "D12", 5, 28.80m));
        var month = Read(Camt053(Line("5.00", "first", "2026-11-02") + Rent + Rent + Line("7.00", "last", "2026-11-20"),
            "M11", 0, 35.80m));
        Assert.Equal(day.Select(line => line.Id), month.Skip(1).Take(2).Select(line => line.Id));
        Assert.Equal(4, month.Select(line => line.Id).Distinct().Count());
        // With the newest day first.
        var newest = Read(Camt053(Line("7.00", "last", "2026-11-20") + Rent + Rent + Line("5.00", "first", "2026-11-02"),
            "N11", 0, 35.80m));
        Assert.Equal(month.Select(line => line.Id).Order(), newest.Select(line => line.Id).Order());
    }

    [Fact]
    public void A_reference_of_the_bank_is_enough_in_any_statement()
    {
        var line = Line("11.90", "rent", more: Reference("20261112-77"));
        Assert.Equal(Id(Camt053(line, "S1", 0, 11.90m)), Id(Camt053(line, "S2", 50, 61.90m)));
        // The number of a line in its statement is none.
        var counted = Line("11.90", "rent", more: "<NtryRef>1</NtryRef>").Replace("<NtryRef>1</NtryRef><Sts>", "<Sts>", StringComparison.Ordinal)
            .Replace("<Ntry>", "<Ntry><NtryRef>1</NtryRef>", StringComparison.Ordinal);
        Assert.NotEqual(Id(Camt053(counted, "S1")), Id(Camt053(counted, "S2")));
    }

    [Fact]
    public void A_line_with_the_reference_of_another_one_is_shown_as_doubtful()
    {
        var both = $"{Camt053(Line("11.90", "rent", more: Reference("B-77")), "S1")[..^"</BkToCstmrStmt></Document>".Length]}"
            + Camt053(Line("11.90", "other", more: Reference("B-77")), "S2")[Camt053("", "S2").IndexOf("<Stmt>", StringComparison.Ordinal)..];
        Assert.Equal([null, BankLine.NotItsOwn], Read(both).Select(line => line.Doubt));
        Assert.Equal(2, Read(both).Select(line => line.Id).Distinct().Count());
        Assert.Single(Read(both.Replace("other", "rent", StringComparison.Ordinal)));
    }

    // A reference is one movement's, and that counts from one day.
    [Fact]
    public void Lines_with_one_reference_and_two_value_dates_are_two()
    {
        var (first, second) = (Valued("2026-11-12"), Valued("2026-11-13"));
        Assert.NotEqual(Id(Camt053(first, "S1")), Id(Camt053(second, "S2")));
        Assert.Equal(2, Read(Camt053(first + second)).Select(line => line.Id).Distinct().Count());
        // One movement is one in all messages, whether they say the day from which it counts or not.
        Assert.Single(new[]
        {
            Camt052(second, "R1"), Camt053(second, "S1"), Camt054(second, "N1"),
        }.Select(Id).Distinct());
        Assert.Single(new[] { Camt053(first), Camt054(Valued(null)) }.Select(Id).Distinct());
        // It had this id before.
        Assert.Equal("bank:".Length + 32, Id(Camt053(first)).Length);
    }

    private static string Valued(string? day) => Line("11.90", "rent", more: day is null ? "" : $"<ValDt><Dt>{day}</Dt></ValDt>")
        .Replace("</BookgDt>", "</BookgDt><AcctSvcrRef>20261112-77</AcctSvcrRef>", StringComparison.Ordinal);

    [Fact]
    public void Balances_that_do_not_fit_the_lines_do_not_count() =>
        Assert.NotEqual(Id(Camt053(Rent, "S1", 0, 99)), Id(Camt053(Rent, "S2", 0, 99)));

    [Fact]
    public void A_file_has_the_same_ids_each_time()
    {
        var file = Camt053(Rent + Other + Rent, "S1", 0, 28.80m);
        var ids = Read(file).Select(line => line.Id).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids, Read(file).Select(line => line.Id));
        Assert.Equal(ids, Read(Camt053(Rent + Other + Rent, "S1 again", 0, 28.80m)).Select(line => line.Id));
    }

    private static string Id(string file) => Assert.Single(Read(file)).Id;
}
