namespace Settle.Simulation;

/// <summary>
/// What comes by chance in a run, counted through. A run may be told to let only some of it come:
/// so a failing one is left with what matters.
/// </summary>
/// <param name="only">Which may come; null for all.</param>
internal sealed class Chances(IReadOnlyList<int>? only = null)
{
    private readonly HashSet<int>? _only = only is null ? null : [.. only];
    private readonly List<int> _came = [];
    private int _drawn;

    /// <summary>The numbers of those that came, in order.</summary>
    public IReadOnlyList<int> Came => _came;

    /// <summary>Counts one, and says whether it comes.</summary>
    public bool Comes(bool isDrawn)
    {
        var number = _drawn++;
        if (!isDrawn || _only?.Contains(number) == false) return false;
        _came.Add(number);
        return true;
    }
}
