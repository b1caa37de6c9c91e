using System.Diagnostics;

namespace Settle.Fuzz;

/// <summary>Runs targets one after the other and says what came of it.</summary>
/// <param name="seed">What chance begins with.</param>
/// <param name="runs">How many inputs each target gets, unless there is a time.</param>
/// <param name="time">How long each target runs; zero for as many inputs as said.</param>
internal sealed class Campaign(int seed, int runs, TimeSpan time)
{
    // A reader that is not done by then hangs, or its work is not bounded by its input.
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(30);

    private byte[] _current = [];
    private string _name = "";
    private long _since = long.MaxValue;

    /// <returns>The exit status: 0 when no reader broke its promise.</returns>
    public int Run(IReadOnlyList<Target> targets, CancellationToken cancellation)
    {
        Console.WriteLine($"seed {seed}");
        Console.WriteLine($"{"reader",-18}{"inputs",12}{"a second",10}{"kept",7}{"edges",8}  faults");
        using var watch = new Timer(_ => CheckHang(), null, HangsAfter, TimeSpan.FromSeconds(1));
        var faults = 0;
        foreach (var target in targets)
        {
            if (cancellation.IsCancellationRequested) return 130;
            faults += Run(target, cancellation);
        }
        return faults == 0 ? 0 : 1;
    }

    private int Run(Target target, CancellationToken cancellation)
    {
        var chance = new Random(seed);
        var (coverage, mutator) = (new Coverage(), new Mutator(chance, target.Words));
        var kept = new List<byte[]>();
        var faults = new Dictionary<string, (string File, Exception Fault)>(StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; !IsOver(count, watch.Elapsed) && !cancellation.IsCancellationRequested; count++)
        {
            var input = count < target.Seeds.Count ? target.Seeds[count]
                : mutator.Mutate(Pick(kept, chance, target), Pick(kept, chance, target));
            (_current, _name) = (input, target.Name);
            Volatile.Write(ref _since, Stopwatch.GetTimestamp());
            Coverage.Clear();
            try
            {
                target.Run(input);
            }
            catch (FuzzFaultException e)
            {
                var kind = $"{e.InnerException?.GetType().Name}{Where(e)}";
                if (!faults.ContainsKey(kind)) faults[kind] = (Keep(target.Name, input), e);
            }
            Volatile.Write(ref _since, long.MaxValue);
            if (coverage.Add()) kept.Add(input);
        }
        Console.WriteLine($"{target.Name,-18}{count,12:N0}{count / watch.Elapsed.TotalSeconds,10:N0}"
            + $"{kept.Count,7:N0}{coverage.Edges,8:N0}  {faults.Count}");
        foreach (var (file, fault) in faults.Values)
            Console.WriteLine($"  {fault.Message}\n    input: {file}\n    {fault.InnerException?.StackTrace}");
        return faults.Count;
    }

    private bool IsOver(int count, TimeSpan elapsed) =>
        time > TimeSpan.Zero ? elapsed >= time : count >= runs;

    private static byte[] Pick(List<byte[]> kept, Random chance, Target target) =>
        kept.Count > 0 && chance.Next(8) > 0 ? kept[chance.Next(kept.Count)]
            : target.Seeds[chance.Next(target.Seeds.Count)];

    private static string Where(FuzzFaultException fault) =>
        fault.InnerException?.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Settle."))
            ?? fault.Message.Split(' ')[0];

    private static string Keep(string target, byte[] input)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "settle-fuzz-faults"));
        var file = Path.Combine(folder.FullName, $"{target}-{Guid.NewGuid():N}.bin");
        File.WriteAllBytes(file, input);
        return file;
    }

    private void CheckHang()
    {
        var since = Volatile.Read(ref _since);
        if (since == long.MaxValue || Stopwatch.GetElapsedTime(since) < HangsAfter) return;
        Console.WriteLine($"{_name} has hung on {Keep(_name, _current)}");
        Environment.Exit(1);
    }
}
