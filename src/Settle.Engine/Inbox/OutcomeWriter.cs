using System.Collections.Concurrent;
using Settle.Stores;

namespace Settle.Inbox;

/// <summary>
/// Writes what became of documents, many at once. What the database does not take together is
/// written by halves, so that one document that is too large keeps no other from its mark. Safe to
/// use from many threads.
/// </summary>
internal sealed class MarkWriter(DocumentDatabase database, Action<string>? warn)
{
    private const string Conflict = "conflict";

    private const string TooLarge = "too_large";

    private readonly ConcurrentDictionary<string, WriteAnswer> _unmarked =
        new(StringComparer.Ordinal);

    /// <summary>
    /// Documents that were decided and could not be marked, although nobody else wrote them.
    /// </summary>
    public IReadOnlyList<string> Unmarked => [.. _unmarked.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Those of them that fit, but that a rule protects or a right is missing for.
    /// </summary>
    public IEnumerable<string> Refused =>
        _unmarked.Where(each => each.Value.Error != TooLarge).Select(each => each.Key);

    /// <summary>Whether somebody else wrote the document meanwhile.</summary>
    public static bool IsConflict(WriteAnswer answer) => answer.Error == Conflict;

    /// <summary>Writes marks, each on the revision that was read.</summary>
    /// <exception cref="StoreUnavailableException">Some may be missing.</exception>
    public async Task<List<WriteAnswer>> WriteAsync(
        ArraySegment<Mark> marks, CancellationToken cancellation)
    {
        var answers = await WriteByHalvesAsync(marks, cancellation).ConfigureAwait(false);
        var refused = new List<WriteAnswer>();
        foreach (var answer in answers)
        {
            if (answer.Error is null) _unmarked.TryRemove(answer.Id, out _);
            else if (!IsConflict(answer) && _unmarked.TryAdd(answer.Id, answer))
                refused.Add(answer);
        }
        foreach (var same in refused.GroupBy(answer => answer.Reason))
        {
            var ids = string.Join(", ", same.Select(answer => answer.Id).Take(5))
                + (same.Count() > 5 ? $" and {same.Count() - 5} more" : "");
            warn?.Invoke($"decided, but the database takes no mark on it: {ids}: {same.Key}");
        }
        return answers;
    }

    private async Task<List<WriteAnswer>> WriteByHalvesAsync(
        ArraySegment<Mark> marks, CancellationToken cancellation)
    {
        using var writer = new OutcomeWriter();
        foreach (var mark in marks) writer.Add(mark);
        try
        {
            return await database.WriteAsync(writer.Finish(), cancellation).ConfigureAwait(false);
        }
        catch (DocumentTooLargeException e)
        {
            if (marks.Count == 1)
                return [new WriteAnswer(marks[0].Document.DocumentId, null, TooLarge, e.Message)];
        }
        var half = marks.Count / 2;
        var first = await WriteByHalvesAsync(marks[..half], cancellation).ConfigureAwait(false);
        return [.. first,
            .. await WriteByHalvesAsync(marks[half..], cancellation).ConfigureAwait(false)];
    }
}
