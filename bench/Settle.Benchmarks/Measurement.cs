namespace Settle.Benchmarks;

/// <summary>One line of the result.</summary>
/// <param name="Workload">Its name.</param>
/// <param name="Transfers">How many transfers were made, all of them durable and indexed.</param>
/// <param name="Batch">How many transfers one call carries.</param>
/// <param name="InFlight">How many calls wait at a time.</param>
/// <param name="PerSecond">Transfers a second.</param>
/// <param name="Note">Conditions and what else was seen.</param>
public sealed record Measurement(
    string Workload, long Transfers, int Batch, int InFlight, double PerSecond, string Note = "")
{
    /// <summary>Times the baseline "by hand" of the same shape; null without one.</summary>
    public double? TimesByHand { get; init; }

    /// <summary>The share of the baseline "limit" of the same shape; null without one.</summary>
    public double? ShareOfLimit { get; init; }
}
