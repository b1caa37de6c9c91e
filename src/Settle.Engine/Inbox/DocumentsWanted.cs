namespace Settle.Inbox;

/// <summary>The question for some documents.</summary>
internal sealed record DocumentsWanted(DocumentWanted[] Docs);
