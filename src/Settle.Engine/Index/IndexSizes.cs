namespace Settle.Index;

/// <summary>When an index writes what; tests and simulations want it sooner.</summary>
internal sealed record IndexSizes
{
    /// <summary>When so many ids have gathered, they become a run.</summary>
    public int RowsMax { get; init; } = 250_000;

    /// <summary>
    /// So few rows are not worth a run when a ledger is closed: reading their blocks is quick.
    /// </summary>
    public int RowsMin => int.Max(1, RowsMax / 32);

    /// <summary>So many more ids gather while another process writes.</summary>
    public int RowsMore => int.Max(1, RowsMax / 8);

    /// <summary>
    /// So many neighbouring runs of ids become one. A repeated id asks the filter of every run, so
    /// these are kept few.
    /// </summary>
    public int IdFanout { get; init; } = 16;

    /// <summary>
    /// So many neighbouring runs of movements become one. They are only read for people, newest
    /// first, and there are four times as many bytes of them.
    /// </summary>
    public int MovementFanout { get; init; } = 64;
}
