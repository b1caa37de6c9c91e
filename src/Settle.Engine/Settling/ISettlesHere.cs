namespace Settle.Settling;

/// <summary>
/// What a ledger is whose requests are settled in this process: they can be handed to it without
/// an object for each, and in the order in which they are sent.
/// </summary>
internal interface ISettlesHere
{
    /// <summary>The fastest way in.</summary>
    Submitter Submitter { get; }
}
