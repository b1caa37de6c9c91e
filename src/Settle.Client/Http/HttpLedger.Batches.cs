using Settle.Http;

namespace Settle;

/// <content>Batches of transfers.</content>
public sealed partial class HttpLedger
{
    /// <inheritdoc/>
    public async Task<Verdict[]> TransferBatchAsync(ReadOnlyMemory<TransferRequest> requests,
        CancellationToken cancellation = default)
    {
        if (requests.IsEmpty) return [];
        if (requests.Length > Limits.BatchMax)
        {
            throw new HttpAnswerException("too_large",
                $"a batch over HTTP has at most {Limits.BatchMax} transfers; "
                + "send the rest in another one");
        }
        var sent = WithIds(requests);
        for (var i = 0; i < sent.Length; i++) WireTexts.Check(sent.Span[i], i);
        var verdicts = new Verdict[requests.Length];
        try
        {
            await _merger.SendAsync(sent, verdicts, _options.Deadline, cancellation)
                .ConfigureAwait(false);
        }
        catch (OutcomeUnknownException e)
        {
            throw UnknownBatch(sent, e);
        }
        if (sent.Equals(requests)) return verdicts;
        for (var i = 0; i < verdicts.Length; i++)
            if (requests.Span[i].Id is null) verdicts[i] = verdicts[i] with { Replayed = false };
        return verdicts;
    }

    /// <summary>
    /// The same requests when all have ids; otherwise copies, where those without have new ones.
    /// </summary>
    private static ReadOnlyMemory<TransferRequest> WithIds(ReadOnlyMemory<TransferRequest> requests)
    {
        TransferRequest[]? copies = null;
        for (var i = 0; i < requests.Length; i++)
        {
            if (requests.Span[i].Id is not null) continue;
            copies ??= requests.ToArray();
            copies[i] = copies[i] with { Id = NewId() };
        }
        return copies ?? requests;
    }

    /// <summary>The error of a batch, with every id that it sent, also those made here.</summary>
    private static OutcomeUnknownException UnknownBatch(ReadOnlyMemory<TransferRequest> sent,
        OutcomeUnknownException error)
    {
        var ids = Array.ConvertAll(sent.ToArray(), request => request.Id!);
        return new OutcomeUnknownException(ids[0],
            "no answer came before the deadline; whether any of the batch's "
            + $"{ids.Length} transfers was decided is unknown: send the whole batch again, "
            + "each with its id", error)
        {
            Ids = ids,
        };
    }
}
