using Settle.Tests.Cli;
using Xunit;

namespace Settle.Tests.Invoicing;

/// <summary>A business that moves goes on with the numbers that it has.</summary>
public sealed class FirstNumberTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_series_begins_where_it_is_told_and_has_no_gaps_afterwards() => BillingTable.RunAsync("""
        seller 19 first 2026-001043
        customer ann
        customer bob
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 bob 10.00 on 2026-10-05              10.00
        dry r0 2026-10-31 dated 2026-10-31             2026-001043 ann 11.90, 2026-001044 bob 11.90
        run r1 2026-10-31 dated 2026-10-31             2026-001043 ann 11.90, 2026-001044 bob 11.90
        restart
        charge c3 ann 10.00 on 2026-10-05              10.00
        dry r0 2026-10-31 dated 2026-10-31             2026-001045 ann 11.90
        run r2 2026-10-31 dated 2026-10-31             2026-001045 ann 11.90
        pay p1 2026-001043 11.90                       2026-001043 11.90
        pay p2 2026-001042 11.90                       invoice_not_found
        """);

    [Fact]
    public Task Quotes_begin_where_they_are_told_too() => BillingTable.RunAsync("""
        seller 19 first Q2026-000031
        customer ann
        quote q1 ann 10.00 on 2026-10-05               Q2026-000031 11.90 open
        seller 19 first Q2026-000032                   series_begun
        seller 19 first Q2026-000031 first 2026-000007
        restart
        quote q2 ann 10.00 on 2026-10-05               Q2026-000032 11.90 open
        quote q3 ann 10.00 on 2027-10-05               Q2027-000001 11.90 open
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             2026-000007 ann 11.90
        opening Q2026-000031 ann 1.00 on 2026-08-31 due 2026-09-14           number_taken
        opening Q2026-000040 ann 1.00 on 2026-08-31 due 2026-09-14           number_taken
        opening Q2026-000030 ann 1.00 on 2026-08-31 due 2026-09-14           1.00 of 1.00
        seller 19 first Q2028-000005
        opening Q2028-000004 ann 1.00 on 2026-08-31 due 2026-09-14           1.00 of 1.00
        seller 19 first Q2028-000004                   series_begun
        quote q4 ann 10.00 on 2028-10-05               Q2028-000005 11.90 open
        seller 19 first QQ2026-000001                  invalid first_numbers
        seller 19 first X2026-000001                   invalid first_numbers
        """);

    [Fact]
    public Task Each_series_has_its_own_and_begins_with_1_if_none_is_named() => BillingTable.RunAsync("""
        seller 19 first C2026-000087 first 2026-001043
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        charge c2 ann 10.00 on 2026-10-06              10.00
        run r1 2026-10-05 dated 2026-10-31             2026-001043 ann 11.90
        run r2 2026-10-31 dated 2027-01-02             2027-000001 ann 11.90
        credit g1 2026-001043 1.19                     C2026-000087 1.19
        credit g2 2026-001043 1.19                     C2026-000088 1.19
        """);

    [Fact]
    public Task A_series_that_could_be_taken_for_credit_notes_or_differs_in_case_is_refused() => BillingTable.RunAsync("""
        seller 19
        seller 19 series C{year}-                      invalid series
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             2026-000001 ann 11.90
        credit g1 2026-000001 on 2026-10-31            C2026-000001 11.90
        seller 19 series A-
        seller 19 series C{year}-                      invalid series
        seller 19 series c{year}-                      invalid series
        seller 19 series c2026-                        invalid series
        seller 19 series ca-                           invalid series
        charge c2 ann 10.00 on 2026-10-05              10.00
        run r2 2026-10-31 dated 2026-10-31             A-000001 ann 11.90
        seller 19 series a-                            invalid series
        seller 19 7 series A-
        seller 19
        seller 19 series CA{year}-
        """);

    [Fact]
    public Task A_series_that_gave_a_number_is_not_begun_again() => BillingTable.RunAsync("""
        seller 19 first 2026-001043
        seller 19 first 2026-001044
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             2026-001044 ann 11.90
        seller 19 first 2026-001043                    series_begun
        seller 19 first 2026-001045                    series_begun
        seller 19 first 2026-001044
        seller 19 7
        seller 19 first 2027-000500 first C2026-000003
        charge c2 ann 10.00 on 2026-10-05              10.00
        run r2 2026-10-31 dated 2026-10-31             2026-001045 ann 11.90
        credit g1 2026-001044                          C2026-000003 11.90
        seller 19 first C2026-000007                   series_begun
        """);

    [Fact]
    public Task A_series_that_began_with_1_is_not_begun_again() => BillingTable.RunAsync("""
        seller 19 series R-
        customer ann
        charge c1 ann 10.00 on 2026-10-05              10.00
        run r1 2026-10-31 dated 2026-10-31             R-000001 ann 11.90
        seller 19 series R- first R-001043             series_begun
        seller 19 series R- first R-000001
        seller 19 series S- first S-001043
        charge c2 ann 10.00 on 2026-10-05              10.00
        run r2 2026-10-31 dated 2026-10-31             S-001043 ann 11.90
        seller 19 series R-
        charge c3 ann 10.00 on 2026-10-05              10.00
        run r3 2026-10-31 dated 2026-10-31             R-000002 ann 11.90
        """);

    [Theory]
    [InlineData("{year}-", "write it as 2026-001043", "1043")]
    [InlineData("{year}-", "write it as 2026-001043", "R-1043")]
    [InlineData("{year}-", "write it as 2026-001043", "26-1043")]
    [InlineData("R-", "write it as R-001043", "2026-001043")]
    [InlineData("{year}-", "is not a number of 1 to", "2026-0")]
    [InlineData("{year}-", "is not a number of 1 to", "2026-1000000000")]
    [InlineData("{year}-", "is not a number of 1 to", "2026-")]
    [InlineData("{year}-", "a second time", "2026-1043", "2026-001044")]
    public async Task What_is_not_a_number_of_the_series_is_refused_with_its_field(
        string series, string reason, params string[] numbers)
    {
        await using var ledger = Settle.Ledger.InMemory();
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => ledger.Billing.PutSellerAsync(new SellerRequest
        {
            Party = new Party { Name = "Bench GmbH", Country = "DE", VatId = "DE123456788" }, Series = series,
            FirstNumbers = numbers,
        }));
        Assert.Equal("first_numbers", error.Field);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_sets_it_once_and_keeps_it()
    {
        string[] seller = ["seller", "--name", "Werkbank GmbH", "--country", "DE", "--vat-id", "DE123456788", "--tax-rate", "19", "--default-tax", "19"];
        var made = await CommandRun.DoneAsync(Bank, [.. seller, "--first-number", "2026-1043", "--json"]);
        Assert.Equal(["2026-001043"], made.Json.GetProperty("first_numbers").EnumerateArray().Select(each => each.GetString()));
        var renamed = await CommandRun.DoneAsync(Bank, "seller", "--name", "Werkbank AG");
        Assert.Contains("series {year}- from 2026-001043", renamed.Output, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "customer", "dave", "--name", "Dave", "--country", "DE");
        await CommandRun.DoneAsync(Bank, "charge", "dave", "10", "lunch", "--date", "2026-10-05");
        var run = await CommandRun.DoneAsync(Bank, "invoice", "--through", "2026-10-31", "--date", "2026-10-31", "--json");
        Assert.Equal("2026-001043", run.Json.GetProperty("invoices")[0].GetProperty("number").GetString());
        var late = await CommandRun.OnAsync(Bank, "seller", "--first-number", "2026-001050");
        Assert.Equal(1, late.Status);
        foreach (var part in new[] { "[series_begun]", "'2026-001050'", "first_numbers" })
            Assert.Contains(part, late.Error, StringComparison.Ordinal);
        await CommandRun.DoneAsync(Bank, "verify");
    }
}
