using System.Collections.Concurrent;
using Settle.Local;

namespace Settle.Server;

/// <summary>
/// Checks ledgers as they are served: a chain at a time, because each is decided again from its
/// first block, with all of its accounts in memory.
/// </summary>
internal sealed partial class Verifications(
    LedgerHost host, TimeProvider clock, ILogger<Verifications> log) : IAsyncDisposable
{
    private const int FaultsMax = 100;

    private readonly ConcurrentDictionary<string, VerificationState> _states =
        new(StringComparer.Ordinal);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private Task _running = Task.CompletedTask;

    public VerificationState Of(string ledger) =>
        _states.GetValueOrDefault(ledger) ?? new VerificationState("none");

    /// <summary>Begins to check a ledger, unless it is being checked already.</summary>
    /// <exception cref="HttpProblemException">Another ledger is being checked.</exception>
    public async Task<VerificationState> StartAsync(
        string name, CancellationToken cancellation)
    {
        if (host.Get(name) is not LocalLedger ledger)
        {
            throw new InvalidRequestException("ledger",
                "is kept by another server; let that one check it");
        }
        var info = await ledger.GetInfoAsync(cancellation).ConfigureAwait(false);
        lock (_starting)
        {
            var state = Of(name);
            if (state.State == "running") return state;
            if (!_running.IsCompleted)
            {
                throw new HttpProblemException("busy",
                    "another ledger is being checked; try again when that has ended");
            }
            state = new VerificationState("running")
            {
                Started = clock.GetUtcNow(), Height = info.Height, Hash = info.Hash, Blocks = 0,
            };
            _states[name] = state;
            // It goes on when whoever asked has left.
            _running = Task.Run(() => RunAsync(name, ledger, state), CancellationToken.None);
            return state;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(string name, LocalLedger ledger, VerificationState state)
    {
        try
        {
            var report = await LedgerVerification.VerifyAsync(ledger.Store,
                new Blocks(done => _states[name] = state with { Blocks = done }), _stop.Token)
                .ConfigureAwait(false);
            _states[name] = state with
            {
                State = "done",
                Ended = clock.GetUtcNow(),
                Blocks = report.Blocks,
                Entries = report.Entries,
                Accounts = report.Accounts,
                FaultCount = report.Faults.Count,
                Faults = [.. report.Faults.Take(FaultsMax).Select(fault =>
                    new VerifiedFault(fault.Height, fault.Message)
                    {
                        Entry = fault.Entry, Id = fault.Id,
                    })],
            };
            if (!report.IsClean) LogFaults(log, name, report.Faults[0].Message);
        }
        catch (Exception e) when (e is SettleException or OperationCanceledException
            or IOException or ObjectDisposedException)
        {
            LogFailed(log, name, e);
            _states[name] = state with
            {
                State = "failed", Ended = clock.GetUtcNow(),
                Error = e is SettleException ? e.Message : "it was stopped",
            };
        }
    }

    [LoggerMessage(LogLevel.Error, "Checking the ledger {Ledger} found faults, first: {Fault}")]
    private static partial void LogFaults(ILogger logger, string ledger, string fault);

    [LoggerMessage(LogLevel.Warning, "Checking the ledger {Ledger} did not end")]
    private static partial void LogFailed(ILogger logger, string ledger, Exception error);

    private sealed class Blocks(Action<long> tell) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => tell(value.Done);
    }
}
