namespace Settle.Simulation;

/// <summary>A request to an explored cluster that is not over yet.</summary>
internal abstract class ExploredRequest(Writer owner)
{
    private readonly TaskCompletionSource<(int Status, string Body)> _answer = new();

    public Writer Owner { get; } = owner;

    public Task<(int Status, string Body)> Answer => _answer.Task;

    /// <summary>Whether somebody waits for its answer.</summary>
    public bool IsAwaited { get; private set; } = true;

    /// <summary>Whether nothing more comes of it.</summary>
    public abstract bool IsOver { get; }

    /// <summary>What may happen to it next.</summary>
    public abstract IEnumerable<Choice> Choices { get; }

    /// <summary>
    /// What happens to it in any case, whatever else does, and only its owner can see; null for
    /// nothing.
    /// </summary>
    public abstract Choice? Quick { get; }

    /// <summary>Folds what has happened to it.</summary>
    protected abstract ulong State { get; }

    /// <summary>What of it is under way to a node; 0 for nothing.</summary>
    public abstract ulong StateAt(ClusterNode node);

    /// <summary>Folds what is the same at every node.</summary>
    public ulong StateAnywhere => IsAwaited ? Folding.Then((ulong)Owner.Number, State) : 0;

    /// <summary>Whoever asked is dead: nobody hears an answer.</summary>
    public void Forget() => IsAwaited = false;

    /// <summary>Whoever asked waits no longer.</summary>
    public void GiveUp(CancellationToken cancellation)
    {
        if (!IsAwaited) return;
        IsAwaited = false;
        _answer.TrySetCanceled(cancellation);
    }

    protected void Reply(int status, string text)
    {
        IsAwaited = false;
        _answer.SetResult((status, text));
    }
}
