using System.Text.Json.Serialization;

namespace Settle.Index;

/// <summary>
/// What of an index's folder counts: files that it does not name are left-overs. It is replaced as
/// a whole, by renaming.
/// </summary>
internal sealed record IndexManifest
{
    public const int CurrentLayout = 13;

    public const string FileName = "manifest.json";
    private const string NewName = FileName + ".new";

    public int Layout { get; init; } = CurrentLayout;

    /// <summary>The newest block that the runs hold.</summary>
    public long Height { get; init; }

    /// <summary>The hash of that block: an index of another chain is none.</summary>
    public string Hash { get; init; } = BlockHash.None.ToString();

    /// <summary>The hash of the first block, which tells a chain from others.</summary>
    public string? First { get; init; }

    /// <summary>
    /// The newest block up to <see cref="Height"/> that says that others are lost; 0 for none.
    /// </summary>
    public long RecoveredHeight { get; init; }

    /// <summary>The hash of that block.</summary>
    public string? RecoveredHash { get; init; }

    /// <summary>
    /// The block after which the checkpoint was taken; at most <see cref="Height"/>.
    /// </summary>
    public long CheckpointHeight { get; init; }

    public string CheckpointHash { get; init; } = BlockHash.None.ToString();

    /// <summary>The time of that block, microseconds since 1970.</summary>
    public long CheckpointTime { get; init; }

    public string? CheckpointFile { get; init; }

    public long CheckpointEntries { get; init; }

    /// <summary>Runs of ids, oldest first.</summary>
    public IReadOnlyList<RunInfo> Ids { get; init; } = [];

    /// <summary>Runs of movements, oldest first.</summary>
    public IReadOnlyList<RunInfo> Movements { get; init; } = [];

    [JsonIgnore]
    public IEnumerable<string> Files =>
        Ids.Concat(Movements).Select(run => run.File).Append(CheckpointFile ?? FileName)
            .Append(FileName);

    /// <summary>The folder's manifest; an empty one when it is missing or damaged.</summary>
    public static IndexManifest Read(IFolder folder)
    {
        try
        {
            using var reader = new StreamReader(folder.Read(FileName));
            var lines = reader.ReadToEnd().Split('\n', 2);
            var body = Encoding.UTF8.GetBytes(lines[1]);
            if (lines[0] != Checksum.Of(body)
                .ToString("x8", CultureInfo.InvariantCulture))
                return new IndexManifest();
            var manifest =
                JsonSerializer.Deserialize(body, IndexManifestJson.Default.IndexManifest)!;
            return manifest.Layout == CurrentLayout ? manifest : new IndexManifest();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or IndexOutOfRangeException)
        {
            return new IndexManifest(); // It is rebuilt from the chain.
        }
    }

    /// <summary>Writes it beside the one that counts; then <see cref="Replace"/>.</summary>
    public void WriteNew(IFolder folder)
    {
        var body =
            JsonSerializer.SerializeToUtf8Bytes(this, IndexManifestJson.Default.IndexManifest);
        var sum = Checksum.Of(body)
            .ToString("x8", CultureInfo.InvariantCulture);
        using var file = folder.Create(NewName);
        file.Write(Encoding.ASCII.GetBytes(sum + "\n"));
        file.Write(body);
        folder.Sync(file);
    }

    /// <summary>Lets the one that was written count.</summary>
    public static void Replace(IFolder folder) => folder.Rename(NewName, FileName);
}
