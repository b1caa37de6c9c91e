using System.Net;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Creates documents on a cluster (docs/protocol.md, section 6). Only an answer for all copies says
/// that a body has won; after any other the copies themselves are asked, one by one.
/// </summary>
/// <param name="connection">To any node of the cluster.</param>
/// <param name="look">The copies.</param>
/// <param name="copies">How many there are.</param>
internal sealed class ClusterWriter(CouchConnection connection, ClusterLook look, int copies)
{
    private const int LooksMax = 12;

    // A node that is frozen holds an answer back for a minute. Giving up sooner loses nothing.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private volatile bool _isInDoubt;

    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    /// <exception cref="WriteOutcomeUnknownException">It may have been.</exception>
    public async Task<CreateOutcome> CreateAsync(string id, ReadOnlyMemory<byte> body)
    {
        if (look.Decided.TryFind(id, out _)) return CreateOutcome.Exists;
        if (_isInDoubt && await LookBeforeAsync(id).ConfigureAwait(false))
            return CreateOutcome.Exists;
        CouchAnswer? answer = null;
        WriteOutcomeUnknownException? silence = null;
        try
        {
            answer = await connection.PutAsync(id, body, copies, Patience).ConfigureAwait(false);
        }
        catch (WriteOutcomeUnknownException e)
        {
            silence = e;
        }
        if (answer is { Status: HttpStatusCode.Created } && answer.Member("rev") is { } revision
            && CouchRow.IsFirst(revision))
        {
            look.Decided.Add(id, revision);
            return CreateOutcome.Created;
        }
        var winner = await ResolveAsync(id, body, answer, silence).ConfigureAwait(false);
        // All who answered held another body already: if this one won, an earlier try wrote it.
        if (answer is { Status: HttpStatusCode.Conflict }) return CreateOutcome.Exists;
        var mine = CopyBody.Of(winner.Revision, body);
        return mine.Hash == winner.Hash ? CreateOutcome.Created : CreateOutcome.Exists;
    }

    // After a copy could not be read, nothing is written before all can be: a write would only be
    // one more that nobody can be answered about.
    private async Task<bool> LookBeforeAsync(string id)
    {
        var verdict = await look.AskAsync(id, CancellationToken.None).ConfigureAwait(false);
        if (verdict.State == CopyState.Unreadable) throw look.Unreadable(id, verdict.Why);
        _isInDoubt = false;
        return verdict.State == CopyState.Decided;
    }

    private async Task<CopyBody> ResolveAsync(string id, ReadOnlyMemory<byte> body,
        CouchAnswer? answer, WriteOutcomeUnknownException? silence)
    {
        for (var looks = 1; ; looks++)
        {
            var verdict = await LookAfterAsync(id, answer, silence).ConfigureAwait(false);
            if (verdict.State == CopyState.Decided) return verdict.Body!;
            if (verdict.State == CopyState.Unreadable) _isInDoubt = true;
            if (verdict.State == CopyState.Empty && answer is not null && IsRefusal(answer.Status))
                throw CouchErrors.Refused(connection.Address, answer, id, body);
            if (verdict.State != CopyState.Open || looks == LooksMax)
                throw Unknown(id, answer, silence, verdict);
            await HelpAsync(id, verdict.Body!).ConfigureAwait(false);
            await Task.Delay(looks * Pause, connection.Clock).ConfigureAwait(false);
        }
    }

    private async Task<CopyVerdict> LookAfterAsync(
        string id, CouchAnswer? answer, WriteOutcomeUnknownException? silence)
    {
        try
        {
            return await look.AskAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            _isInDoubt = true;
            throw Unknown(id, answer, silence, new(CopyState.Unreadable, Why: e.Message));
        }
    }

    // The same body gives the same revision, so that writing it once more cannot make another one.
    private async Task HelpAsync(string id, CopyBody body)
    {
        try
        {
            await connection.PutAsync(id, body.WithoutRevision(), copies, Patience)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is WriteOutcomeUnknownException or StoreUnavailableException)
        {
            return; // What it did is seen at the next look.
        }
    }

    private static bool IsRefusal(HttpStatusCode status) =>
        status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict);

    private static WriteOutcomeUnknownException Unknown(string id, CouchAnswer? answer,
        WriteOutcomeUnknownException? silence, CopyVerdict verdict) =>
        verdict.Why is { } why ? new(id, new StoreUnavailableException(why, silence))
            : silence ?? CouchErrors.Unknown(id, answer!);
}
