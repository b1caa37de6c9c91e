using Settle.Stores;

namespace Settle.Settling;

/// <summary>
/// Writes one block and finds out what became of it (docs/protocol.md, section 3, steps 3 to 6). An
/// unknown outcome is read back, never guessed.
/// </summary>
internal sealed class BlockWriter(IStore store, TimeProvider clock)
{
    private const int TriesMax = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    public async Task<WriteOutcome> WriteAsync(string id, ReadOnlyMemory<byte> body, BlockHash hash)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = await store.CreateAsync(id, body, CancellationToken.None)
                    .ConfigureAwait(false);
                if (outcome == CreateOutcome.Created) return WriteOutcome.Ours;
                if (attempt == 1) return WriteOutcome.Lost;
                return await ReadBackAsync(id, hash).ConfigureAwait(false) == true
                    ? WriteOutcome.Ours
                    : WriteOutcome.Lost;
            }
            catch (WriteOutcomeUnknownException e)
            {
                var isOurs = await TryReadBackAsync(id, hash).ConfigureAwait(false);
                if (isOurs is { } known) return known ? WriteOutcome.Ours : WriteOutcome.Lost;
                if (attempt == TriesMax) return Unknown(id, e);
            }
            catch (DocumentTooLargeException e)
            {
                return new WriteOutcome(false, TooLarge: e);
            }
            catch (StoreUnavailableException e) when (attempt == 1)
            {
                return new WriteOutcome(false, e);
            }
            catch (StoreUnavailableException e) when (attempt == TriesMax)
            {
                return Unknown(id, e);
            }
            catch (StoreUnavailableException)
            {
                // An earlier try may have been written: only the store can tell, so ask it again.
            }
            await Task.Delay(pause, clock).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private static WriteOutcome Unknown(string id, Exception cause) =>
        new(false, new OutcomeUnknownException(id,
            $"the store did not say whether {id} was written{Why(cause)}; send the same ids again",
            cause));

    private static string Why(Exception cause) => (cause.InnerException ?? cause) switch
    {
        StoreUnavailableException e => $": {e.Message}",
        _ => "",
    };

    private async Task<bool?> TryReadBackAsync(string id, BlockHash hash)
    {
        try
        {
            return await ReadBackAsync(id, hash).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            return null; // Still unknown; the caller tries again or says so.
        }
    }

    /// <summary>Whether the id holds our block; null when it holds none.</summary>
    private async Task<bool?> ReadBackAsync(string id, BlockHash hash)
    {
        var document = await store.GetAsync(id, CancellationToken.None).ConfigureAwait(false);
        if (document is null) return null;
        try
        {
            return BlockDocument.Parse(id, document.Body, store.KeepsBytes).Header.Hash == hash;
        }
        catch (FormatException e)
        {
            throw new StoreCorruptException($"{store.Location}: {id} is damaged: {e.Message}", e);
        }
    }
}
