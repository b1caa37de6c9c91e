using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Settle.State;

namespace Settle.Settling;

/// <summary>
/// What one ledger measures. The instruments are the process's, and the tag
/// <c>settle.ledger</c> is the ledger's name. Ledgers of one name are measured as one: their
/// counts are added, the height is the highest, and they are up while all of them are. Decisions
/// and blocks are counted only while somebody listens.
/// </summary>
internal sealed class LedgerMetrics(string ledger, LedgerState state)
{
    private static readonly int Kinds = Enum.GetValues<EntryKind>().Length;
    private static readonly int Outcomes = Enum.GetValues<RefusalCode>().Length;

    private static readonly Counter<long> DecisionCount = Telemetry.Meter.CreateCounter<long>(
        "settle.decisions", "{decision}", "Requests decided, by kind and outcome");

    private static readonly Histogram<int> BlockSize = Telemetry.Meter.CreateHistogram<int>(
        "settle.block.entries", "{entry}", "Entries in one block", null,
        new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 64, 256, 1024, 4096, 16_384] });

    private static readonly Histogram<double> WriteTime = Telemetry.Meter.CreateHistogram<double>(
        "settle.block.write.duration", "s", "How long it took until a block was durable", null,
        new()
        {
            HistogramBucketBoundaries =
                [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5, 10],
        });

    // Weak: a ledger that nobody closed must not stay in memory for its figures.
    private static readonly ConditionalWeakTable<LedgerMetrics, Settler> Open = [];

    private readonly KeyValuePair<string, object?> _tag = new(Telemetry.Ledger, ledger);
    private long _blocksAtStart;
    private long _racesLost;

    static LedgerMetrics()
    {
        var meter = Telemetry.Meter;
        meter.CreateObservableUpDownCounter("settle.queue.length",
            () => Read((_, settler) => settler.Waiting, Enumerable.Sum), "{call}",
            "Calls that wait for a block");
        meter.CreateObservableUpDownCounter("settle.sites.waiting",
            () => Read((_, settler) => settler.WaitingForSites, Enumerable.Sum), "{call}",
            "Calls that wait for money of other sites");
        meter.CreateObservableUpDownCounter("settle.holds.open",
            () => Read((each, _) => each.Book.OpenHoldCount, Enumerable.Sum), "{hold}",
            "Holds that are open");
        meter.CreateObservableUpDownCounter("settle.accounts",
            () => Read((each, _) => each.Book.DurableUsedAccountCount, Enumerable.Sum), "{account}",
            "Accounts that exist");
        meter.CreateObservableCounter("settle.entries",
            () => Read((each, _) => each.Book.DurableEntryCount, Enumerable.Sum), "{entry}",
            "Entries of the chain");
        meter.CreateObservableGauge("settle.height",
            () => Read((each, _) => each.Height, Enumerable.Max), "{block}",
            "Height of the newest block");
        meter.CreateObservableGauge("settle.up",
            () => Read((_, settler) => settler.Fatal is null ? 1 : 0, Enumerable.Min), null,
            "1 while the ledger settles, 0 when it has stopped itself");
        meter.CreateObservableGauge("settle.block.age",
            () => Read((each, settler) => settler.SecondsSince(each.Time), Enumerable.Min), "s",
            "Seconds since the newest block; below 0 if it lies in this machine's future");
        meter.CreateObservableGauge("settle.index.writable",
            () => Read((_, settler) => settler.IndexFault is null ? 1 : 0, Enumerable.Min), null,
            "1 while the index can be written; 0 while it cannot, and the ledger goes on without");
        meter.CreateObservableGauge("settle.writable",
            () => Read((_, settler) => settler.Obstacle is null ? 1 : 0, Enumerable.Min), null,
            "1 while the ledger can be written, as far as is known; 0 while it cannot");
        meter.CreateObservableCounter("settle.blocks.foreign", () => Measure(
            each => each.Key.ForeignBlocks, Enumerable.Sum), "{block}", "Blocks of other writers");
        // Observed, so that it is there, as 0, before the first race is lost.
        meter.CreateObservableCounter("settle.races.lost", () => Measure(
            each => Interlocked.Read(ref each.Key._racesLost), Enumerable.Sum), "{race}",
            "Heights that another writer's block won");
    }

    /// <summary>Begins to be seen, once the chain was read to its end.</summary>
    public void Start(Settler settler)
    {
        _blocksAtStart = state.BlocksFromOthers;
        Open.Add(this, settler);
    }

    public void Stop() => Open.Remove(this);

    public void LoseRace() => Interlocked.Increment(ref _racesLost);

    /// <summary>A block is durable.</summary>
    public void Wrote(int entries, TimeSpan duration)
    {
        if (!BlockSize.Enabled && !WriteTime.Enabled) return;
        Tell((Me: this, Entries: entries, duration.TotalSeconds), static block =>
        {
            BlockSize.Record(block.Entries, block.Me._tag);
            WriteTime.Record(block.TotalSeconds, block.Me._tag);
        });
    }

    /// <summary>Requests are decided for good; their jobs are not answered yet.</summary>
    public void Decided(List<JobPart> parts)
    {
        if (DecisionCount.Enabled) Tell((Me: this, parts), static it => it.Me.Count(it.parts));
    }

    private void Count(List<JobPart> parts)
    {
        Span<long> counts = stackalloc long[Kinds * Outcomes];
        foreach (var part in parts)
        {
            for (var i = part.First; i < part.First + part.Count; i++)
            {
                var verdict = part.Job.Verdicts[i];
                if (!verdict.Replayed)
                    counts[((int)part.Job.Batch[i].Kind * Outcomes) + (int)verdict.Refusal]++;
            }
        }
        for (var at = 0; at < counts.Length; at++)
        {
            if (counts[at] == 0) continue;
            var refusal = (RefusalCode)(at % Outcomes);
            DecisionCount.Add(counts[at], _tag,
                new("settle.entry.kind", ((EntryKind)(at / Outcomes)).Text()),
                new("settle.outcome",
                    refusal == RefusalCode.None ? "successful" : refusal.Text()));
        }
    }

    /// <summary>A span for the write of a block, in the traces of those it answers.</summary>
    public Activity? Trace(Draft draft)
    {
        Activity? span = null;
        Tell(draft, it => span = Telemetry.Start("write block", ActivityKind.Internal,
            it.Parts.Select(part => part.Job.Caller)));
        return span?.SetTag(Telemetry.Ledger, ledger)
            .SetTag("settle.block.height", draft.Builder.Height)
            .SetTag("settle.block.entries", draft.Builder.EntryCount);
    }

    /// <summary>The write that a span is of has ended.</summary>
    public static void Traced(Activity? span, WriteOutcome outcome)
    {
        if (span is null) return;
        if (outcome.Error is { } error) span.Fail(error);
        else span.SetTag("settle.block.outcome", outcome.IsOurs ? "created" : "lost");
        Tell(span, static it => it.Dispose());
    }

    // Listeners run on the settling loop. One that throws must not stop it, or take the answer from
    // somebody whose block is durable: its own process is told, as of an exception in a timer.
    private static void Tell<T>(T what, Action<T> listeners)
    {
        try
        {
            listeners(what);
        }
        catch (Exception e)
        {
            System.Diagnostics.Trace.TraceError(
                $"a listener of Settle's metrics or traces failed: {e}");
        }
    }

    private long ForeignBlocks => state.BlocksFromOthers - _blocksAtStart;

    private static IEnumerable<Measurement<long>> Read(
        Func<LedgerState, Settler, long> read, Func<IEnumerable<long>, long> together) =>
        Measure(each => each.Key.Locked(each.Value, read), together);

    private static IEnumerable<Measurement<long>> Measure(
        Func<KeyValuePair<LedgerMetrics, Settler>, long> read,
        Func<IEnumerable<long>, long> together) =>
        Open.GroupBy(each => each.Key._tag)
            .Select(same => new Measurement<long>(together(same.Select(read)), same.Key));

    private long Locked(Settler settler, Func<LedgerState, Settler, long> read)
    {
        lock (state.Lock) return read(state, settler);
    }
}
