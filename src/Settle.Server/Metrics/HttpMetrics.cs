using System.Diagnostics.Metrics;

namespace Settle.Server;

/// <summary>What the server counts itself; ASP.NET counts requests and their durations.</summary>
internal sealed class HttpMetrics
{
    public const string MeterName = "Settle.Server";
    private readonly Counter<long> _decided;

    public HttpMetrics(IMeterFactory meters) =>
        _decided = meters.Create(MeterName).CreateCounter<long>("settle.transfers",
            description: "Transfers decided for callers over HTTP, by verdict");

    public void Decided(string ledger, RefusalCode refusal, long count) =>
        _decided.Add(count, new("ledger", ledger),
            new("verdict", refusal == RefusalCode.None ? "successful" : refusal.Text()));

    public void Decided(string ledger, ReadOnlySpan<Verdict> verdicts)
    {
        Span<int> counts = stackalloc int[(int)RefusalCode.NothingToInvoice + 1];
        foreach (var verdict in verdicts) counts[(int)verdict.Refusal]++;
        for (var code = 0; code < counts.Length; code++)
            if (counts[code] > 0) Decided(ledger, (RefusalCode)code, counts[code]);
    }
}
