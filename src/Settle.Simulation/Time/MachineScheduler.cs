using Settle.Scheduling;

namespace Settle.Simulation;

/// <summary>Runs a ledger's work on the timeline instead of threads.</summary>
internal sealed class MachineScheduler(
    Timeline timeline, Machine owner, Action? step = null) : Scheduler
{
    private const long BreathMax = 200;

    public override bool AnswersInline => true;

    // Some decide the next block while one is written, some wait for it.
    public override TimeSpan LongWrite { get; } =
        timeline.Dice.Chance(500) ? TimeSpan.Zero : TimeSpan.MaxValue;

    public override async Task StartAsync(Func<Task> loop)
    {
        await BreatheAsync().ConfigureAwait(false);
        await loop().ConfigureAwait(false);
    }

    // Elsewhere is nowhere: all that happens, happens on the timeline.
    public override Task CancelAsync(CancellationTokenSource end)
    {
        end.Cancel();
        return Task.CompletedTask;
    }

    public override async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        await BreatheAsync().ConfigureAwait(false);
        return await write().ConfigureAwait(false);
    }

    public override async Task KeepAsync(Func<Task> write)
    {
        await BreatheAsync().ConfigureAwait(false);
        await write().ConfigureAwait(false);
    }

    public override ValueTask StepAsync()
    {
        step?.Invoke();
        // Who died in it goes no further.
        return owner.IsAlive && timeline.Dice.Chance(500) ? default : new(BreatheAsync());
    }

    public override ValueTask PauseAsync() => new(BreatheAsync());

    public override string NewWriterId() => owner.Name;

    public override byte[] NewSalt(int bytes)
    {
        var salt = new byte[bytes];
        for (var i = 0; i < bytes; i++) salt[i] = (byte)timeline.Dice.Next();
        return salt;
    }

    private Task BreatheAsync() =>
        timeline.DelayAsync(timeline.Dice.Between(0, BreathMax), owner);
}
