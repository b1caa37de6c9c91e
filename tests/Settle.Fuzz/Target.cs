namespace Settle.Fuzz;

/// <summary>A reader of outside bytes, and what it begins with.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Seeds">Good inputs.</param>
/// <param name="Words">Pieces that inputs are made of.</param>
/// <param name="Read">
/// Reads one input. It catches the exceptions that the reader documents; any other is a fault.
/// </param>
internal sealed record Target(
    string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Words, Action<byte[]> Read)
{
    /// <summary>An input is never longer than this, in bytes.</summary>
    public const int InputBytesMax = 16 * 1024;

    /// <summary>
    /// What reading one input may allocate, in bytes: a reader whose work grows faster than its
    /// input goes beyond it.
    /// </summary>
    public long AllocatedMax { get; init; } = 16 * 1024 * 1024;

    /// <exception cref="FuzzFaultException">The reader did what it must not.</exception>
    public void Run(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(input);
        }
        catch (Exception e) when (e is not FuzzFaultException)
        {
            throw new FuzzFaultException($"threw {e.GetType().Name}: {e.Message}", e);
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > AllocatedMax)
            throw new FuzzFaultException($"allocated {allocated} bytes for {input.Length}");
    }
}
