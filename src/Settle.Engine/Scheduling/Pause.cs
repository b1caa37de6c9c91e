namespace Settle.Scheduling;

/// <summary>
/// A pause by any clock. A cancelled caller continues at once, where it was cancelled; a
/// <see cref="Task.Delay(TimeSpan)"/> would go on elsewhere, which a simulation could not order.
/// </summary>
internal static class Pause
{
    public static async Task ForAsync(
        TimeSpan time, TimeProvider clock, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var over = new TaskCompletionSource();
        using var timer = clock.CreateTimer(
            _ => over.TrySetResult(), null, time, Timeout.InfiniteTimeSpan);
        using var end = cancellation.UnsafeRegister(_ => over.TrySetCanceled(cancellation), null);
        await over.Task.ConfigureAwait(false);
    }
}
