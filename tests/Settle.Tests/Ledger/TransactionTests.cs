using Xunit;

namespace Settle.Tests.Rules;

public sealed class TransactionTests
{
    [Fact]
    public Task All_postings_happen_or_none() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00                                             successful
        transaction X1 Alex -> Jane 4.00 + Alex -> Dave 6.00                         successful
        balance Alex 0.00
        balance Jane 4.00
        balance Dave 6.00
        transaction X2 Jane -> Alex 4.00 + Dave -> Alex 6.01                         insufficient_funds
        balance Alex 0.00
        balance Jane 4.00
        balance Dave 6.00
        """);

    [Fact]
    public Task Only_the_sum_of_all_postings_counts_and_not_their_order() => LedgerTable.RunAsync("""
        transaction X1 Alex -> Jane 5.00 + @world -> Alex 5.00                       successful
        transaction X2 @world -> Dave 5.00 + Dave -> Jane 5.00                       successful
        transaction X3 Alex -> Jane 5.01 + @world -> Alex 5.00                       insufficient_funds
        transaction X4 @world -> Alex 5.00 + Alex -> Jane 5.01                       insufficient_funds
        balance Jane 10.00
        balance Alex 0.00
        """);

    [Fact]
    public Task Money_may_go_in_a_circle() => LedgerTable.RunAsync("""
        transaction X1 A -> B 5.00 + B -> C 5.00 + C -> A 5.00                       successful
        balance A 0.00
        account A                                                                    open
        """);

    [Fact]
    public Task Several_assets_are_exchanged_at_once() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00                                             successful
        transfer T2 @world -> Shop 900 JPY                                           successful
        transaction X1 Alex -> Shop 6.00 + Shop -> Alex 900 JPY                      successful
        transaction X2 Alex -> Shop 1.00 + Shop -> Alex 1 JPY                        insufficient_funds
        balance Alex 4.00
        balance Alex 900 JPY
        balance Shop 0 JPY
        """);

    [Fact]
    public Task What_is_held_is_not_spent_by_a_transaction() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00                                             successful
        hold H1 Alex -> Jane 4.00                                                    successful
        transaction X1 Alex -> Jane 6.01                                             insufficient_funds
        transaction X2 Alex -> Jane 3.00 + Alex -> Dave 3.00                         successful
        balance Alex 4.00 available 0.00
        """);

    [Fact]
    public Task A_transaction_has_one_to_two_hundred_postings()
    {
        static string Postings(int count) =>
            string.Join(" + ", Enumerable.Range(1, count).Select(i => $"@world -> P{i} 0.01"));
        return LedgerTable.RunAsync($"""
            transaction X1 {Postings(200)}      successful
            transaction X2 {Postings(201)}      invalid postings
            balance @world -2.00
            balance P200 0.01
            """);
    }

    [Fact]
    public Task A_posting_is_checked_by_itself() => LedgerTable.RunAsync("""
        transaction X1 A -> B 1.00 + A -> A 1.00          invalid postings[1].to
        transaction X1 A -> B 0.00                        invalid postings[0].amount
        """);
}
