using System.Threading.RateLimiting;

namespace Settle.Server;

/// <summary>
/// How much heavy work of one kind may go on in one ledger at once. What comes on top waits, and
/// when too much waits it is refused.
/// </summary>
internal static class WorkGates
{
    private const int WaitingMax = 256;

    private static readonly PartitionedRateLimiter<(ILedger Ledger, WorkKind Kind)> Limiter =
        PartitionedRateLimiter.Create<(ILedger Ledger, WorkKind Kind), (ILedger, WorkKind)>(
            static work => RateLimitPartition.GetConcurrencyLimiter(work, static work => new()
            {
                PermitLimit = work.Item2 == WorkKind.BankStatement ? 1
                    : int.Max(2, Environment.ProcessorCount),
                QueueLimit = WaitingMax,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }));

    /// <exception cref="HttpProblemException">Too much is waiting already.</exception>
    public static async Task<T> RunAsync<T>(ILedger ledger, WorkKind kind, Func<Task<T>> work,
        CancellationToken cancellation)
    {
        using var turn = await Limiter.AcquireAsync((ledger, kind), 1, cancellation)
            .ConfigureAwait(false);
        return turn.IsAcquired ? await work().ConfigureAwait(false)
            : throw new HttpProblemException("busy",
                "too many requests wait for others of their kind; send it again in a moment");
    }
}
