using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Settle.Settling;

/// <summary>How time passes on this machine whatever its clock is set to, sleep included.</summary>
internal static partial class MachineTime
{
    private const int BootTime = 7;

    // What Linux calls TIME_ERROR.
    private const int Unsynchronized = 5;

    // More than its struct timex has on any machine.
    private const int AdjustmentBytes = 1024;

    /// <summary>
    /// How long the machine has been on; null where that is not known, or where the clock is
    /// another one and has no measure of its own.
    /// </summary>
    public static TimeSpan? Of(TimeProvider clock)
    {
        if (clock != TimeProvider.System) return OfAnother(clock);
        if (OperatingSystem.IsWindows())
            return TimeSpan.FromMilliseconds(Environment.TickCount64);
        return OperatingSystem.IsLinux() && Look(BootTime, out var time) == 0
            ? new TimeSpan(((long)time.Seconds * TimeSpan.TicksPerSecond)
                + ((long)time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : null;
    }

    /// <summary>
    /// Whether nobody keeps this clock right, as the kernel says; false where it does not say.
    /// </summary>
    public static bool IsUnkept(TimeProvider clock)
    {
        if (clock != TimeProvider.System) return true;
        if (!OperatingSystem.IsLinux()) return false;
        // Nothing is asked to be adjusted.
        Span<byte> adjustment = stackalloc byte[AdjustmentBytes];
        adjustment.Clear();
        return Adjust(ref adjustment[0]) == Unsynchronized;
    }

    // A clock that only says another time measures with the machine's stopwatch.
    private static TimeSpan? OfAnother(TimeProvider clock)
    {
        var before = Stopwatch.GetTimestamp();
        var measured = clock.GetTimestamp();
        return measured >= before && measured <= Stopwatch.GetTimestamp()
            ? null : clock.GetElapsedTime(0, measured);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Look(int clock, out Time time);

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Adjust(ref byte adjustment);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
