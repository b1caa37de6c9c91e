namespace Settle;

/// <summary>One posting of a transaction or of what it reverts.</summary>
internal struct RequestPosting
{
    public Slice From;
    public Slice To;
    public Slice Asset;

    /// <inheritdoc cref="Request.AssetGiven"/>
    public Slice AssetGiven;
    public long Amount;
    public int FromPosition;
    public int ToPosition;
}
