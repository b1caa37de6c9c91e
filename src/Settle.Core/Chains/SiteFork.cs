namespace Settle.Chains;

/// <summary>Two blocks of a site at one height.</summary>
/// <param name="Height">Their height.</param>
/// <param name="First">The hash of one.</param>
/// <param name="Second">The hash of the other.</param>
internal sealed record SiteFork(long Height, BlockHash First, BlockHash Second);
