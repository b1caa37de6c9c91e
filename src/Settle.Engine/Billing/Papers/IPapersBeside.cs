namespace Settle.Billing;

/// <summary>A store that brings its own papers.</summary>
internal interface IPapersBeside
{
    IPapers Papers { get; }
}
