using Settle.Http;

namespace Settle;

/// <content>Batches of transfers.</content>
public sealed partial class HttpLedger
{
    /// <inheritdoc/>
    public async Task<Verdict[]> TransferBatchAsync(ReadOnlyMemory<TransferRequest> requests,
        CancellationToken cancellationToken = default)
    {
        if (requests.IsEmpty) return [];
        if (requests.Length > Limits.BatchMax)
        {
            throw new HttpAnswerException("too_large",
                $"a batch over HTTP has at most {Limits.BatchMax} transfers; "
                + "send the rest in another one");
        }
        var sent = await CheckedAsync(requests, cancellationToken).ConfigureAwait(false);
        var verdicts = new Verdict[requests.Length];
        try
        {
            await _merger.SendAsync(sent, verdicts, _options.Deadline, cancellationToken)
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
    /// The same requests, or copies, where those without an id have new ones. What is wrong with an
    /// amount is found here.
    /// </summary>
    private async ValueTask<ReadOnlyMemory<TransferRequest>> CheckedAsync(
        ReadOnlyMemory<TransferRequest> requests, CancellationToken cancellationToken)
    {
        TransferRequest[]? copies = null;
        for (var i = 0; i < requests.Length; i++)
        {
            var request = requests.Span[i]
                ?? throw new InvalidRequestException($"[{i}]", "is missing");
            WireTexts.Check(request, i);
            if (request.DryRun)
            {
                throw new InvalidRequestException($"[{i}].dry_run",
                    "is for a single transfer, not for one of a batch");
            }
            try
            {
                if (!Knows(request.Asset))
                    request = await WithAssetAsync(request,
                        cancellationToken).ConfigureAwait(false);
                request.Amount.ToMinor("amount", ScaleOf(request.Asset));
            }
            catch (InvalidRequestException e)
            {
                throw e.Within($"[{i}]");
            }
            if (request.Id is null)
            {
                request = request with
                {
                    Id = await NewIdAsync(cancellationToken).ConfigureAwait(false),
                };
            }
            if (ReferenceEquals(request, requests.Span[i])) continue;
            copies ??= requests.ToArray();
            copies[i] = request;
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
