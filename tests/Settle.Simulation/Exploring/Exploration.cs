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
    private readonly HashSet<string> _sent = [];
    private readonly HashSet<string> _decided = [];
    private ulong _decidedSoFar;
    private ulong _heard;
    private Violation? _violation;

    public Exploration(Scope scope)
    {
        _scope = scope;
        Place = scope.Copies == 0 ? new ExploredDisk() : new ExploredCluster(scope.Copies);
        foreach (var wishes in scope.Wishes)
            _writers.Add(new Writer(this, _writers.Count, wishes, scope.IsPatient));
    }

    /// <summary>Where the ledger is.</summary>
    public IExploredPlace Place { get; }

    /// <summary>The steps that were made.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Makes steps; the explorer says which.</summary>
    /// <param name="choose">
    /// Given the state and how many choices there are, one of them; or -1 to stop here.
    /// </param>
    /// <returns>The promise that was broken; null for none.</returns>
    public Violation? Run(Func<ulong, int, int> choose)
    {
        foreach (var writer in _writers) writer.Start();
        while (_violation is null && !_writers.TrueForAll(writer => writer.IsDone))
        {
            if (++_turns > TurnsMax) return new("liveness", "it goes on for ever");
            if (_writers.Select(writer => writer.Quick).FirstOrDefault(step => step is not null)
                is { } quick)
            {
                Do(quick);
                continue;
            }
            var choices = _writers.SelectMany(writer => writer.Choices).Concat(Place.Choices)
                .Where(choice => !choice.IsFault || _faults < _scope.Faults).ToList();
            if (choices.Count == 0)
            {
                // Nothing is under way: time passes.
                if (_writers.ConvertAll(writer => writer.RingIdle()).Contains(true)) continue;
                return new("liveness", "everybody waits");
            }
            var chosen = choose(State(), choices.Count);
            if (chosen < 0) return null;
            Do(choices[chosen]);
        }
        if (_writers.Find(writer => writer.Fatal is not null) is { } stopped)
            return new("stopped", stopped.Fatal!.Message);
        return _violation ?? new Auditor(_record, Place.Blocks).Audit();
    }

    public Call Send(Wish wish, string writer)
    {
        _record.Sent([wish], _step);
        var call = new Call([wish], writer, _step);
        _record.Calls.Add(call);
        // What counts is which verdicts were heard before it.
        if (_sent.Add(wish.Id)) _heard += Folding.Then(Folding.Of(wish.Id), _decidedSoFar);
        return call;
    }

    public void Answer(Call call, IReadOnlyList<Reply> replies)
    {
        call.Answer(replies, _step);
        var (id, reply) = (call.Wishes[0].Id, replies[0]);
        var isVerdict = reply.Kind == ReplyKind.Verdict;
        _heard += Folding.Of($"{id} {(isVerdict ? reply.ToString() : reply.Kind.ToString())}");
        if (isVerdict && _decided.Add(id)) _decidedSoFar += Folding.Of(id);
    }

    public void Fail(string rule, string message) => _violation ??= new(rule, message);

    private void Do(Choice choice)
    {
        if (choice.IsFault) _faults++;
        Steps.Add(choice.Text);
        _step++;
        choice.Do();
    }

    private ulong State()
    {
        var state = Folding.Then((ulong)_faults, _heard);
        foreach (var writer in _writers) state = Folding.Then(state, writer.Seen);
        return Folding.Then(state, Place.State);
    }
}
