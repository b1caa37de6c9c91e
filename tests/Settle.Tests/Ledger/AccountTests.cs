using Xunit;

namespace Settle.Tests.Rules;

public sealed class AccountTests
{
    [Fact]
    public Task A_closed_account_neither_pays_nor_receives_until_it_is_reopened() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00       successful
        open Alex closed                       ok
        account Alex                           closed
        transfer T2 Alex -> Jane 1.00          account_closed
        transfer T3 @world -> Alex 1.00        account_closed
        hold H1 Alex -> Jane 1.00              account_closed
        hold H2 @world -> Alex 1.00            account_closed
        transaction X1 @world -> Jane 1.00 + @world -> Alex 1.00     account_closed
        balance Alex 10.00
        open Alex reopened                     ok
        account Alex                           open
        transfer T4 Alex -> Jane 1.00          successful
        """);

    [Fact]
    public Task An_account_is_closed_in_all_assets() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00       successful
        open Alex closed asset EUR             ok
        transfer T2 Alex -> Jane 1.00          account_closed
        transfer T3 @world -> Alex 5 JPY       account_closed
        """);

    [Fact]
    public Task What_was_begun_before_an_account_was_closed_can_be_finished() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00       successful
        hold H1 Alex -> Jane 4.00              successful
        hold H2 Alex -> Jane 3.00 1h           successful
        hold H3 Alex -> Jane 1.00              successful
        open Alex closed                       ok
        capture C1 H1                          successful
        void V1 H3                             successful
        balance Alex 6.00 available 3.00
        later 1h
        balance Alex 6.00
        revert R1 C1 1.00                      successful
        revert R2 T1 7.00                      successful
        balance Alex 0.00
        transfer T2 Alex -> Jane 0.01          account_closed
        transfer T3 Jane -> Alex 0.01          account_closed
        """);

    [Fact]
    public Task A_hold_is_captured_into_an_account_that_was_closed_since() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00       successful
        hold H1 Alex -> Jane 4.00              successful
        open Jane closed                       ok
        capture C1 H1                          successful
        balance Jane 4.00
        """);

    [Fact]
    public Task A_transaction_that_nets_to_nothing_at_a_closed_account_is_still_refused() =>
        LedgerTable.RunAsync("""
        open Alex closed                                             ok
        transaction X1 @world -> Alex 1.00 + Alex -> Jane 1.00       account_closed
        """);

    [Fact]
    public Task An_account_exists_from_its_first_use_and_not_from_a_refusal() => LedgerTable.RunAsync("""
        account Alex                           none
        transfer T1 Alex -> Jane 1.00          insufficient_funds
        account Alex                           none
        account Jane                           none
        transfer T2 @world -> Alex 1.00        successful
        account Alex                           open
        account @world                         open
        open Jane                              ok
        account Jane                           open
        """);

    [Fact]
    public Task Terms_that_are_not_named_stay() => LedgerTable.RunAsync("""
        open Dave overdraft 10.00 ceiling 20.00      ok
        open Dave closed                             ok
        open Dave reopened                           ok
        transfer T1 Dave -> Alex 10.00               successful
        transfer T2 @world -> Dave 30.01             limit_exceeded
        open Dave meta a=b                           ok
        transfer T3 @world -> Dave 30.00             successful
        """);

    [Fact]
    public Task Asking_for_the_terms_that_hold_already_writes_no_block() => LedgerTable.RunAsync("""
        open Dave overdraft 10.00 owner dave   ok
        height                                 1
        open Dave overdraft 10.00 owner dave   ok
        open Dave                              ok
        height                                 1
        open Dave overdraft 11.00              ok
        height                                 2
        """);

    [Fact]
    public Task Names_are_compared_byte_for_byte() => LedgerTable.RunAsync("""
        transfer T1 @world -> alex 10.00       successful
        transfer T2 Alex -> Jane 1.00          insufficient_funds
        transfer T3 @world -> Zoë 1.00         successful
        transfer T4 Zoë -> Jane 1.00           invalid from
        """.Replace("T4 Zoë", "T4 Zoe\u0308", StringComparison.Ordinal));
}
