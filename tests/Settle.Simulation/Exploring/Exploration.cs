namespace Settle.Simulation;

/// <summary>One order of all steps, as some choices say.</summary>
internal sealed class Exploration
{
    private const int TurnsMax = 500;

    private readonly Record _record = new();
    private readonly List<Writer> _writers = [];
    private readonly Scope _scope;
    private int _turns;
    private long _step;
    private int _faults;
    private ulong _heard;
    private Violation? _violation;

    public Exploration(Scope scope)
    {
        _scope = scope;
        foreach (var wishes in scope.Wishes)
        {
            var name = $"{(char)('A' + _writers.Count)}";
            _writers.Add(new Writer(this, name, wishes, scope.IsPatient));
        }
    }

    public Disk Disk { get; } = new();

    /// <summary>The steps that were made.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Makes steps; the explorer says which.</summary>
    /// <param name="choose">
    /// Given the state and how many choices there are, one of them; or -1 to stop here.
    /// </param>
    /// <returns>The promise that was broken; null for none.</returns>
    public Violation? Run(Func<(ulong, ulong), int, int> choose)
    {
        foreach (var writer in _writers) writer.Start();
        while (_violation is null && !_writers.TrueForAll(writer => writer.IsDone))
        {
            if (++_turns > TurnsMax) return new("liveness", "it goes on for ever");
            var choices = _writers.SelectMany(writer => writer.Waiting)
                .SelectMany(step => step.Fates
                    .Where(fate => fate == Fate.Done || _faults < _scope.Faults)
                    .Select(fate => (Step: step, Fate: fate))).ToList();
            if (choices.Count == 0)
            {
                // Nothing is under way: time passes.
                if (_writers.ConvertAll(writer => writer.RingIdle()).Contains(true)) continue;
                return new("liveness", "everybody waits");
            }
            var chosen = choose(State(), choices.Count);
            if (chosen < 0) return null;
            var (next, fate) = choices[chosen];
            if (fate != Fate.Done) _faults++;
            Steps.Add($"{next.Text}{(fate == Fate.Done ? "" : $": {fate}")}");
            _step++;
            next.Do(fate);
        }
        if (_writers.Find(writer => writer.Fatal is not null) is { } stopped)
            return new("stopped", stopped.Fatal!.Message);
        return _violation ?? new Auditor(_record, Disk.Documents.Select(d => d.Body)).Audit();
    }

    public Call Send(Wish wish, string writer)
    {
        _record.Sent([wish], _step);
        var call = new Call([wish], writer, _step);
        _record.Calls.Add(call);
        Hear($"{writer} asks {wish.Id}");
        return call;
    }

    public void Answer(Call call, IReadOnlyList<Reply> replies)
    {
        call.Answer(replies, _step);
        Hear($"{call.Machine} says {call.Wishes[0].Id} {replies[0]}");
    }

    public void Fail(string rule, string message) => _violation ??= new(rule, message);

    // The order of what clients do and hear, which the audit depends on.
    private void Hear(string what)
    {
        foreach (var letter in what) _heard = (_heard ^ letter) * 0x100000001B3;
        _heard = ulong.RotateLeft(_heard, 17);
    }

    private (ulong, ulong) State()
    {
        var (a, b) = (14_695_981_039_346_656_037UL, 0x9E3779B97F4A7C15UL);
        void Mix(ulong value)
        {
            a = ulong.RotateLeft((a ^ value) * 0xBF58476D1CE4E5B9, 27);
            b = ulong.RotateLeft((b + value) * 0x94D049BB133111EB, 31);
        }
        Mix((ulong)_faults);
        Mix(_heard);
        foreach (var writer in _writers) Mix(writer.Seen);
        foreach (var document in Disk.Documents)
        {
            // The hash of the block ends its body's members; its bytes are its identity.
            foreach (var part in document.Body.Span[^200..]) Mix(part);
        }
        return (a, b);
    }
}
