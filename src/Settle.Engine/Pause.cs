namespace Settle;

/// <summary>
/// A pause by any clock. Who is told to end goes on at once, where it was told; a
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
        using var end = cancellation.UnsafeRegister(
            _ => over.TrySetCanceled(cancellation), null);
        await over.Task.ConfigureAwait(false);
    }
}
