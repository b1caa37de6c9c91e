using Xunit;

namespace Settle.Tests.Rules;

/// <summary>Ledgers that want accounts to be opened before money moves.</summary>
public sealed class StrictTests
{
    [Fact]
    public Task Money_moves_only_between_accounts_that_were_opened() => LedgerTable.RunAsync("""
        strict USD on                                                  ok
        transfer T1 @world -> Alex 10.00                               unknown_account
        open Alex                                                      ok
        transfer T2 @world -> Alex 10.00                               successful
        transfer T3 Alex -> Jnae 1.00                                  unknown_account
        transfer T4 Jnae -> Alex 1.00                                  unknown_account
        hold H1 Alex -> Jnae 1.00                                      unknown_account
        transaction X1 @world -> Alex 1.00 + Alex -> Jnae 1.00         unknown_account
        account Jnae                                                   none
        open Jnae                                                      ok
        transfer T5 Alex -> Jnae 1.00                                  successful
        transfer T3 Alex -> Jnae 1.00                                  unknown_account again
        revert R1 T5                                                   successful
        """);

    [Fact]
    public Task It_can_be_switched_on_later_and_off_again() => LedgerTable.RunAsync("""
        transfer T1 @world -> Alex 10.00       successful
        strict USD on                          ok
        transfer T2 @world -> Alex 10.00       successful
        transfer T3 Alex -> Jane 1.00          unknown_account
        restart
        transfer T4 Alex -> Jane 1.00          unknown_account
        strict USD off                         ok
        transfer T5 Alex -> Jane 1.00          successful
        """);

    [Fact]
    public Task What_is_so_already_writes_no_block() => LedgerTable.RunAsync("""
        strict USD on                          ok
        height                                 1
        strict USD on                          ok
        height                                 1
        strict USD off                         ok
        height                                 2
        strict USD off                         ok
        height                                 2
        init USD                               ok
        height                                 2
        strict EUR on                          already_initialized
        """);

    [Fact]
    public Task An_unknown_account_comes_before_what_it_could_spend() => LedgerTable.RunAsync("""
        strict USD on                                          ok
        open Shut closed                                       ok
        transfer T1 Jnae -> Shut 5.00                          unknown_account
        transfer T2 Jnae -> Shut 5 doubloons                   unknown_asset
        transaction X1 Shut -> Alex 1.00 + @world -> Shut 1.00  unknown_account
        """);
}
