namespace Settle;

/// <summary>Progress of a part of the work, with its name.</summary>
internal sealed class PhaseProgress(IProgress<WorkProgress> whole, string phase)
    : IProgress<WorkProgress>
{
    public static IProgress<WorkProgress>? Of(IProgress<WorkProgress>? whole, string phase) =>
        whole is null ? null : new PhaseProgress(whole, phase);

    public void Report(WorkProgress value) => whole.Report(value with { What = phase });
}
