using Xunit;

namespace Settle.Tests.Rules;

public sealed class FloorTests
{
    [Fact]
    public Task The_example_with_an_overdraft() => LedgerTable.RunAsync("""
        open Dave overdraft 100.00             ok
        transfer T1 Dave -> Alex 50.00         successful
        transfer T2 Alex -> Jane 25.00         successful
        balance Alex 25.00
        balance Dave -50.00
        balance Jane 25.00
        transfer T3 Alex -> Jane 60.00         insufficient_funds
        balance Alex 25.00
        balance Jane 25.00
        """);

    [Fact]
    public Task The_example_without_an_overdraft() => LedgerTable.RunAsync("""
        transfer T1 Dave -> Alex 50.00         insufficient_funds
        transfer T2 Alex -> Jane 25.00         insufficient_funds
        balance Dave 0.00
        balance Alex 0.00
        balance Jane 0.00
        account Dave                           none
        """);

    [Fact]
    public Task An_account_pays_to_its_last_cent_and_no_further() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00       successful
        transfer T2 Alex -> Jane 10.01         insufficient_funds
        transfer T3 Alex -> Jane 10.00         successful
        transfer T4 Alex -> Jane 0.01          insufficient_funds
        balance Alex 0.00
        """);

    [Fact]
    public Task An_overdraft_is_used_to_its_last_cent() => LedgerTable.RunAsync("""
        open Dave overdraft 100.00             ok
        transfer T1 Dave -> Alex 100.01        insufficient_funds
        transfer T2 Dave -> Alex 100.00        successful
        transfer T3 Dave -> Alex 0.01          insufficient_funds
        transfer T4 Alex -> Dave 30.00         successful
        transfer T5 Dave -> Alex 30.00         successful
        balance Dave -100.00
        """);

    [Fact]
    public Task An_overdraft_is_lowered_only_as_far_as_it_is_not_used() => LedgerTable.RunAsync("""
        open Dave overdraft 100.00             ok
        transfer T1 Dave -> Alex 50.00         successful
        open Dave overdraft 49.99              insufficient_funds
        open Dave overdraft 50.00              ok
        transfer T2 Dave -> Alex 0.01          insufficient_funds
        open Dave overdraft 0.00               insufficient_funds
        transfer T3 Alex -> Dave 50.00         successful
        open Dave overdraft 0.00               ok
        transfer T4 Dave -> Alex 0.01          insufficient_funds
        """);

    [Fact]
    public Task What_is_held_counts_when_an_overdraft_is_lowered() => LedgerTable.RunAsync("""
        open Dave overdraft 100.00             ok
        hold H1 Dave -> Alex 60.00             successful
        open Dave overdraft 59.99              insufficient_funds
        open Dave overdraft 60.00              ok
        void V1 H1                             successful
        open Dave overdraft 0.00               ok
        """);

    [Fact]
    public Task An_unlimited_account_falls_without_end_and_can_be_limited_again() => LedgerTable.RunAsync("""
        open Bank overdraft unlimited                          ok
        transfer T1 Bank -> Alex 90071992547409.91             successful
        transfer T2 Bank -> Alex 90071992547409.91             successful
        balance Bank -180143985094819.82
        balance Alex 180143985094819.82
        open Bank overdraft 90071992547409.91                  insufficient_funds
        transfer T3 Alex -> Bank 90071992547409.91             successful
        open Bank overdraft 90071992547409.91                  ok
        transfer T4 Bank -> Alex 0.01                          insufficient_funds
        """);

    [Fact]
    public Task An_overdraft_is_for_one_asset() => LedgerTable.RunAsync("""
        open Dave overdraft 100.00 asset EUR   ok
        transfer T1 Dave -> Alex 1.00          insufficient_funds
        transfer T2 Dave -> Alex 1.00 EUR      successful
        open Dave overdraft 5.00               ok
        transfer T3 Dave -> Alex 5.00          successful
        transfer T4 Dave -> Alex 99.00 EUR     successful
        transfer T5 Dave -> Alex 0.01 EUR      insufficient_funds
        """);

    [Fact]
    public Task Money_enters_and_leaves_through_the_world() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 1000000.00  successful
        transfer T2 Alex -> @world 400000.00   successful
        balance @world -600000.00
        balance Alex 600000.00
        transfer T3 @world -> Alex 5 JPY       successful
        balance @world -5 JPY
        """);

    [Fact]
    public Task The_world_cannot_be_limited_or_closed() => LedgerTable.RunAsync("""
        open @world overdraft 1.00             reserved_account
        open @world overdraft unlimited        reserved_account
        open @world ceiling 1.00               reserved_account
        open @world ceiling none               reserved_account
        open @world closed                     reserved_account
        open @world meta a=b                   ok
        transfer T1 @world -> Alex 1.00        successful
        """);

    [Fact]
    public Task An_amount_is_one_to_two_to_the_53_minus_one() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 0.00                   invalid amount
        transfer T1 @world -> Alex -1.00                  invalid amount
        transfer T1 @world -> Alex 90071992547409.92      invalid amount
        transfer T1 @world -> Alex 90071992547409.91      successful
        transfer T2 Alex -> Jane 0.01                     successful
        transfer T3 Alex -> Alex 1.00                     invalid to
        """);
}
