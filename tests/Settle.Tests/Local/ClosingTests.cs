using Xunit;

namespace Settle.Tests.Local;

public sealed class ClosingTests
{
    [Fact]
    public async Task A_ledger_that_several_close_at_once_closes_once()
    {
        using var directory = new TemporaryDirectory();
        for (var i = 0; i < 20; i++)
        {
            var ledger = await Settle.Ledger.OpenAsync(directory.File("bank.db"),
                cancellationToken: TestContext.Current.CancellationToken);
            var last = ledger.TransferAsync("@world", "a", Money.Of(1));
            using var ready = new Barrier(4);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(which => Task.Run(async () =>
            {
                ready.SignalAndWait();
                if (which % 2 == 0) await ledger.DisposeAsync();
                else ledger.Dispose();
            })));
            // What was decided is told on a thread of its own.
            await Task.WhenAny(last, Task.Delay(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
            Assert.True(last.IsCompleted);
        }
    }
}
