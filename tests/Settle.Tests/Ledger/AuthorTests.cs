using Xunit;

namespace Settle.Tests.Rules;

/// <summary>Who may spend by a document (L9).</summary>
public sealed class AuthorTests
{
    private readonly CoreLedger _ledger = new();

    public AuthorTests() => Decide(RefusalCode.None, "ledger USD 2",
        "open wallet owner ann owner bob", "open shut closed owner ann",
        "transfer T0 @world -> wallet 100", "transfer T1 @world -> orphan 100");

    [Fact]
    public void An_owner_and_a_teller_may_spend_and_nobody_else()
    {
        Decide(RefusalCode.None, "transfer A1 wallet -> shop 10 by ann",
            "transfer A2 wallet -> shop 10 by bob", "transfer A3 wallet -> shop 10 by tess teller");
        Decide(RefusalCode.NotAllowed, "transfer B1 wallet -> shop 10 by eve",
            "transfer B2 wallet -> shop 10 by an", "transfer B3 orphan -> shop 10 by ann",
            "transfer B4 nobody -> shop 10 by ann", "transfer B5 @world -> shop 10 by ann");
        Decide(RefusalCode.None, "transfer C1 @world -> shop 10 by tess teller");
        Assert.Equal((70, 70), _ledger.Balance("wallet", "USD"));
        Assert.Equal((100, 100), _ledger.Balance("orphan", "USD"));
    }

    [Fact]
    public void An_owner_of_the_world_is_no_teller()
    {
        Decide(RefusalCode.None, "open @world owner ann");
        Decide(RefusalCode.NotAllowed, "transfer B1 @world -> shop 10 by ann");
    }

    [Fact]
    public void Without_an_author_the_caller_has_let_them_in() =>
        Decide(RefusalCode.None, "transfer A1 orphan -> shop 10");

    [Fact]
    public void A_stranger_learns_nothing_about_the_account()
    {
        Decide(RefusalCode.NotAllowed, "transfer B1 wallet -> shop 100000 by eve",
            "transfer B2 shut -> shop 1 by eve", "transfer B3 wallet -> shop 5 doubloons by eve");
        Decide(RefusalCode.AccountClosed, "transfer B4 shut -> shop 1 by ann");
        Decide(RefusalCode.InsufficientFunds, "transfer B5 wallet -> shop 100000 by ann");
    }

    [Fact]
    public void Who_signed_is_a_part_of_the_content()
    {
        Decide(RefusalCode.None, "transfer A1 wallet -> shop 10 by ann",
            "transfer A1 wallet -> shop 10 by ann");
        Decide(RefusalCode.IdReused, "transfer A1 wallet -> shop 10 by bob",
            "transfer A1 wallet -> shop 10", "transfer A1 wallet -> shop 10 by ann teller");
    }

    [Fact]
    public void New_owners_take_the_place_of_the_old_ones()
    {
        _ledger.Begin(2);
        var batch = RequestTexts.Batch("open wallet owner eve");
        batch[0].Id = batch.Append("id", "again");
        RequestRules.Check(batch, ref batch[0]);
        Assert.Equal(RefusalCode.None, _ledger.Settle(batch).Refusal);
        _ledger.End();
        Decide(RefusalCode.None, "transfer A1 wallet -> shop 10 by eve");
        Decide(RefusalCode.NotAllowed, "transfer A2 wallet -> shop 10 by ann");
    }

    private void Decide(RefusalCode expected, params string[] requests)
    {
        _ledger.Begin(_ledger.Book.Time + 1);
        foreach (var request in requests)
            Assert.Equal((request, expected),
                (request, _ledger.Settle(RequestTexts.Batch(request)).Refusal));
        _ledger.End();
    }
}
