using Settle.Index;

namespace Settle.State;

/// <summary>The newest block of a chain that a note or an index was written for.</summary>
/// <param name="Block">The block; height 0 for none.</param>
/// <param name="First">The first block's hash; none where it was not known.</param>
/// <param name="Recovered">
/// The newest block up to it in which a person confirmed that others are lost; height 0 for none.
/// </param>
internal readonly record struct KnownTip(
    LostBlock Block, BlockHash First, (long Height, BlockHash Hash) Recovered)
{
    /// <summary>What an index was made of.</summary>
    public static KnownTip Of(IndexManifest manifest) => new(
        new LostBlock(manifest.Height, Parse(manifest.Hash)), Parse(manifest.First),
        (manifest.RecoveredHeight, Parse(manifest.RecoveredHash)));

    /// <summary>An index's manifest that is made of this.</summary>
    public IndexManifest In(IndexManifest manifest) => manifest with
    {
        Height = Block.Height,
        Hash = Block.Hash.ToString(),
        First = First.ToString(),
        RecoveredHeight = Recovered.Height,
        RecoveredHash = Recovered.Hash.ToString(),
    };

    /// <summary>
    /// Whether a chain's newest word gives this block up. A word that was already there when the
    /// block was known says nothing about its loss; nor does one below the newest that was known,
    /// which may be as old.
    /// </summary>
    /// <param name="word">The block with the word; height 0 for none.</param>
    public bool IsGivenUpBy((long Height, BlockHash Hash) word) =>
        word.Height > 0 && word.Height <= Block.Height
        && word.Height >= Recovered.Height && word.Hash != Recovered.Hash;

    private static BlockHash Parse(string? hex) =>
        BlockHash.TryParse(Encoding.ASCII.GetBytes(hex ?? ""), out var hash)
            ? hash : BlockHash.None;
}
