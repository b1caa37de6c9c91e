namespace Settle.Simulation;

/// <summary>One order of all steps, as some choices say.</summary>
internal sealed class Exploration
{
    private const int TurnsMax = 500;

    private readonly Record _record = new();
    private readonly List<Writer> _writers = [];
    private readonly List<Choice> _made = [];
    private readonly Scope _scope;
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
    public IReadOnlyList<string> Steps => _made.ConvertAll(choice => choice.Text());

    /// <summary>How many steps were made.</summary>
    public int Length => _made.Count;

    /// <summary>How many of them went wrong.</summary>
    public int Faults { get; private set; }

    /// <summary>Folds all that what follows depends on, but for how many faults are left.</summary>
    public ulong State
    {
        get
        {
            var state = _heard;
            foreach (var writer in _writers) state = Folding.Then(state, writer.State);
            return Folding.Then(state, Place.State);
        }
    }

    private Choice? Quick =>
        _writers.Select(writer => writer.Quick).FirstOrDefault(step => step is not null)
            ?? (Faults == _scope.Faults ? Place.Quick : null);

    // Faults come last, so that an order whose beginning is made goes on without one.
    private IEnumerable<Choice> Choices
    {
        get
        {
            var choices = _writers.SelectMany(writer => writer.Choices).Concat(Place.Choices);
            var steps = choices.Where(choice => choice.Mishap == Mishap.None);
            return Faults == _scope.Faults ? steps
                : steps.Concat(choices.Where(choice => (choice.Mishap & _scope.Mishaps) != 0));
        }
    }

    /// <summary>Makes steps; the explorer says which.</summary>
    /// <param name="choose">Of some choices, one of them; null to stop here.</param>
    /// <returns>The promise that was broken; null for none.</returns>
    public Violation? Run(Func<IEnumerable<Choice>, Choice?> choose)
    {
        foreach (var writer in _writers) writer.Start();
        for (var turn = 0; _violation is null && _writers.Exists(writer => !writer.IsDone); turn++)
        {
            if (turn == TurnsMax) return new("liveness", "it goes on for ever");
            if (Quick is { } quick)
            {
                Do(quick);
                continue;
            }
            if (!Choices.Any())
            {
                // Nothing is under way: time passes.
                if (_writers.ConvertAll(writer => writer.RingIdle()).Contains(true)) continue;
                return new("liveness", "everybody waits");
            }
            if (choose(Choices) is not { } chosen) return null;
            Do(chosen);
        }
        return _violation ?? new Auditor(_record, Place.Blocks).Audit();
    }

    public Call Send(Wish wish, string writer)
    {
        _record.Sent([wish], _made.Count);
        var call = new Call([wish], writer, _made.Count);
        _record.Calls.Add(call);
        // What counts is which verdicts were heard before it.
        if (_sent.Add(wish.Id)) _heard += Folding.Then(Folding.Of(wish.Id), _decidedSoFar);
        return call;
    }

    public void Answer(Call call, IReadOnlyList<Reply> replies)
    {
        call.Answer(replies, _made.Count);
        var (id, reply) = (call.Wishes[0].Id, replies[0]);
        if (reply.Kind != ReplyKind.Verdict) return;
        _heard += Folding.Of($"{id} {reply}");
        if (_decided.Add(id)) _decidedSoFar += Folding.Of(id);
    }

    public void Fail(string rule, string message) => _violation ??= new(rule, message);

    private void Do(Choice choice)
    {
        if (choice.Mishap != Mishap.None) Faults++;
        _made.Add(choice);
        choice.Do();
    }
}
