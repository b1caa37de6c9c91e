using Settle.Local;
using Xunit;

namespace Settle.Tests.Local;

/// <summary>
/// Holds that between the last block of a request and its answer nothing is read: neither the state and its index
/// under their lock, nor a block.
/// </summary>
internal sealed class UnreadAnswers
{
    private readonly LocalLedger _ledger;
    private readonly WatchedStore _store;
    private (long Slices, int Reads)? _atBlock;

    public UnreadAnswers(LocalLedger ledger, WatchedStore store)
    {
        (_ledger, _store) = (ledger, store);
        store.Created = () => _atBlock = Count();
    }

    /// <summary>How many answers were held against what was read for them.</summary>
    public int Answers { get; private set; }

    /// <param name="ask">Asks for something new, alone.</param>
    /// <param name="hasDocuments">
    /// Whether documents of invoices are written before it is answered. They are made of the block, as they are for a
    /// process that ended before it could: three looks at the state, two more to find the first that is missing, and
    /// one more whether any came while they were written beside the run.
    /// </param>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, bool hasDocuments = false)
    {
        _atBlock = null;
        var answer = await ask();
        if (_atBlock is not { } before) return answer;
        var after = Count();
        Answers++;
        Assert.Contains((after.Slices - before.Slices, after.Reads - before.Reads),
            hasDocuments ? ((long, int)[])[(3, 1), (4, 1), (5, 1), (6, 1)] : [(0, 0)]);
        return answer;
    }

    private (long Slices, int Reads) Count()
    {
        lock (_ledger.State.Lock) return (_ledger.Reader.Work.Slices, _store.Reads);
    }
}
