namespace Settle.Sites;

/// <summary>A site as the founder's chain knows it. Heights are of that chain; 0 for never.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Prefix">What the accounts begin with whose home it is; empty for none.</param>
/// <param name="Url">Where it answers; empty where nobody said.</param>
/// <param name="AddedAt">Since when it may join.</param>
internal sealed record SiteRow(string Name, string Prefix, string Url, long AddedAt)
{
    /// <summary>Since when it is followed only as far as others name it.</summary>
    public long SuspendedAt { get; init; }

    /// <summary>When it was ended, so that it counts up to <see cref="Last"/> only.</summary>
    public long EndedAt { get; init; }

    /// <summary>Its last block that counts, once it was ended.</summary>
    public SeenMark Last { get; init; }

    public bool IsSuspended => SuspendedAt > 0;

    public bool HasEnded => EndedAt > 0;
}
