namespace Settle.Simulation;

/// <summary>What one seed gave.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Violation">The first promise that was broken; null for none.</param>
/// <param name="Steps">How many events there were.</param>
/// <param name="Fingerprint">Of all of them.</param>
/// <param name="Trace">What happened, if it was kept.</param>
/// <param name="Came">The numbers of what came by chance.</param>
internal sealed record SimulatedRun(ulong Seed, Violation? Violation, long Steps, ulong Fingerprint,
    IReadOnlyList<string> Trace, IReadOnlyList<int> Came)
{
    public static SimulatedRun Of(ulong seed, Timeline timeline, Func<Violation?> world)
    {
        Violation? violation;
        try
        {
            violation = world();
        }
        catch (Exception e)
        {
            violation = new Violation("exception", e.ToString());
        }
        return new SimulatedRun(
            seed, violation, timeline.Steps, timeline.Fingerprint, timeline.Trace.Lines,
            timeline.Dice.Chances.Came);
    }
}
