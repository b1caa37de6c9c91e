using Settle.Scheduling;

namespace Settle.Simulation;

/// <summary>Runs a ledger's work at once, inside of the step that it waited for.</summary>
internal sealed class ExploredScheduler(string writer) : Scheduler
{
    public override bool AnswersInline => true;

    // Explored is the harder order: the next block is decided while one is written.
    public override TimeSpan LongWrite => TimeSpan.MaxValue;

    public override Task StartAsync(Func<Task> loop) => loop();

    public override Task CancelAsync(CancellationTokenSource end)
    {
        end.Cancel();
        return Task.CompletedTask;
    }

    public override Task<T> WriteAsync<T>(Func<Task<T>> write) => write();

    public override string NewWriterId() => writer;
}
