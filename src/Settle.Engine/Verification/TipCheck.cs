using Settle.Index;
using Settle.State;
using Settle.Stores;

namespace Settle.Verification;

/// <summary>Compares a chain that was verified with what is known of it beside it.</summary>
/// <param name="store">Where it is.</param>
/// <param name="site">Whose it is.</param>
/// <param name="folder">Its index.</param>
/// <param name="warn">Told if that is of another ledger; null for nobody.</param>
internal sealed class TipCheck(
    IStore store, string site, IndexFolder folder, Action<string>? warn)
{
    /// <summary>What was known there and is not in the chain, but for what was given up.</summary>
    public async Task<IReadOnlyList<VerificationFault>> FindAsync(
        VerificationReport report, CancellationToken cancellation)
    {
        var state = new LedgerState(site);
        var blocks = new BlockCache(store, site);
        using var note = new TipNote(
            state, blocks, folder, store.Location, TimeProvider.System, warn);
        try
        {
            await note.OpenAsync(cancellation).ConfigureAwait(false);
            if (report.Recoveries.LastOrDefault(each => each.LostHeight is not null) is { } word)
            {
                var block = await blocks.GetAsync(word.Height, cancellation).ConfigureAwait(false);
                state.Recovered = (word.Height, block.Header.Hash);
            }
            await note.LookAgainAsync().ConfigureAwait(false);
        }
        catch (StoreCorruptException e)
        {
            // What is damaged is mostly among the faults already.
            return report.IsClean ? [new VerificationFault(0, null, null, e.Message)] : [];
        }
        var faults = new List<VerificationFault>();
        if (note.Fault is { } why)
        {
            faults.Add(new VerificationFault(0, null, null, $"{folder.NotePath}, the note of the "
                + $"newest block that was known here, {why}: there may have been more blocks"));
        }
        if (note.Missing is { } lost) faults.Add(Lost(report.Blocks, lost));
        return faults;
    }

    private VerificationFault Lost(long height, LostBlock lost)
    {
        if (lost.Height <= height)
        {
            return new VerificationFault(lost.Height, null, null, $"it is another block than the "
                + $"one that was known here, {lost.Hash}, as {folder.Files.Path} shows");
        }
        var missing = lost.Height == height + 1 ? "is" : string.Create(
            CultureInfo.InvariantCulture, $"and all up to block {lost.Height} are");
        return new VerificationFault(height + 1, null, null,
            $"{missing} missing, though they were known here, as {folder.Files.Path} shows");
    }
}
