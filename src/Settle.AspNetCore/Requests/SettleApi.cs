namespace Settle.Server;

/// <summary>Metadata of every endpoint of an API: what it serves, and how.</summary>
/// <param name="Ledgers">The ledgers.</param>
/// <param name="Runs">The invoice runs under way.</param>
internal sealed record SettleApi(ILedgerDirectory Ledgers, InvoiceRuns Runs)
{
    public const long BodyBytesIfUnset = 8 * 1024 * 1024;

    // Growing, a body holds three times its size for a moment.
    private const int LargestAtOnce = 4;
    private const long BodiesBytesMin = 128 * 1024 * 1024;

    /// <summary>The largest body of a request, in bytes.</summary>
    public long BodyBytesMax
    {
        get;
        init
        {
            field = value;
            Bodies = new BodyBudget(long.Max(BodiesBytesMin, LargestAtOnce * value));
        }
    } = BodyBytesIfUnset;

    /// <summary>What all bodies under way may hold together.</summary>
    public BodyBudget Bodies { get; init; } = new(BodiesBytesMin);

    /// <summary>How often a silent stream of events shows that it lives.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether whoever asks is shown a ledger in the list of them.</summary>
    public Func<HttpContext, ILedger, bool> Shows { get; init; } = (_, _) => true;

    public static SettleApi Of(HttpContext context) =>
        context.GetEndpoint()!.Metadata.GetRequiredMetadata<SettleApi>();
}
