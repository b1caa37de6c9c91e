namespace Settle;

/// <summary>
/// What a lost site decided after its end: it counts nowhere else, and a person has to book it.
/// </summary>
public sealed record Orphan
{
    /// <summary>The site that was ended.</summary>
    public required string Site { get; init; }

    /// <summary>The height of its block.</summary>
    public required long Block { get; init; }

    /// <summary>That block's time, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The type of the entry, such as <c>transfer</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The id; null for what a site writes of itself.</summary>
    public string? Id { get; init; }

    /// <summary>The paying account.</summary>
    public required string From { get; init; }

    /// <summary>The receiving account; in a grant, the site.</summary>
    public required string To { get; init; }

    /// <summary>How much.</summary>
    public required Money Amount { get; init; }

    /// <summary>The asset's code.</summary>
    public string Asset => Amount.Asset!;
}
