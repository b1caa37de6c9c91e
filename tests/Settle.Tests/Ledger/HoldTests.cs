using Xunit;

namespace Settle.Tests.Rules;

public sealed class HoldTests
{
    [Fact]
    public Task A_hold_reserves_money_without_moving_it() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 10.00 7d          successful
        balance Alex 50.00 available 40.00
        balance Jane 0.00
        transfer T2 Alex -> Dave 40.01         insufficient_funds
        hold H2 Alex -> Dave 40.01             insufficient_funds
        state H2                               none
        transfer T3 Alex -> Dave 40.00         successful
        balance Alex 10.00 available 0.00
        capture C1 H1                          successful
        state H1                               captured
        balance Alex 0.00
        balance Jane 10.00
        """);

    [Fact]
    public Task A_part_is_captured_and_the_rest_is_free() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 30.00             successful
        capture C1 H1 12.00                    successful
        balance Alex 38.00 available 38.00
        balance Jane 12.00
        capture C2 H1 1.00                     hold_captured
        capture C3 H1                          hold_captured
        void V1 H1                             hold_captured
        """);

    [Fact]
    public Task No_more_is_captured_than_was_held() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 30.00             successful
        capture C1 H1 30.01                    exceeds_hold
        state H1                               open
        capture C2 H1 30.00                    successful
        """);

    [Fact]
    public Task A_void_frees_the_money_once() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 30.00             successful
        void V1 H1                             successful
        state H1                               voided
        balance Alex 50.00
        void V2 H1                             hold_voided
        capture C1 H1                          hold_voided
        void V1 H1                             successful again
        """);

    [Fact]
    public Task A_hold_expires_although_nothing_else_happens() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 30.00 7d          successful
        later 6d
        balance Alex 50.00 available 20.00
        state H1                               open
        later 1d
        balance Alex 50.00 available 50.00
        state H1                               expired
        height                                 2
        """);

    [Fact]
    public Task A_hold_is_open_until_the_last_microsecond_and_not_longer() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 50.00 1h          successful
        later 3599s
        later 999999us
        balance Alex 50.00 available 0.00
        transfer T2 Alex -> Jane 0.01          insufficient_funds
        state H1                               open
        later 1us
        balance Alex 50.00 available 50.00
        state H1                               expired
        transfer T3 Alex -> Jane 0.01          successful
        capture C1 H1                          hold_expired
        void V1 H1                             hold_expired
        """);

    [Fact]
    public Task A_hold_is_captured_in_its_last_microsecond() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 50.00 1s          successful
        later 999999us
        capture C1 H1                          successful
        later 1us
        state H1                               captured
        void V1 H1                             hold_captured
        """);

    [Fact]
    public Task Holds_expire_each_at_its_own_time() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 1.00 3s           successful
        hold H2 Alex -> Jane 2.00 1s           successful
        hold H3 Alex -> Jane 4.00 2s           successful
        hold H4 Alex -> Jane 8.00              successful
        hold H5 Alex -> Dave 16.00 2s          successful
        balance Alex 50.00 available 19.00
        later 1s
        balance Alex 50.00 available 21.00
        later 1s
        balance Alex 50.00 available 41.00
        transfer T2 @world -> Bob 1.00         successful
        balance Alex 50.00 available 41.00
        restart
        later 1s
        balance Alex 50.00 available 42.00
        state H4                               open
        later 3650d
        state H4                               open
        """);

    [Fact]
    public Task An_expired_hold_frees_money_for_the_very_next_request() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 5.00        successful
        hold H1 Alex -> Jane 5.00 1s           successful
        later 1s
        hold H2 Alex -> Jane 5.00 1s           successful
        later 1s
        transaction X1 Alex -> Jane 5.00       successful
        """);

    [Fact]
    public Task A_hold_may_use_the_overdraft() => LedgerTable.RunAsync("""
        open Dave overdraft 20.00              ok
        hold H1 Dave -> Alex 20.01             insufficient_funds
        hold H2 Dave -> Alex 20.00             successful
        balance Dave 0.00 available -20.00
        transfer T1 Dave -> Alex 0.01          insufficient_funds
        capture C1 H2 15.00                    successful
        balance Dave -15.00
        transfer T2 Dave -> Alex 5.00          successful
        """);

    [Fact]
    public Task A_hold_is_of_its_asset() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 5 JPY       successful
        transfer T2 @world -> Alex 5.00        successful
        hold H1 Alex -> Jane 5 JPY             successful
        transfer T3 Alex -> Jane 5.00          successful
        transfer T4 Alex -> Jane 1 JPY         insufficient_funds
        capture C1 H1 2                        successful
        balance Jane 2 JPY
        balance Alex 3 JPY
        """);

    [Fact]
    public Task What_is_no_open_hold_is_neither_captured_nor_voided() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 5.00        successful
        capture C1 H1                          hold_not_found
        void V1 H1                             hold_not_found
        capture C2 T1                          hold_not_found
        hold H1 Alex -> Jane 5.01              insufficient_funds
        capture C3 H1                          hold_not_found
        capture C1 H1                          hold_not_found again
        """);

    [Fact]
    public Task The_world_can_hold() => LedgerTable.RunAsync("""
        hold H1 @world -> Alex 5.00            successful
        balance @world 0.00 available -5.00
        capture C1 H1                          successful
        balance Alex 5.00
        """);

    [Fact]
    public Task A_hold_lasts_at_most_ten_years() => LedgerTable.RunAsync("""
        hold H1 @world -> Alex 5.00 3651d      invalid expires_in
        hold H1 @world -> Alex 5.00 0s         invalid expires_in
        hold H1 @world -> Alex 5.00 3650d      successful
        """);
}
