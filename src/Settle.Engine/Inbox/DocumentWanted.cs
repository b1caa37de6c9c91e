namespace Settle.Inbox;

/// <summary>One of them.</summary>
internal sealed record DocumentWanted(string Id);
