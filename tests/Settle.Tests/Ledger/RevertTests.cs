using Xunit;

namespace Settle.Tests.Rules;

public sealed class RevertTests
{
    [Fact]
    public Task A_transfer_is_reverted_once() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        transfer T2 Alex -> Jane 20.00         successful
        revert R1 T2                           successful
        balance Alex 50.00
        balance Jane 0.00
        revert R2 T2                           already_reverted
        revert R1 T2                           successful again
        balance Alex 50.00
        """);

    [Fact]
    public Task Money_that_is_gone_is_not_taken_back() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        transfer T2 Alex -> Jane 20.00         successful
        transfer T3 Jane -> Dave 0.01          successful
        revert R1 T2                           insufficient_funds
        transfer T4 Dave -> Jane 0.01          successful
        revert R1 T2                           insufficient_funds again
        revert R2 T2                           successful
        revert R3 T2                           already_reverted
        """);

    [Fact]
    public Task Money_that_is_held_is_not_taken_back() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 1.00 1h           successful
        revert R1 T1                           insufficient_funds
        later 1h
        revert R2 T1                           successful
        balance Alex 0.00
        """);

    [Fact]
    public Task A_capture_is_reverted_and_its_hold_stays_captured() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        hold H1 Alex -> Jane 20.00             successful
        capture C1 H1 15.00                    successful
        revert R1 C1                           successful
        balance Alex 50.00
        balance Jane 0.00
        capture C2 H1                          hold_captured
        revert R2 C1                           already_reverted
        """);

    [Fact]
    public Task A_transaction_is_reverted_as_a_whole() => LedgerTable.RunAsync("""
        transaction X1 @world -> Alex 50.00 + Alex -> Jane 20.00 + @world -> Jane 7 JPY      successful
        revert R1 X1                                                                     successful
        balance Alex 0.00
        balance Jane 0.00
        balance Jane 0 JPY
        revert R2 X1                                                                     already_reverted
        transaction X2 @world -> Alex 50.00 + @world -> Jane 7 JPY                         successful
        transfer T1 Jane -> Dave 1 JPY                                                   successful
        revert R3 X2                                                                     insufficient_funds
        balance Alex 50.00
        """);

    [Fact]
    public Task A_revert_is_for_ever() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        revert R1 T1                           successful
        revert R2 R1                           not_reversible
        """);

    [Fact]
    public Task Only_what_moved_money_is_reverted() => LedgerTable.RunAsync("""
        transfer T1 Alex -> Jane 1.00          insufficient_funds
        revert R1 T1                           not_reversible
        open Alex overdraft 10.00 id A1        ok
        revert R2 A1                           not_reversible
        hold H1 Alex -> Jane 5.00              successful
        revert R3 H1                           not_reversible
        void V1 H1                             successful
        revert R4 V1                           not_reversible
        revert R5 nothing                      transfer_not_found
        revert R6 @ledger                      not_reversible
        revert R7 R7                           transfer_not_found
        """);

    [Fact]
    public Task A_revert_may_use_the_overdraft() => LedgerTable.RunAsync("""
        open Jane overdraft 20.00              ok
        transfer T1 @world -> Jane 20.00       successful
        transfer T2 Jane -> Dave 30.00         successful
        revert R1 T1                           insufficient_funds
        open Jane overdraft 30.00              ok
        revert R2 T1                           successful
        balance Jane -30.00
        """);

    [Fact]
    public Task Parts_of_a_transfer_are_reverted_until_nothing_is_left() => LedgerTable.RunAsync("""
        transfer T1 @world -> Shop 100.00      successful
        transfer T2 Shop -> Alex 20.00         successful
        revert R1 T2 5.00                      successful
        revert R2 T2 15.01                     exceeds_transfer
        revert R1 T2 5.00                      successful again
        revert R1 T2 6.00                      id_reused amount
        revert R1 T2                           id_reused amount
        restart
        revert R3 T2 14.99                     successful
        revert R4 T2 0.02                      exceeds_transfer
        revert R5 T2 0.01                      successful
        revert R6 T2 0.01                      already_reverted
        revert R7 T2                           already_reverted
        balance Alex 0.00
        balance Shop 100.00
        """);

    [Fact]
    public Task After_a_part_a_revert_without_an_amount_is_of_the_rest() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 20.00       successful
        revert R1 T1 5.00                      successful
        revert R2 T1                           successful
        balance Alex 0.00
        revert R3 T1                           already_reverted
        """);

    [Fact]
    public Task A_part_of_a_capture_is_reverted() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 20.00       successful
        hold H1 Alex -> Jane 20.00             successful
        capture C1 H1 12.00                    successful
        revert R1 C1 12.01                     exceeds_transfer
        revert R2 C1 12.00                     successful
        revert R3 C1                           already_reverted
        balance Alex 20.00
        """);

    [Fact]
    public Task A_part_of_a_transaction_is_not_reverted() => LedgerTable.RunAsync("""
        transaction X1 @world -> Alex 5.00 + @world -> Jane 5.00       successful
        revert R1 X1 5.00                                              not_reversible
        transaction X2 @world -> Alex 5.00                             successful
        revert R2 X2 5.00                                              not_reversible
        revert R3 X2                                                   successful
        """);

    [Fact]
    public Task A_part_that_is_gone_leaves_what_can_be_reverted() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 20.00       successful
        transfer T2 Alex -> Jane 15.00         successful
        revert R1 T1 6.00                      insufficient_funds
        revert R2 T1 5.00                      successful
        transfer T3 Jane -> Alex 15.00         successful
        revert R3 T1                           successful
        balance Alex 0.00
        """);
}
