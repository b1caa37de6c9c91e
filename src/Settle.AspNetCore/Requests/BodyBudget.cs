namespace Settle.Server;

/// <summary>How many bytes all bodies that are under way may hold together.</summary>
internal sealed class BodyBudget(long bytesMax)
{
    private long _taken;

    /// <summary>Takes some; false when they are not there.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= bytesMax) return true;
        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
