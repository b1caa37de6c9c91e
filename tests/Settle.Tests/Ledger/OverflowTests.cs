using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace Settle.Tests.Rules;

/// <summary>Totals have 128 bits, and leaving their range is a refusal, not a wrong number.</summary>
public sealed class OverflowTests
{
    // The most that a total may be; nobody gets there by transfers of 2^53-1.
    private static readonly Int128 TotalMax = Int128.MaxValue / 2;

    [Fact]
    public void A_total_beyond_the_range_is_refused()
    {
        var ledger = WithBalance(TotalMax - 10);
        Assert.Equal(RefusalCode.None, Settle(ledger, "transfer T1 @world -> Rich 10"));
        Assert.Equal(TotalMax, ledger.Balance("Rich", "USD").Balance);
        Assert.Equal(-TotalMax, ledger.Balance("@world", "USD").Balance);
        Assert.Equal(RefusalCode.Overflow, Settle(ledger, "transfer T2 @world -> Rich 1"));
        Assert.Equal(RefusalCode.Overflow, Settle(ledger, "transfer T3 @world -> Alex 1"));
        Assert.Equal(RefusalCode.Overflow, Settle(ledger, "hold H1 @world -> Alex 1"));
        Assert.Equal(RefusalCode.Overflow, Settle(ledger, "transaction X1 @world -> Rich 1 + @world -> Alex 2"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "transaction X2 @world -> Rich 1 + Rich -> @world 1"));
        Assert.Equal(TotalMax, ledger.Balance("Rich", "USD").Balance);
        Assert.Equal(RefusalCode.None, Settle(ledger, "transfer T4 Rich -> @world 9007199254740991"));
    }

    [Fact]
    public void A_capture_and_a_revert_beyond_the_range_are_refused()
    {
        var ledger = WithBalance(TotalMax - 10);
        Assert.Equal(RefusalCode.None, Settle(ledger, "transfer T1 Rich -> Alex 20"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "hold H1 Alex -> Rich 20"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "transfer T2 @world -> Rich 10"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "void V1 H1"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "transfer T3 Alex -> Rich 20"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "transfer T4 Rich -> Bob 30"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "transfer T5 Rich -> Bob 1"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "hold H2 Bob -> Rich 30"));
        // Money from elsewhere, as no real ledger could have: the capture would not fit any more.
        var book = Patched(ledger.Book, "Rich", _ => TotalMax - 29);
        ledger.Replace(book);
        Assert.Equal(RefusalCode.Overflow, Settle(ledger, "capture C1 H2"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "capture C2 H2 29"));
        Assert.Equal(RefusalCode.Overflow, Settle(ledger, "revert R1 T5"));
    }

    [Fact]
    public void Other_refusals_come_before_overflow()
    {
        var ledger = WithBalance(TotalMax);
        Assert.Equal(RefusalCode.InsufficientFunds, Settle(ledger, "transfer T1 Poor -> Rich 1"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "open Purse ceiling 0"));
        Assert.Equal(RefusalCode.LimitExceeded, Settle(ledger, "transfer T2 @world -> Purse 1"));
        Assert.Equal(RefusalCode.InsufficientFunds,
            Settle(ledger, "transaction X1 @world -> Rich 1 + Poor -> Bob 1"));
        Assert.Equal(RefusalCode.LimitExceeded,
            Settle(ledger, "transaction X2 @world -> Rich 1 + @world -> Purse 1"));
    }

    [Fact]
    public void Holds_without_end_are_refused_in_time()
    {
        var ledger = WithBalance(TotalMax - 1);
        Assert.Equal(RefusalCode.None, Settle(ledger, "hold H1 @world -> Alex 1"));
        Assert.Equal(RefusalCode.Overflow, Settle(ledger, "hold H2 @world -> Alex 1"));
        Assert.Equal(RefusalCode.Overflow, Settle(ledger, "transfer T1 @world -> Alex 1"));
        Assert.Equal(RefusalCode.None, Settle(ledger, "capture C1 H1"));
    }

    private static RefusalCode Settle(CoreLedger ledger, string request)
    {
        ledger.Begin(ledger.Book.Time);
        var decided = ledger.Settle(RequestTexts.Batch(request));
        ledger.End();
        return decided.Refusal;
    }

    /// <summary>A ledger in which Rich has so much, which the world lacks.</summary>
    private static CoreLedger WithBalance(Int128 balance)
    {
        var ledger = new CoreLedger();
        ledger.Begin(0);
        ledger.Settle(RequestTexts.Batch("ledger USD 2"));
        ledger.Settle(RequestTexts.Batch("transfer T0 @world -> Rich 1"));
        ledger.End();
        ledger.Replace(Patched(ledger.Book, "Rich", _ => balance));
        ledger.Replace(Patched(ledger.Book, "@world", _ => -balance));
        return ledger;
    }

    private static Book Patched(Book book, string account, Func<Int128, Int128> change)
    {
        var bytes = new MemoryStream();
        book.Save(part =>
        {
            var copy = part.ToArray();
            if (copy.Length == book.PositionCount * Unsafe.SizeOf<Position>() && book.PositionCount > 0)
            {
                foreach (ref var position in MemoryMarshal.Cast<byte, Position>(copy.AsSpan()))
                {
                    if (book.AccountName(position.Account) == account)
                        position.Balance = change(position.Balance);
                }
            }
            bytes.Write(copy);
        });
        bytes.Position = 0;
        return Book.Load(bytes.ReadExactly);
    }
}
