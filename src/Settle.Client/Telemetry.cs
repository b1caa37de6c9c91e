using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Settle;

/// <summary>
/// The one source of spans and the one meter of this process, both named <c>Settle</c>. Nothing is
/// allocated while nobody listens.
/// </summary>
internal static class Telemetry
{
    public const string Name = "Settle";

    /// <summary>The tag that names the ledger.</summary>
    public const string Ledger = "settle.ledger";

    // What exporters take by default; what is beyond it would be dropped there.
    private const int LinksMax = 128;

    private static readonly string? Version = typeof(Telemetry).Assembly.GetName().Version?
        .ToString(3);

    public static ActivitySource Source { get; } = new(Name, Version);

    public static Meter Meter { get; } = new(Name, Version);

    /// <summary>Who asks now; nobody while no spans are wanted.</summary>
    public static ActivityContext Caller =>
        Source.HasListeners() ? Activity.Current?.Context ?? default : default;

    /// <summary>
    /// Starts a span of work that is done for several callers at once: part of the trace of the
    /// first whose trace is recorded, and linked to all others.
    /// </summary>
    /// <returns>Null when nobody wants it.</returns>
    public static Activity? Start(string name, ActivityKind kind,
        IEnumerable<ActivityContext> callers)
    {
        var all = callers.Where(caller => caller != default).Distinct().ToList();
        var parent = all.Find(caller => caller.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        if (parent == default && all.Count > 0) parent = all[0];
        return Source.StartActivity(name, kind, parent, links: all
            .Where(caller => caller != parent).Take(LinksMax)
            .Select(caller => new ActivityLink(caller)));
    }

    /// <summary>Notes on a span that its work failed.</summary>
    public static void Fail(this Activity span, Exception error)
    {
        span.SetStatus(ActivityStatusCode.Error, error.Message);
        span.SetTag("error.type", error is SettleException e ? e.Code : error.GetType().FullName);
    }
}
