using Xunit;

namespace Settle.Tests.Rules;

public sealed class IdempotencyTests
{
    [Fact]
    public Task A_repeated_request_gets_its_verdict_again_and_nothing_happens() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00       successful
        transfer T1 @world -> Alex 50.00       successful again
        balance Alex 50.00
        height                                 1
        restart
        transfer T1 @world -> Alex 50.00       successful again
        balance Alex 50.00
        """);

    [Fact]
    public Task A_refusal_is_remembered_although_it_would_go_well_now() => LedgerTable.RunAsync("""
        transfer T1 Alex -> Jane 5.00          insufficient_funds
        transfer T2 @world -> Alex 50.00       successful
        transfer T1 Alex -> Jane 5.00          insufficient_funds again
        balance Jane 0.00
        transfer T3 Alex -> Jane 5.00          successful
        """);

    [Fact]
    public Task The_field_that_differs_is_named() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 50.00 at 2026-11-21 memo rent meta a=b                successful
        transfer T1 Dave -> Alex 50.00 at 2026-11-21 memo rent meta a=b                  id_reused from
        transfer T1 @world -> Jane 50.00 at 2026-11-21 memo rent meta a=b                id_reused to
        transfer T1 @world -> Alex 50.01 at 2026-11-21 memo rent meta a=b                id_reused amount
        transfer T1 @world -> Alex 50.00 EUR at 2026-11-21 memo rent meta a=b            id_reused asset
        transfer T1 @world -> Alex 50.00 at 2026-11-22 memo rent meta a=b                id_reused timestamp
        transfer T1 @world -> Alex 50.00 memo rent meta a=b                              id_reused timestamp
        transfer T1 @world -> Alex 50.00 at 2026-11-21 memo Rent meta a=b                id_reused memo
        transfer T1 @world -> Alex 50.00 at 2026-11-21 meta a=b                          id_reused memo
        transfer T1 @world -> Alex 50.00 at 2026-11-21 memo rent meta a=c                id_reused meta
        transfer T1 @world -> Alex 50.00 at 2026-11-21 memo rent                         id_reused meta
        transfer T1 @world -> Alex 50.00 at 2026-11-21 memo rent meta a=b                successful again
        balance Alex 50.00
        height                                                                           1
        """);

    [Fact]
    public Task The_field_that_differs_is_named_for_a_transaction() => LedgerTable.RunAsync("""
        transaction X1 @world -> A 1.00 + @world -> B 1.00 memo m               successful
        transaction X1 @world -> A 1.00 + @world -> B 1.00 memo n               id_reused memo
        transaction X1 @world -> A 1.00 memo m                                  id_reused postings
        transaction X1 @world -> B 1.00 + @world -> A 1.00 memo m               id_reused postings
        transaction X1 @world -> A 1.00 + @world -> B 1.01 memo m               id_reused postings
        transaction X1 @world -> A 1.00 + @world -> B 1.00 EUR memo m           id_reused postings
        transaction X1 @world -> A 1.00 + @world -> B 1.00 memo m               successful again
        """);

    [Fact]
    public Task The_field_that_differs_is_named_for_a_hold_and_what_ends_it() => LedgerTable.RunAsync("""
        hold H1 @world -> Alex 5.00 7d memo m  successful
        hold H1 @world -> Alex 5.00 8d memo m  id_reused expires_in
        hold H1 @world -> Alex 5.00 memo m     id_reused expires_in
        hold H1 @world -> Alex 6.00 7d memo m  id_reused amount
        hold H1 @world -> Jane 5.00 7d memo m  id_reused to
        hold H1 @world -> Alex 5.00 7d         id_reused memo
        hold H2 @world -> Alex 5.00            successful
        capture C1 H1 5.00                     successful
        capture C1 H2 5.00                     id_reused hold
        capture C1 H1 4.00                     id_reused amount
        capture C1 H1                          id_reused amount
        capture C1 H1 5.00                     successful again
        hold H1 @world -> Alex 5.00 7d memo m  successful again
        void V1 H2                             successful
        void V1 H1                             id_reused hold
        void V1 H2                             successful again
        """);

    [Fact]
    public Task A_capture_of_all_is_repeated_as_such() => LedgerTable.RunAsync("""
        hold H1 @world -> Alex 5.00            successful
        capture C1 H1                          successful
        capture C1 H1                          successful again
        capture C1 H1 5.00                     id_reused amount
        balance Alex 5.00
        """);

    [Fact]
    public Task The_field_that_differs_is_named_for_a_revert() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 5.00        successful
        transfer T2 @world -> Alex 6.00        successful
        revert R1 T1                           successful
        revert R1 T2                           id_reused reverts
        revert R1 T1                           successful again
        """);

    [Fact]
    public Task The_field_that_differs_is_named_for_an_account() => LedgerTable.RunAsync("""
        open Alex overdraft 5.00 ceiling 9.00 closed owner alex meta a=b id A1                 ok
        open Alex overdraft 5.00 ceiling 9.00 closed owner alex meta a=b id A1                 ok
        open Jane overdraft 5.00 ceiling 9.00 closed owner alex meta a=b id A1                 id_reused account
        open Alex overdraft 5.00 ceiling 9.00 closed owner alex meta a=b asset EUR id A1       id_reused asset
        open Alex overdraft 6.00 ceiling 9.00 closed owner alex meta a=b id A1                 id_reused overdraft
        open Alex overdraft unlimited ceiling 9.00 closed owner alex meta a=b id A1            id_reused overdraft
        open Alex ceiling 9.00 closed owner alex meta a=b id A1                                id_reused overdraft
        open Alex overdraft 5.00 ceiling none closed owner alex meta a=b id A1                 id_reused ceiling
        open Alex overdraft 5.00 ceiling 9.00 reopened owner alex meta a=b id A1               id_reused closed
        open Alex overdraft 5.00 ceiling 9.00 closed owner jane meta a=b id A1                 id_reused owners
        open Alex overdraft 5.00 ceiling 9.00 closed owner alex meta a=c id A1                 id_reused meta
        height                                                                                 1
        """);

    [Fact]
    public Task An_id_belongs_to_its_first_kind() => LedgerTable.RunAsync("""
        transfer I1 @world -> Alex 5.00        successful
        hold I1 @world -> Alex 5.00            id_reused type
        transaction I1 @world -> Alex 5.00     id_reused type
        capture I1 I1                          id_reused type
        void I1 I1                             id_reused type
        revert I1 I1                           id_reused type
        open Alex id I1                        id_reused type
        transfer @ledger @world -> Alex 5.00   id_reused type
        height                                 1
        """);

    [Fact]
    public Task Malformed_input_uses_up_no_id() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 0.00        invalid amount
        height                                 0
        transfer T1 @world -> Alex 5.00        successful
        """);
}
