using System.Collections.Concurrent;
using Settle.Stores;

namespace Settle.Inbox;

/// <summary>
/// Writes what became of documents, many at once. What the database does not take together is
/// written by halves, so that one document that is too large keeps no other from its own. Safe to
/// use from many threads.
/// </summary>
internal sealed class OutcomeWriter(DocumentDatabase database, Action<string>? warn)
{
    private const string Conflict = "conflict";

    private const string TooLarge = "too_large";

    private readonly ConcurrentDictionary<string, WriteAnswer> _withoutOutcome =
        new(StringComparer.Ordinal);

    /// <summary>
    /// Documents that were decided and whose outcome could not be written, although nobody else
    /// wrote them.
    /// </summary>
    public IReadOnlyList<string> WithoutOutcome =>
        [.. _withoutOutcome.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Those of them that fit, but that a rule protects or a right is missing for.
    /// </summary>
    public IEnumerable<string> Refused =>
        _withoutOutcome.Where(each => each.Value.Error != TooLarge).Select(each => each.Key);

    /// <summary>Whether somebody else wrote the document meanwhile.</summary>
    public static bool IsConflict(WriteAnswer answer) => answer.Error == Conflict;

    /// <summary>Writes outcomes, each on the revision that was read.</summary>
    /// <exception cref="StoreUnavailableException">Some may be missing.</exception>
    public async Task<List<WriteAnswer>> WriteAsync(
        ArraySegment<DecidedDocument> outcomes, CancellationToken cancellation)
    {
        var answers = await WriteByHalvesAsync(outcomes, cancellation).ConfigureAwait(false);
        var refused = new List<WriteAnswer>();
        foreach (var answer in answers)
        {
            if (answer.Error is null) _withoutOutcome.TryRemove(answer.Id, out _);
            else if (!IsConflict(answer) && _withoutOutcome.TryAdd(answer.Id, answer))
                refused.Add(answer);
        }
        foreach (var same in refused.GroupBy(answer => answer.Reason))
        {
            var ids = string.Join(", ", same.Select(answer => answer.Id).Take(5))
                + (same.Count() > 5 ? $" and {same.Count() - 5} more" : "");
            warn?.Invoke($"decided, but the database does not take the outcome: {ids}: {same.Key}");
        }
        return answers;
    }

    private async Task<List<WriteAnswer>> WriteByHalvesAsync(
        ArraySegment<DecidedDocument> outcomes, CancellationToken cancellation)
    {
        using var body = new OutcomeBody();
        foreach (var outcome in outcomes) body.Add(outcome);
        try
        {
            return await database.WriteAsync(body.Finish(), cancellation).ConfigureAwait(false);
        }
        catch (DocumentTooLargeException e)
        {
            if (outcomes.Count == 1)
            {
                var id = outcomes[0].Document.DocumentId;
                return [new WriteAnswer(id, null, TooLarge, e.Message)];
            }
        }
        var half = outcomes.Count / 2;
        var first = await WriteByHalvesAsync(outcomes[..half], cancellation).ConfigureAwait(false);
        return [.. first,
            .. await WriteByHalvesAsync(outcomes[half..], cancellation).ConfigureAwait(false)];
    }
}
