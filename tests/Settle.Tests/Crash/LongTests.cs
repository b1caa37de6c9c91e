using Xunit;

namespace Settle.Tests.Crash;

/// <summary>Tests that take minutes run when asked for: <c>SETTLE_LONG=1 ./test</c>.</summary>
internal static class LongTests
{
    public static bool Wanted { get; } = Environment.GetEnvironmentVariable("SETTLE_LONG") == "1";

    public static void SkipUnlessWanted() =>
        Assert.SkipUnless(Wanted, "takes minutes; set SETTLE_LONG=1");
}
