using Xunit;

namespace Settle.Tests.Rules;

public sealed class CeilingTests
{
    [Fact]
    public Task A_credit_never_leads_above_the_ceiling() => LedgerTable.RunAsync("""
        open Purse ceiling 150.00              ok
        transfer T1 @world -> Purse 150.01     limit_exceeded
        transfer T2 @world -> Purse 150.00     successful
        transfer T3 @world -> Purse 0.01       limit_exceeded
        transfer T4 Purse -> Alex 1.00         successful
        transfer T5 @world -> Purse 1.00       successful
        balance Purse 150.00
        """);

    [Fact]
    public Task A_ceiling_is_lowered_only_to_the_balance_and_lifted_at_will() => LedgerTable.RunAsync("""
        transfer T1 @world -> Purse 100.00     successful
        open Purse ceiling 99.99               limit_exceeded
        open Purse ceiling 100.00              ok
        transfer T2 @world -> Purse 0.01       limit_exceeded
        open Purse ceiling none                ok
        transfer T3 @world -> Purse 900.00     successful
        open Purse ceiling 0.00                limit_exceeded
        """);

    [Fact]
    public Task What_is_held_still_counts_towards_the_ceiling() => LedgerTable.RunAsync("""
        open Purse ceiling 10.00               ok
        transfer T1 @world -> Purse 10.00      successful
        hold H1 Purse -> Alex 5.00             successful
        transfer T2 @world -> Purse 0.01       limit_exceeded
        capture C1 H1                          successful
        transfer T3 @world -> Purse 5.00       successful
        """);

    [Fact]
    public void What_a_lost_block_held_and_ended_does_not_count_for_the_account()
    {
        var ledger = new CoreLedger();
        ledger.Begin(1);
        var first = new RequestBatch();
        LedgerEntry.Fill(first, ref first.Add(EntryKind.Ledger), "USD", 2);
        ledger.Settle(first);
        Settle("open Purse ceiling 10.00");
        Settle("transfer T1 @world -> Alex 20.00");
        ledger.End();
        ledger.Begin(2);
        Settle("hold H1 Alex -> Purse 8.00");
        Settle("void V1 H1");
        ledger.End();
        ledger.Undo();
        ledger.Begin(2);
        Assert.Equal(RefusalCode.LimitExceeded, Settle("transfer T2 Alex -> Purse 12.00"));
        Assert.Equal(RefusalCode.None, Settle("transfer T3 Alex -> Purse 10.00"));

        RefusalCode Settle(string text) => ledger.Settle(RequestTexts.Batch(text)).Refusal;
    }

    [Fact]
    public Task What_is_held_for_an_account_counts_against_its_ceiling() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00                                     successful
        open Purse ceiling 15.00                                             ok
        hold H1 Alex -> Purse 15.01                                          limit_exceeded
        hold H2 Alex -> Purse 10.00                                          successful
        hold H3 Alex -> Purse 5.01                                           limit_exceeded
        transfer T2 Alex -> Purse 5.01                                       limit_exceeded
        transaction X1 Alex -> Purse 6.00 + Alex -> Jane 1.00                limit_exceeded
        transfer T3 Alex -> Purse 5.00                                       successful
        open Purse ceiling 14.99                                             limit_exceeded
        capture C1 H2 4.00                                                   successful
        balance Purse 9.00
        hold H4 Alex -> Purse 6.00                                           successful
        capture C2 H4                                                        successful
        balance Purse 15.00
        """);

    [Fact]
    public Task What_ends_without_a_capture_no_longer_counts() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        open Purse ceiling 10.00               ok
        hold H1 Alex -> Purse 10.00 1h         successful
        transfer T2 Alex -> Purse 0.01         limit_exceeded
        later 1h
        transfer T3 Alex -> Purse 4.00         successful
        hold H2 Alex -> Purse 6.00             successful
        transfer T4 Alex -> Purse 6.00         limit_exceeded
        restart
        transfer T5 Alex -> Purse 6.00         limit_exceeded
        void V1 H2                             successful
        transfer T6 Alex -> Purse 6.00         successful
        """);

    [Fact]
    public Task A_transaction_asks_for_the_ceiling_after_all_its_postings() => LedgerTable.RunAsync("""
        open Purse ceiling 10.00                                                ok
        transaction X1 @world -> Purse 25.00 + Purse -> Alex 15.00              successful
        transaction X2 @world -> Purse 25.00 + Purse -> Alex 24.99              limit_exceeded
        balance Purse 10.00
        """);

    [Fact]
    public Task A_revert_asks_for_the_ceiling() => LedgerTable.RunAsync("""
        transfer T1 @world -> Purse 10.00      successful
        transfer T2 Purse -> Alex 10.00        successful
        open Purse ceiling 9.99                ok
        revert R1 T2                           limit_exceeded
        open Purse ceiling none                ok
        revert R1 T2                           limit_exceeded again
        revert R2 T2                           successful
        """);
}
