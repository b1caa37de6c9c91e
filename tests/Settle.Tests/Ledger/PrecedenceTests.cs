using Xunit;

namespace Settle.Tests.Rules;

/// <summary>
/// When two refusals apply, the one with the lower number is given (L3). Pairs that are not here exclude
/// each other.
/// </summary>
public sealed class PrecedenceTests
{
    [Fact]
    public Task Id_reused_comes_before_everything() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 5.00                  successful
        open Shut closed                                 ok
        transfer T1 @world -> Alex 5 doubloons           id_reused amount
        transfer T1 @world -> Alex 5.00 doubloons        id_reused asset
        transfer T1 Shut -> Alex 5.00                    id_reused from
        capture T1 nothing                               id_reused type
        revert T1 nothing                                id_reused type
        open @world closed id T1                         id_reused type
        init EUR                                         already_initialized
        """);

    [Fact]
    public Task Unknown_asset_before_reserved_closed_and_insufficient() => LedgerTable.RunAsync("""
        open Shut closed                                              ok
        transfer T1 Shut -> Alex 5 doubloons                          unknown_asset
        hold H1 Shut -> Alex 5 doubloons                              unknown_asset
        open @world overdraft 5 asset doubloons                       unknown_asset
        transaction X1 Shut -> Alex 5.00 + A -> B 5 doubloons          unknown_asset
        transaction X2 Poor -> Alex 5.00 + A -> B 5 doubloons          unknown_asset
        transaction X3 A -> B 5 doubloons + Shut -> Alex 5.00          unknown_asset
        """);

    [Fact]
    public Task What_ended_a_hold_is_said_even_when_its_time_is_over_too() => LedgerTable.RunAsync("""
        hold H1 @world -> Alex 5.00 1h                   successful
        hold H2 @world -> Alex 5.00 1h                   successful
        capture C1 H1                                    successful
        void V1 H2                                       successful
        later 2h
        capture C2 H1                                    hold_captured
        capture C3 H2                                    hold_voided
        """);

    [Fact]
    public Task An_ended_hold_before_exceeds_closed_and_limit() => LedgerTable.RunAsync("""
        hold H1 @world -> Alex 5.00 1h                   successful
        hold H2 @world -> Alex 5.00                      successful
        hold H3 @world -> Alex 5.00                      successful
        capture C1 H2                                    successful
        void V1 H3                                       successful
        open Alex closed                                 ok
        later 1h
        capture C2 H1 9.00                               hold_expired
        capture C3 H2 9.00                               hold_captured
        capture C4 H3 9.00                               hold_voided
        capture C5 H9 9.00                               hold_not_found
        """);

    [Fact]
    public Task Exceeds_hold_before_closed_and_limit() => LedgerTable.RunAsync("""
        hold H1 @world -> Alex 5.00                      successful
        open Alex ceiling 5.00                           ok
        capture C1 H1 6.00                               exceeds_hold
        open Alex closed                                 ok
        capture C2 H1 6.00                               exceeds_hold
        capture C3 H1 5.00                               successful
        """);

    [Fact]
    public Task A_revert_says_first_what_is_wrong_with_its_original() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 5.00                  successful
        transfer T2 @world -> Alex 5.00                  successful
        revert R1 T1                                     successful
        transfer T3 Alex -> Jane 5.00                    successful
        revert R2 T1                                     already_reverted
        open Alex closed                                 ok
        revert R3 T1                                     already_reverted
        revert R4 R1                                     not_reversible
        revert R5 nothing                                transfer_not_found
        revert R6 T2                                     insufficient_funds
        revert R7 T2 5.01                                exceeds_transfer
        revert R8 T1 5.01                                already_reverted
        """);

    [Fact]
    public Task Reserved_before_insufficient_and_limit() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 5.00                  successful
        open @world overdraft 0.00                       reserved_account
        transfer T2 Alex -> @world 5.00                  successful
        transfer T3 @world -> Alex 5.00 EUR              successful
        transfer T4 Alex -> @world 4.00 EUR              successful
        open @world ceiling 0.00 asset EUR               reserved_account
        """);

    [Fact]
    public Task Closed_before_insufficient_and_limit() => LedgerTable.RunAsync("""
        open Shut closed                                 ok
        open Purse ceiling 1.00                          ok
        transfer T1 Shut -> Alex 5.00                    account_closed
        transfer T2 Alex -> Shut 5.00                    account_closed
        transfer T3 Shut -> Purse 5.00                   account_closed
        hold H1 Shut -> Alex 5.00                        account_closed
        transaction X1 Alex -> Purse 5.00 + @world -> Shut 5.00        account_closed
        transaction X2 @world -> Shut 5.00 + Alex -> Purse 5.00        account_closed
        """);

    [Fact]
    public Task Insufficient_before_limit() => LedgerTable.RunAsync("""
        open Purse ceiling 1.00                          ok
        transfer T1 Alex -> Purse 5.00                   insufficient_funds
        transfer T2 @world -> Purse 5.00                 limit_exceeded
        transaction X1 @world -> Purse 5.00 + Alex -> Bob 1.00         insufficient_funds
        transaction X2 Alex -> Bob 1.00 + @world -> Purse 5.00         insufficient_funds
        open Dave overdraft 9.00 ceiling 9.00            ok
        transfer T3 Dave -> Bob 5.00                     successful
        transfer T4 @world -> Lot 9.00                   successful
        open Lot ceiling 8.00                            limit_exceeded
        open Dave overdraft 4.00 ceiling 0.00            insufficient_funds
        """);
}
